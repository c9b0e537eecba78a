//! `warga-api`: see `warga-api --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    warga_api::cli::main()
}
