//! The server as a process of its own, ended with its test.

use std::{
    ffi::OsStr,
    fs::{self, OpenOptions},
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, prlimit};
use tempfile::{NamedTempFile, TempDir};

use super::{Api, api::SharedDocument};

const BINARY: &str = env!("CARGO_BIN_EXE_warga-api");
/// Not an expectation, only an end to waiting for what never happens.
const NEVER: Duration = Duration::from_secs(120);

/// A running `warga-api serve`. Killed when it goes out of scope.
pub(crate) struct Server {
    child: Child,
    base: String,
    log: NamedTempFile,
    data: PathBuf,
    document: SharedDocument,
    // Held open: what the server prints must not hit a closed pipe.
    _stdout: BufReader<ChildStdout>,
    // Last, so that it is removed after the process has gone.
    _folder: Option<TempDir>,
}

impl Server {
    /// Serves a new, empty database.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut server = Self::on(folder.path());
        server._folder = Some(folder);
        server
    }

    /// Serves the data in a folder.
    pub(crate) fn on(data: &Path) -> Self {
        Self::with::<&str>(data, &[])
    }

    /// Serves the data in a folder, with more options.
    pub(crate) fn with<A: AsRef<OsStr>>(data: &Path, more: &[A]) -> Self {
        let mut command = Command::new(BINARY);
        command.args(serve(data)).args(more);
        Self::spawn(command, data)
    }

    /// Serves the data in a folder, with variables in its environment.
    pub(crate) fn with_env(data: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = Command::new(BINARY);
        command.args(serve(data)).args(arguments).envs(variables.iter().copied());
        Self::spawn(command, data)
    }

    /// Serves the data in a folder while `strace` writes the named system calls to `trace`, with the files they
    /// are about.
    pub(crate) fn traced(data: &Path, calls: &str, trace: &Path) -> Self {
        let mut command = Command::new("strace");
        // -D: the child of the test is the server, and its end is the end of both.
        command.args(["-D", "-f", "-y", "-qq", "-s", "40", "-e"]).arg(format!("trace={calls}"));
        command.arg("-o").arg(trace).arg(BINARY).args(serve(data));
        Self::spawn(command, data)
    }

    /// Serves a new, empty database with the limits on how much anybody may ask, and with more options.
    pub(crate) fn limited<A: AsRef<OsStr>>(more: &[A]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(BINARY);
        command.args(serve_limited(folder.path())).args(more);
        let mut server = Self::spawn(command, folder.path());
        server._folder = Some(folder);
        server
    }

    /// Serves a new, empty database and logs as much as asked (`RUST_LOG`).
    pub(crate) fn logging(filter: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(BINARY);
        command.args(serve(folder.path())).env("RUST_LOG", filter);
        let mut server = Self::spawn(command, folder.path());
        server._folder = Some(folder);
        server
    }

    /// Serves the data in a folder from a process that is told by an error, not by a deadly signal, when a file
    /// can grow no more ([`Self::limit_files`]). Its log begins as long as `log_length`.
    pub(crate) fn limitable(data: &Path, log_length: u64) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", r#"trap '' XFSZ; exec "$0" "$@""#, BINARY]).args(serve(data));
        let log = NamedTempFile::new().unwrap();
        log.as_file().set_len(log_length).unwrap();
        Self::spawn_with(command, data, log)
    }

    /// From now on no file that it writes becomes longer than `bytes`: for SQLite, a full disk. `None` gives
    /// room again.
    pub(crate) fn limit_files(&self, bytes: Option<u64>) {
        prlimit(Some(self.pid()), Resource::Fsize, Rlimit { current: bytes, maximum: None }).unwrap();
    }

    /// From now on it may open no file and take no connection beyond so many; gives what it was allowed before.
    pub(crate) fn limit_open_files(&self, files: Option<u64>) -> Option<u64> {
        let maximum = getrlimit(Resource::Nofile).maximum;
        prlimit(Some(self.pid()), Resource::Nofile, Rlimit { current: files, maximum }).unwrap().current
    }

    /// Serves a new, empty database from a process that may open no more than so many files.
    pub(crate) fn with_open_files(files: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command
            .args(["-c", &format!(r#"ulimit -n {files}; exec "$0" "$@""#), BINARY])
            .args(serve(folder.path()));
        let mut server = Self::spawn(command, folder.path());
        server._folder = Some(folder);
        server
    }

    fn spawn(command: Command, data: &Path) -> Self {
        Self::spawn_with(command, data, NamedTempFile::new().unwrap())
    }

    fn spawn_with(mut command: Command, data: &Path, log: NamedTempFile) -> Self {
        let appended = OpenOptions::new().append(true).open(log.path()).unwrap();
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(appended);
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let Some(base) = line.trim_end().strip_prefix("listening on ") else {
            let status = child.wait().unwrap();
            panic!(
                "the server did not start: {status}, {line:?}, {}",
                fs::read_to_string(log.path()).unwrap()
            );
        };
        let base = base.to_owned();
        Self {
            child,
            base,
            log,
            data: data.to_owned(),
            document: SharedDocument::default(),
            _stdout: stdout,
            _folder: None,
        }
    }

    /// Its address with the prefix, as it was printed.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        self.base.trim_start_matches("http://").split('/').next().unwrap()
    }

    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// What it has written to its standard error.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.log.path()).unwrap()
    }

    /// A caller without a token.
    pub(crate) fn nobody(&self) -> Api {
        Api::nobody(&self.base, self.document.clone())
    }

    /// A new device.
    pub(crate) async fn device(&self) -> Api {
        self.nobody().register().await
    }

    /// Ends it as no program can prepare for: SIGKILL.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end: SIGTERM.
    pub(crate) fn terminate(&self) {
        kill_process(self.pid(), Signal::TERM).unwrap();
    }

    /// Waits until it has ended by itself.
    pub(crate) fn ended(mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < NEVER, "the server does not end: {}", self.log());
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Whoever looks at a test that failed wants to know whether the server was still there.
        if let Ok(Some(status)) = self.child.try_wait()
            && std::thread::panicking()
        {
            eprintln!("the server had ended: {status}\n{}", self.log());
        }
        // Already ended is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs `warga-api` with arguments that it has to refuse, and gives what it says.
pub(crate) fn refused<A: AsRef<OsStr>>(arguments: &[A]) -> Output {
    let output = Command::new(BINARY).args(arguments).stdin(Stdio::null()).output().unwrap();
    assert!(!output.status.success(), "it did not refuse");
    output
}

/// Runs `warga-api` with arguments that it has to take, and gives what it prints.
pub(crate) fn done<A: AsRef<OsStr>>(arguments: &[A]) -> String {
    let output = Command::new(BINARY).args(arguments).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn serve(data: &Path) -> Vec<&OsStr> {
    // Tests send as much as they can, all from one address.
    [&serve_limited(data)[..], &["--device-work", "off"].map(OsStr::new)].concat()
}

fn serve_limited(data: &Path) -> Vec<&OsStr> {
    let mut arguments = ["serve", "--listen", "127.0.0.1:0", "--data"].map(OsStr::new).to_vec();
    arguments.push(data.as_os_str());
    arguments
}
