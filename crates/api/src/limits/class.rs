//! What is limited, and how far: the one table of the numbers.

use std::num::NonZeroU32;

use governor::Quota;

/// A kind of request that is counted by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Whatever an address asks.
    Requests,
    /// New devices of an address.
    NewDevices,
    /// Writes of an address.
    WritesByNetwork,
    /// Writes of a device.
    WritesByDevice,
    /// Photos of a device.
    PhotosByDevice,
    /// Photos of an address.
    PhotosByNetwork,
}

impl Class {
    /// How many at once, how many a minute after that, and why.
    fn allowed(self) -> (u32, u32) {
        match self {
            // Indonesian carriers put thousands of phones behind one IPv4 address: this only keeps a single line from
            // taking the whole server.
            Self::Requests => (2_000, 200 * 60),
            // A school class or a village meeting becomes a hundred devices in a minute; a script that collects tokens
            // to support a report with gets two a second.
            Self::NewDevices => (100, 2 * 60),
            // What a city's outboxes send when the network comes back after an outage.
            Self::WritesByNetwork => (500, 20 * 60),
            // An outbox that has waited for days, and nobody types faster than that afterwards.
            Self::WritesByDevice => (60, 60),
            // Three for each of six reports that waited; each costs a second of a processor.
            Self::PhotosByDevice => (20, 12),
            // The largest takes half a second of a processor: whoever collects tokens keeps others waiting for some
            // seconds, not for minutes, and fills no disk in a day.
            Self::PhotosByNetwork => (40, 60),
        }
    }

    pub(super) fn quota(self) -> Quota {
        let (burst, a_minute) = self.allowed();
        Quota::per_minute(at_least_one(a_minute)).allow_burst(at_least_one(burst))
    }

    /// Its name in the metrics.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::NewDevices => "new-devices",
            Self::WritesByNetwork => "writes-by-network",
            Self::WritesByDevice => "writes-by-device",
            Self::PhotosByDevice => "photos-by-device",
            Self::PhotosByNetwork => "photos-by-network",
        }
    }
}

fn at_least_one(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN)
}
