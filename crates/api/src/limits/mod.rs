//! How much one device, and one address, may ask of the server.
//!
//! Each limit is a bucket (the generic cell rate algorithm): full at first, one drop for each request, filled again
//! drop by drop. A bucket that is full again is forgotten, so what is kept is bounded by what was asked lately.

mod class;
mod network;

use std::{hash::Hash as StdHash, time::Duration};

use governor::{
    RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::NoOpMiddleware,
    state::keyed::HashMapStateStore,
};

use crate::store::Hash;

pub(crate) use class::Class;
pub(crate) use network::Network;

/// How often full buckets are forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(10);

/// What a request wants, as far as the limits tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// To read.
    Read,
    /// To become a device.
    Device,
    /// To write.
    Write,
    /// To leave a photo.
    Photo,
}

/// More than one may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exceeded {
    /// The limit that was met.
    pub class: Class,
    /// When there will be room for one more, in whole seconds, at least one.
    pub retry_after: u32,
}

type Buckets<K, C> = RateLimiter<K, HashMapStateStore<K>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// The buckets of every limit.
pub(crate) struct Limits<C: Clock = DefaultClock> {
    clock: C,
    requests: Buckets<Network, C>,
    new_devices: Buckets<Network, C>,
    writes_by_network: Buckets<Network, C>,
    // A device is known by the hash of the token it shows. Whether it is a good one is not asked yet: one that is made up
    // has a full bucket of its own, and empties that of its address.
    writes_by_device: Buckets<Hash, C>,
    photos_by_device: Buckets<Hash, C>,
    photos_by_network: Buckets<Network, C>,
}

impl Limits {
    pub(crate) fn new() -> Self {
        Self::with_clock(DefaultClock::default())
    }

    /// Forgets full buckets now and then, for ever.
    pub(crate) async fn keep_small(&self) {
        loop {
            tokio::time::sleep(FORGET_EVERY).await;
            self.forget();
        }
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn with_clock(clock: C) -> Self {
        fn buckets<K: StdHash + Eq + Clone, C: Clock + Clone>(class: Class, clock: &C) -> Buckets<K, C> {
            RateLimiter::hashmap_with_clock(class.quota(), clock.clone())
        }
        Self {
            requests: buckets(Class::Requests, &clock),
            new_devices: buckets(Class::NewDevices, &clock),
            writes_by_network: buckets(Class::WritesByNetwork, &clock),
            writes_by_device: buckets(Class::WritesByDevice, &clock),
            photos_by_device: buckets(Class::PhotosByDevice, &clock),
            photos_by_network: buckets(Class::PhotosByNetwork, &clock),
            clock,
        }
    }

    /// Counts a request, and says whether it is one too many.
    ///
    /// # Errors
    /// The first limit that it meets. A device that has used up its own share takes nothing of the share of its
    /// neighbours behind the same address, so its limits come first.
    pub(crate) fn check(&self, wish: Wish, network: Network, device: Option<&Hash>) -> Result<(), Exceeded> {
        self.one(&self.requests, Class::Requests, &network)?;
        if wish == Wish::Device {
            return self.one(&self.new_devices, Class::NewDevices, &network);
        }
        if wish == Wish::Read {
            return Ok(());
        }
        if let Some(device) = device {
            if wish == Wish::Photo {
                self.one(&self.photos_by_device, Class::PhotosByDevice, device)?;
            }
            self.one(&self.writes_by_device, Class::WritesByDevice, device)?;
        }
        if wish == Wish::Photo {
            self.one(&self.photos_by_network, Class::PhotosByNetwork, &network)?;
        }
        self.one(&self.writes_by_network, Class::WritesByNetwork, &network)
    }

    fn one<K: StdHash + Eq + Clone>(
        &self,
        buckets: &Buckets<K, C>,
        class: Class,
        key: &K,
    ) -> Result<(), Exceeded> {
        buckets.check_key(key).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            Exceeded { class, retry_after: u32::try_from(seconds).unwrap_or(u32::MAX).max(1) }
        })
    }

    fn forget(&self) {
        fn forget<K: StdHash + Eq + Clone, C: Clock>(buckets: &Buckets<K, C>) {
            buckets.retain_recent();
            buckets.shrink_to_fit();
        }
        forget(&self.requests);
        forget(&self.new_devices);
        forget(&self.writes_by_network);
        forget(&self.writes_by_device);
        forget(&self.photos_by_device);
        forget(&self.photos_by_network);
    }
}

#[cfg(test)]
mod tests;
