//! One connection to our own server that is kept open, as a browser keeps it: a new one for each request would be measured
//! with it.

use std::io::{BufRead, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

/// Longer than anything takes that is measured.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection.
pub(super) struct Line {
    stream: BufReader<TcpStream>,
}

/// An answer of the server.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// Its status.
    pub(super) status: u16,
    /// Its body as it came.
    pub(super) body: Vec<u8>,
}

impl Line {
    /// Connects to a port of the loopback interface.
    pub(super) fn open(port: u16) -> Result<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let stream = TcpStream::connect_timeout(&address, PATIENCE).context("cannot connect to warga-api")?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// Asks for a tile, packed as browsers like it best.
    pub(super) fn tile(&mut self, path: &str) -> Result<Vec<u8>> {
        let answer = self.ask("GET", path, "Accept-Encoding: gzip, deflate, br\r\n", "")?;
        ensure!(answer.status == 200, "{path} was answered {}", answer.status);
        Ok(answer.body)
    }

    /// Asks; `headers` each end with a line break.
    pub(super) fn ask(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Result<Answer> {
        let length = body.len();
        let request = format!(
            "{method} /api/v1{path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
        );
        self.stream.get_mut().write_all(request.as_bytes()).context("warga-api does not listen any more")?;
        read(&mut self.stream)
    }
}

/// Reads an answer whose length is told, as that of all of ours is (RFC 9112, section 6.2).
fn read(stream: &mut impl BufRead) -> Result<Answer> {
    let mut line = String::new();
    stream.read_line(&mut line).context("warga-api does not answer")?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
    let mut answer = Answer { status: status.context("warga-api answers something else")?, body: Vec::new() };
    let mut length = None;
    loop {
        line.clear();
        stream.read_line(&mut line).context("half an answer")?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse()?);
        }
    }
    let Some(length) = length else { bail!("an answer of an unknown length") };
    answer.body = vec![0; length];
    stream.read_exact(&mut answer.body).context("half an answer")?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_answer_ends_where_the_next_begins() {
        let mut both = &b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nx: y\r\n\r\n{}HTTP/1.1 200 OK\r\n\
            content-length:0\r\n\r\n"[..];
        assert_eq!(read(&mut both).expect("first"), Answer { status: 404, body: b"{}".into() });
        assert_eq!(read(&mut both).expect("second"), Answer { status: 200, body: Vec::new() });
        assert!(read(&mut both).is_err());
        assert!(read(&mut &b"HTTP/1.1 200 OK\r\n\r\n"[..]).is_err());
        assert!(read(&mut &b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n{}"[..]).is_err());
    }
}
