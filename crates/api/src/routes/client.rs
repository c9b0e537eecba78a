//! Where a request comes from, when there may be a proxy in between.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRef, FromRequestParts},
    http::{Extensions, HeaderMap, HeaderName, request::Parts},
};
use ipnet::IpNet;

use crate::{App, limits::Network};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of whoever asks: the other end of the connection, or, where that is a trusted proxy, the nearest
/// address of `X-Forwarded-For` that is none. Everything to the left of that one is hearsay.
///
/// A header that a trusted proxy has let through although it makes no sense names nobody, so the proxy itself is
/// taken.
pub(super) fn address(extensions: &Extensions, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    // There always is another end, but in a test that calls the router without a connection.
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical();
    let trusted = |address: &IpAddr| proxies.iter().any(|net| net.contains(address));
    if !trusted(&peer) {
        return peer;
    }
    // Several headers of one name are one list.
    let lines = headers.get_all(FORWARDED_FOR).iter().rev();
    let hops = lines.flat_map(|line| line.to_str().unwrap_or("?").rsplit(','));
    for hop in hops {
        match read(hop.trim()) {
            Some(address) if trusted(&address) => {}
            Some(address) => return address,
            None => return peer,
        }
    }
    peer
}

/// The network that a request comes from, for routes that share something out by it.
pub(super) struct From(pub(super) Network);

impl<S> FromRequestParts<S> for From
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let proxies = App::from_ref(state).proxies;
        Ok(Self(Network::of(address(&parts.extensions, &parts.headers, &proxies))))
    }
}

/// An address, with or without a port. IPv4 written as IPv6 is IPv4.
fn read(hop: &str) -> Option<IpAddr> {
    let alone = hop.parse::<IpAddr>().ok();
    alone.or_else(|| Some(hop.parse::<SocketAddr>().ok()?.ip())).map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const PROXIES: [&str; 3] = ["10.0.0.0/8", "127.0.0.1/32", "fd00::/8"];

    /// Who asks, by the other end of the connection and the headers that came over it.
    fn asks(peer: &str, lines: &[&str], proxies: &[&str]) -> String {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4711)));
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, HeaderValue::from_str(line).unwrap());
        }
        let proxies: Vec<IpNet> = proxies.iter().map(|net| net.parse().unwrap()).collect();
        address(&extensions, &headers, &proxies).to_string()
    }

    #[test]
    fn the_header_counts_only_from_a_trusted_proxy() {
        assert_eq!(asks("203.0.113.5", &["198.51.100.7"], &[]), "203.0.113.5");
        assert_eq!(asks("203.0.113.5", &["198.51.100.7"], &PROXIES), "203.0.113.5");
        assert_eq!(asks("2001:db8::1", &["198.51.100.7"], &PROXIES), "2001:db8::1");
        assert_eq!(asks("127.0.0.1", &["198.51.100.7"], &PROXIES), "198.51.100.7");
        assert_eq!(asks("fd00::9", &["2001:db8::1"], &PROXIES), "2001:db8::1");
        assert_eq!(asks("10.1.2.3", &[], &PROXIES), "10.1.2.3");
    }

    #[test]
    fn what_the_client_wrote_into_the_header_is_not_believed() {
        let forged = ["1.1.1.1, 198.51.100.7"];
        assert_eq!(asks("127.0.0.1", &forged, &PROXIES), "198.51.100.7");
        let through_two = ["1.1.1.1, 198.51.100.7, 10.0.0.2, 10.0.0.3"];
        assert_eq!(asks("127.0.0.1", &through_two, &PROXIES), "198.51.100.7");
        let two_headers = ["1.1.1.1", "rubbish, 198.51.100.7", "10.0.0.2"];
        assert_eq!(asks("127.0.0.1", &two_headers, &PROXIES), "198.51.100.7");
    }

    #[test]
    fn a_header_that_makes_no_sense_is_the_proxys_own() {
        for line in ["", "rubbish", "198.51.100.7, unknown", "198.51.100.7, 10.0.0.2, ", "1.2.3", "10.0.0.2"]
        {
            assert_eq!(asks("127.0.0.1", &[line], &PROXIES), "127.0.0.1", "{line}");
        }
    }

    #[test]
    fn an_address_may_be_written_in_several_ways() {
        assert_eq!(asks("127.0.0.1", &["198.51.100.7:5123"], &PROXIES), "198.51.100.7");
        assert_eq!(asks("127.0.0.1", &["[2001:db8::1]:443"], &PROXIES), "2001:db8::1");
        assert_eq!(asks("127.0.0.1", &["::ffff:198.51.100.7"], &PROXIES), "198.51.100.7");
        assert_eq!(
            asks("::ffff:127.0.0.1", &["198.51.100.7"], &PROXIES),
            "198.51.100.7",
            "a dual-stack socket"
        );
    }
}
