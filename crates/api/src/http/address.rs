//! Where a request comes from: the address at the other end of the connection, or the one a proxy
//! of ours names. A header from anybody else says nothing.

use actix_web::http::header::HeaderMap;
use ipnet::IpNet;
use std::net::IpAddr;

/// The caller's address, as rates, throttles and the audit trail name it.
///
/// Proxies add the address they hear from at the end of `X-Forwarded-For`, so it is read from the
/// end, as far as trusted proxies wrote it.
#[must_use]
pub fn caller_address(
    peer: Option<IpAddr>,
    headers: &HeaderMap,
    proxies: &[IpNet],
) -> Option<IpAddr> {
    let trusted = |address: &IpAddr| proxies.iter().any(|network| network.contains(address));
    let mut address = peer?.to_canonical();
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for named in forwarded.into_iter().rev() {
        if !trusted(&address) {
            break;
        }
        let Ok(named) = named.trim().parse::<IpAddr>() else {
            break;
        };
        address = named.to_canonical();
    }
    Some(address)
}

/// What is counted as one caller: an IPv4 address, or the /64 a household or plant has of IPv6.
#[must_use]
pub fn counted_as(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(_) => IpNet::new(address, 64).map_or_else(
            |_| address.to_string(),
            |network| network.trunc().to_string(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    fn named(peer: &str, forwarded: &'static str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(
            HeaderName::from_static("x-forwarded-for"),
            HeaderValue::from_static(forwarded),
        );
        let proxies = ["10.0.0.0/8".parse().unwrap()];
        caller_address(peer.parse().ok(), &headers, &proxies)
            .unwrap()
            .to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_about_whom_it_speaks_for() {
        assert_eq!(named("10.0.0.1", "203.0.113.9"), "203.0.113.9");
        assert_eq!(
            named("10.0.0.1", "198.51.100.1, 203.0.113.9"),
            "203.0.113.9"
        );
        assert_eq!(named("10.0.0.1", "203.0.113.9, 10.0.0.2"), "203.0.113.9");
        assert_eq!(named("192.0.2.7", "203.0.113.9"), "192.0.2.7");
        assert_eq!(named("10.0.0.1", "nonsense"), "10.0.0.1");
    }

    #[test]
    fn addresses_of_one_ipv6_network_count_as_one_caller() {
        let key = |text: &str| counted_as(text.parse().unwrap());
        assert_eq!(key("2001:db8::1"), key("2001:db8::ffff"));
        assert_ne!(key("2001:db8::1"), key("2001:db8:0:1::1"));
        assert_eq!(key("192.0.2.7"), "192.0.2.7");
    }
}
