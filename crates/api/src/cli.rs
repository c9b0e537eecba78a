//! The command line.

use std::{io::IsTerminal as _, net::SocketAddr, path::PathBuf, process::ExitCode};

use axum::http::HeaderValue;
use clap::{Parser, Subcommand};
use ipnet::IpNet;
use tracing_subscriber::EnvFilter;
use url::Url;

use crate::{
    catalogue::Catalogue,
    clock,
    import::{csv, jurisdictions},
    seed, serve,
    store::SqliteStore,
};

/// The JSON API of the Warga portal: one binary, SQLite inside.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and, with --assets, the portal.
    Serve {
        /// Address and port; port 0 takes a free one. The address taken is printed on the first line.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// Folder of the database; made when it is not there.
        #[arg(long)]
        data: PathBuf,
        /// Bucket of the photos, s3://BUCKET/PREFIX, with its keys in the AWS_… variables (default: DATA/photos).
        #[arg(long)]
        photos: Option<Url>,
        /// Folder of the built portal (`dist`).
        #[arg(long)]
        assets: Option<PathBuf>,
        /// Path under which everything is served, such as /lapor.
        #[arg(long, default_value = "", value_parser = serve::prefix)]
        prefix: String,
        /// Whether a browser must work for its token. There is no such work yet, so only `off` is taken, and only on
        /// a loopback address: what is tested without it must not be what is served without it. It lifts the limits
        /// on how much a device and an address may ask, too.
        #[arg(long, value_parser = ["off"])]
        device_work: Option<String>,
        /// A reverse proxy that stands before this server, by its address or network, such as 127.0.0.1 or
        /// 10.0.0.0/8; may be given again. Only from there is X-Forwarded-For believed.
        #[arg(long, value_name = "CIDR", value_parser = serve::proxy)]
        trusted_proxy: Vec<IpNet>,
        /// An origin whose pages may send reports and support, such as https://lapor.bandung.go.id, where the portal
        /// stands on another one than this server; may be given again. Pages of any origin may read.
        #[arg(long, value_name = "ORIGIN", value_parser = serve::origin)]
        allow_origin: Vec<HeaderValue>,
    },
    /// Take in reports from another system, or a table of governments.
    Import {
        #[command(subcommand)]
        source: Source,
    },
    /// Fill the data folder with demo reports, marked as such.
    Seed {
        /// Folder of the database; made when it is not there.
        #[arg(long)]
        data: PathBuf,
        /// How many.
        #[arg(long, default_value_t = 3000)]
        reports: usize,
    },
}

#[derive(Subcommand)]
enum Source {
    /// Rows of a CSV file, read by a named profile.
    Csv {
        /// Folder of the database; made when it is not there.
        #[arg(long)]
        data: PathBuf,
        /// A profile that is built in, or the path of a .toml of your own.
        #[arg(long)]
        profile: String,
        /// The file, plain or .gz.
        file: PathBuf,
        /// Where rows go that cannot be taken in (default: DATA/rejects/).
        #[arg(long)]
        rejects: Option<PathBuf>,
    },
    /// Governments that take reports here, beside those that are built in or in their place.
    Jurisdictions {
        /// Folder of the database; made when it is not there.
        #[arg(long)]
        data: PathBuf,
        /// A CSV file with the columns code, name, domain, lat, lng, west, south, east and north.
        file: PathBuf,
    },
}

/// Reads the arguments and does what they say.
#[must_use]
pub fn main() -> ExitCode {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,refinery_core=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        // What cannot be logged (the log lies on the disk that is full) would be told to stderr, by a panic.
        .log_internal_errors(false)
        .init();
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("warga-api: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve { listen, data, photos, assets, prefix, device_work, trusted_proxy, allow_origin } => {
            anyhow::ensure!(
                device_work.is_none() || listen.ip().is_loopback(),
                "--device-work off is for loopback addresses only"
            );
            serve::run(serve::Config {
                listen,
                data,
                photos,
                assets,
                prefix,
                proxies: trusted_proxy,
                writers: allow_origin,
                limited: device_work.is_none(),
            })
            .await
        }
        Command::Import { source: Source::Csv { data, profile, file, rejects } } => {
            let store = SqliteStore::open(&data)?;
            let rejects = rejects.unwrap_or_else(|| csv::default_rejects(&data, &profile, &file));
            let summary = csv::run(&store, &csv::CsvImport { profile, file, rejects }).await?;
            println!("{summary}");
            Ok(())
        }
        Command::Import { source: Source::Jurisdictions { data, file } } => {
            let store = SqliteStore::open(&data)?;
            println!("{}", jurisdictions::run(&store, &file).await?);
            Ok(())
        }
        Command::Seed { data, reports } => {
            let store = SqliteStore::open(&data)?;
            let added = seed::run(&store, &Catalogue::built_in()?, reports, clock::now()).await?;
            println!("{added} demo reports added");
            Ok(())
        }
    }
}
