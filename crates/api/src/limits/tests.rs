use governor::clock::FakeRelativeClock;

use super::*;

const SIR: Hash = [1; 32];
const MADAM: Hash = [2; 32];

fn limits() -> (Limits<FakeRelativeClock>, FakeRelativeClock) {
    let clock = FakeRelativeClock::default();
    (Limits::with_clock(clock.clone()), clock)
}

fn network(address: &str) -> Network {
    Network::of(address.parse().unwrap())
}

/// How often something goes well, until it is too much.
fn until_refused(mut one: impl FnMut() -> Result<(), Exceeded>) -> (u32, Exceeded) {
    let mut well = 0;
    loop {
        match one() {
            Ok(()) => well += 1,
            Err(exceeded) => return (well, exceeded),
        }
    }
}

#[test]
fn every_class_has_its_burst_and_tells_when_to_come_again() {
    let (limits, _) = limits();
    let address = |n: u8| network(&format!("198.51.100.{n}"));
    // A new token each time, so that only the address is counted.
    let mut token = [0; 32];
    let mut fresh = || {
        let [a, b, ..] = &mut token;
        (*a, *b) = if *a == 255 { (0, *b + 1) } else { (*a + 1, *b) };
        token
    };
    let met = |class, retry_after| Exceeded { class, retry_after };
    let reads = until_refused(|| limits.check(Wish::Read, address(1), Some(&SIR)));
    assert_eq!(reads, (2000, met(Class::Requests, 1)));
    let devices = until_refused(|| limits.check(Wish::Device, address(2), None));
    assert_eq!(devices, (100, met(Class::NewDevices, 1)));
    let writes = until_refused(|| limits.check(Wish::Write, address(3), Some(&fresh())));
    assert_eq!(writes, (500, met(Class::WritesByNetwork, 1)));
    let writes = until_refused(|| limits.check(Wish::Write, address(4), Some(&SIR)));
    assert_eq!(writes, (60, met(Class::WritesByDevice, 1)));
    let photos = until_refused(|| limits.check(Wish::Photo, address(5), Some(&MADAM)));
    assert_eq!(photos, (20, met(Class::PhotosByDevice, 5)));
}

#[test]
fn a_device_that_asks_too_much_harms_neither_its_neighbours_nor_itself_elsewhere() {
    let (limits, _) = limits();
    let shared = network("198.51.100.7");
    // Thirty times what its address may write, were it counted.
    let refused = (0..1500).filter(|_| limits.check(Wish::Write, shared, Some(&SIR)).is_err()).count();
    assert_eq!(refused, 1440);
    limits.check(Wish::Write, shared, Some(&MADAM)).unwrap();
    limits.check(Wish::Read, shared, Some(&SIR)).unwrap();
    // It takes its own limit along to another network.
    assert!(limits.check(Wish::Write, network("203.0.113.5"), Some(&SIR)).is_err());
}

#[test]
fn an_address_that_asks_too_much_harms_no_other_and_has_no_second_one_in_its_own_network() {
    let (limits, _) = limits();
    until_refused(|| limits.check(Wish::Device, network("2001:db8:1:2::1"), None));
    assert!(limits.check(Wish::Device, network("2001:db8:1:2:3::4"), None).is_err());
    limits.check(Wish::Device, network("2001:db8:1:3::1"), None).unwrap();
}

#[test]
fn who_waits_as_long_as_told_is_served_again() {
    let (limits, clock) = limits();
    let one = || limits.check(Wish::Photo, network("198.51.100.7"), Some(&SIR));
    let (_, exceeded) = until_refused(one);
    clock.advance(Duration::from_secs(u64::from(exceeded.retry_after)));
    assert_eq!(until_refused(one).0, 1);
    clock.advance(Duration::from_secs(3600));
    assert_eq!(until_refused(one).0, 20);
}

#[test]
fn full_buckets_are_forgotten() {
    let (limits, clock) = limits();
    for n in 0..=255 {
        limits.check(Wish::Photo, network(&format!("198.51.100.{n}")), Some(&[n; 32])).unwrap();
    }
    until_refused(|| limits.check(Wish::Write, network("203.0.113.5"), Some(&SIR)));
    clock.advance(Duration::from_secs(10));
    limits.forget();
    let kept = [limits.requests.len(), limits.writes_by_network.len(), limits.writes_by_device.len()];
    // Only the one who has asked for more than ten seconds' worth.
    assert_eq!(kept, [0, 0, 1]);
    assert_eq!(limits.photos_by_device.len(), 0);
}
