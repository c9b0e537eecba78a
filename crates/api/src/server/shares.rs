//! How many of the connections one address may hold.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::limits::Network;

/// The least that one address gets, however few connections there are: a browser opens six.
const LEAST: usize = 64;
/// The most that one address gets. Thousands of phones can stand behind one address of their carrier (CGNAT), but
/// each holds a connection for seconds only.
const MOST: usize = 512;

/// What one address may hold of so many connections: a quarter, so that it takes several to shut everybody out.
pub(super) fn share_of(connections: usize) -> usize {
    (connections / 4).clamp(LEAST, MOST)
}

/// Who holds how many connections.
#[derive(Debug, Clone)]
pub(super) struct Shares {
    most: usize,
    held: Arc<Mutex<HashMap<Network, usize>>>,
}

impl Shares {
    /// At most so many for each network.
    pub(super) fn of(most: usize) -> Self {
        Self { most, held: Arc::default() }
    }

    /// One connection more for a network; nothing when it holds its share already.
    pub(super) fn take(&self, network: Network) -> Option<Share> {
        let mut held = self.held();
        let count = held.get(&network).copied().unwrap_or(0);
        if count >= self.most {
            return None;
        }
        held.insert(network, count + 1);
        Some(Share { shares: self.clone(), network })
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Network, usize>> {
        // Nothing panics while it holds the lock, and a number is whole at any time.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that is counted while this exists.
#[derive(Debug)]
pub(super) struct Share {
    shares: Shares,
    network: Network,
}

impl Drop for Share {
    fn drop(&mut self) {
        if let Entry::Occupied(mut count) = self.shares.held().entry(self.network) {
            *count.get_mut() -= 1;
            // Who holds none is forgotten: what is kept is bounded by the connections there are.
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_gets_a_quarter_within_bounds() {
        assert_eq!([1, 480, 1024, 4096].map(share_of), [64, 120, 256, 512]);
    }

    #[test]
    fn a_share_is_given_back_and_whoever_holds_none_is_forgotten() {
        let network = |address: &str| Network::of(address.parse().unwrap());
        let (one, other) = (network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        let shares = Shares::of(2);
        let held = [shares.take(one).unwrap(), shares.take(one).unwrap()];
        assert!(shares.take(network("2001:db8:1:2::2")).is_none(), "its neighbour in the same network");
        assert!(shares.take(other).is_some(), "another network has its own");
        drop(held);
        assert!(shares.held().is_empty());
        assert!(shares.take(one).is_some());
    }
}
