//! Asks our own server one question; no more HTTP than that is needed here.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(2);

/// Whether the server on the loopback port `port` answers `GET path` with 200.
pub(crate) fn is_ok(port: u16, path: &str) -> bool {
    status(port, path).is_ok_and(|status| status.starts_with("HTTP/1.1 200"))
}

fn status(port: u16, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // In one piece: `write!` would send each part of it by itself.
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut beginning = [0; 12];
    stream.read_exact(&mut beginning)?;
    Ok(String::from_utf8_lossy(&beginning).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn only_200_is_ok() {
        for (answer, ok) in [
            ("HTTP/1.1 200 OK\r\n\r\n", true),
            ("HTTP/1.1 503 Service Unavailable\r\n\r\n", false),
            ("", false),
        ] {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
            let port = listener.local_addr().expect("address").port();
            let server = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().expect("a caller");
                let mut question = [0; 64];
                let length = stream.read(&mut question).expect("a question");
                stream.write_all(answer.as_bytes()).expect("an answer");
                String::from_utf8_lossy(&question[..length]).into_owned()
            });
            assert_eq!(is_ok(port, "/readyz"), ok, "{answer}");
            assert!(server.join().expect("server").starts_with("GET /readyz HTTP/1.1\r\n"));
        }
    }
}
