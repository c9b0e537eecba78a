//! The server as a child process.

use std::ffi::OsStr;
use std::fs::File;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::http;
use crate::shell::Shell;
use crate::stop::{self, POLL, Stop};
use crate::workspace::Profile;

/// A large database may be read into memory before the server is ready.
const PATIENCE: Duration = Duration::from_secs(120);

/// A server that is ready to answer.
pub(crate) struct Server {
    child: Child,
}

/// Makes sure that `port` can be listened on; 0 chooses a free one.
pub(crate) fn free_port(port: u16) -> Result<u16> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(listener) => Ok(listener.local_addr().context("a listener without an address")?.port()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            bail!("port {port} is taken: end what listens there, or choose another with `--port`")
        }
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            bail!("port {port} is not allowed to this user: choose one above 1023 with `--port`")
        }
        Err(error) => Err(error).with_context(|| format!("cannot listen on port {port}")),
    }
}

impl Server {
    /// Starts the server on `port` with the data folder `data` and the portal in `assets`, and waits until it is ready.
    pub(crate) fn start(
        shell: &Shell,
        profile: Profile,
        port: u16,
        data: &Path,
        assets: &Path,
    ) -> Result<Self> {
        Self::start_with(shell, profile, port, data, &[OsStr::new("--assets"), assets.as_os_str()])
    }

    /// Starts the server on `port` with the data folder `data` and more options, and waits until it is ready.
    pub(crate) fn start_with(
        shell: &Shell,
        profile: Profile,
        port: u16,
        data: &Path,
        more: &[impl AsRef<OsStr>],
    ) -> Result<Self> {
        let mut command = Self::command(shell, profile, port, data)?;
        command.args(more);
        Self::spawn(shell, command, port)
    }

    /// Starts the release server on `port` with the data folder `data`, without limits and with its log in a file, and
    /// waits until it is ready.
    pub(crate) fn start_logged(shell: &Shell, port: u16, data: &Path, log: File) -> Result<Self> {
        let mut command = Self::command(shell, Profile::Release, port, data)?;
        command.args(["--device-work", "off"]).env("RUST_LOG", "info").stdout(Stdio::null()).stderr(log);
        Self::spawn(shell, command, port)
    }

    fn command(shell: &Shell, profile: Profile, port: u16, data: &Path) -> Result<Command> {
        free_port(port)?;
        let mut command = shell.command(shell.workspace.api_binary(profile))?;
        command.args(["serve", "--listen", &format!("127.0.0.1:{port}")]).arg("--data").arg(data);
        Ok(command)
    }

    fn spawn(shell: &Shell, mut command: Command, port: u16) -> Result<Self> {
        let child = command.stdin(Stdio::null()).spawn();
        let child =
            child.with_context(|| format!("cannot start {}", command.get_program().to_string_lossy()))?;
        let mut server = Self { child };
        server.wait_until_ready(port, &shell.stop)?;
        Ok(server)
    }

    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    fn wait_until_ready(&mut self, port: u16, stop: &Stop) -> Result<()> {
        let since = Instant::now();
        while !http::is_ok(port, "/readyz") {
            if let Some(status) = self.ended()? {
                bail!("warga-api ended before it was ready ({status}); what it said is above");
            }
            if let Some(interrupted) = stop.requested() {
                stop::end(&mut self.child, interrupted)?;
                return Err(interrupted.into());
            }
            if since.elapsed() > PATIENCE {
                stop::terminate(&mut self.child)?;
                bail!("warga-api was not ready after {} s; what it said is above", PATIENCE.as_secs());
            }
            std::thread::sleep(POLL);
        }
        Ok(())
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().context("cannot wait for warga-api")
    }

    /// Ends it and waits for it: it finishes what it has begun.
    pub(crate) fn end(mut self) -> Result<()> {
        stop::terminate(&mut self.child)
    }

    /// Runs it until somebody asks us to end; that it ends by itself is an error.
    pub(crate) fn run(mut self, stop: &Stop) -> Result<()> {
        loop {
            if let Some(interrupted) = stop.requested() {
                return stop::end(&mut self.child, interrupted);
            }
            if let Some(status) = self.ended()? {
                // Ctrl-C may reach it before it reaches us.
                std::thread::sleep(POLL);
                if stop.requested().is_some() {
                    return Ok(());
                }
                bail!("warga-api ended with {status}; what it said is above");
            }
            std::thread::sleep(POLL);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_one_clear_sentence() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = taken.local_addr().expect("address").port();
        let error = free_port(port).expect_err("taken").to_string();
        assert!(error.starts_with(&format!("port {port} is taken")), "{error}");
        drop(taken);
        assert_eq!(free_port(port).expect("free again"), port);
        assert_ne!(free_port(0).expect("any"), 0);
    }
}
