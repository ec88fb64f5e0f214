//! `salus health`

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use super::CommandResult;
use crate::settings::Settings;

const PATIENCE: Duration = Duration::from_secs(3);

/// Asks the server of the same settings on this machine whether it is ready; for containers, whose
/// image has no other program to ask with.
pub(super) fn run(settings: &Settings) -> CommandResult {
    let address = reachable(settings.listen);
    let answer = ask(address).map_err(|e| format!("{address} does not answer ({e})"))?;
    // HTTP/1.1 200 OK
    match answer.split(' ').nth(1) {
        Some("200") => {
            println!("ready");
            Ok(())
        }
        Some(status) => Err(format!("{address} is not ready ({status})")),
        None => Err(format!("{address} does not speak HTTP")),
    }
}

/// Who listens everywhere is asked here.
fn reachable(mut listen: SocketAddr) -> SocketAddr {
    if listen.ip().is_unspecified() {
        listen.set_ip(match listen.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    listen
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.take(64 * 1024).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_listens_everywhere_is_asked_on_this_machine() {
        let asked = |listen: &str| reachable(listen.parse().unwrap()).to_string();
        assert_eq!(asked("0.0.0.0:8080"), "127.0.0.1:8080");
        assert_eq!(asked("[::]:8080"), "[::1]:8080");
        assert_eq!(asked("10.1.2.3:80"), "10.1.2.3:80");
    }
}
