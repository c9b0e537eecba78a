//! `cargo xtask …`: sets up, builds, runs, tests and measures Warga with nothing but Rust, Node and a package manager.

mod api;
mod bench;
mod browser;
mod bytes;
mod cli;
mod demo;
mod dev;
mod duration;
mod exec;
mod fingerprint;
mod html;
mod http;
mod lock;
mod peak;
mod portal;
mod run;
mod schemathesis;
mod serve;
mod setup;
mod shell;
mod steps;
mod stop;
mod suite;
mod watch;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use cli::Command;
use shell::Shell;
use steps::say;
use stop::Interrupted;

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => match error.downcast_ref::<Interrupted>() {
            Some(interrupted) => {
                eprintln!("{interrupted}");
                ExitCode::from(interrupted.exit_code())
            }
            None => {
                // One sentence, whatever went wrong: the contexts from the outermost to the cause.
                eprintln!("error: {error:#}");
                ExitCode::FAILURE
            }
        },
    }
}

fn start() -> Result<()> {
    let command = cli::parse(std::env::args_os().skip(1))?;
    if command == Command::Help {
        say(cli::USAGE);
        return Ok(());
    }
    let shell = Shell::new()?;
    match command {
        Command::Help => Ok(()),
        Command::Run(options) if options.dev => dev::run(shell, &options),
        Command::Run(options) => run::run(shell, &options),
        Command::Build { portal_alone } => run::build(shell, portal_alone),
        Command::Test => suite::test(shell),
        Command::Soak => suite::soak(shell),
        Command::Bytes => bytes::check(&shell.workspace),
        Command::Bench(what) => bench::run(shell, what),
    }
}
