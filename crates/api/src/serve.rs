//! The server: from a configuration to an open port, until it is told to stop.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use anyhow::Context as _;
use axum::http::HeaderValue;
use ipnet::IpNet;
use tokio::signal::unix::{Signal, SignalKind, signal};
use url::Url;

use crate::{
    App,
    catalogue::Catalogue,
    janitor,
    limits::Limits,
    metrics::Metrics,
    participants::Participants,
    photos::{PhotoObjects, Workshop},
    routes,
    server::{self, Bounds},
    store::{SqliteStore, Store as _},
    tiles::{self, LiveMap},
};

/// How long a request that has begun may take to end once the server is told to stop. A second signal cuts it short.
const GRACE: Duration = Duration::from_secs(10);

/// How to serve.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Folder of the database.
    pub data: PathBuf,
    /// The bucket of photos; without one they lie in the data folder.
    pub photos: Option<Url>,
    /// Folder of the built portal; without it only the API is served.
    pub assets: Option<PathBuf>,
    /// Path under which everything stands, without a slash at its end; empty for the root.
    pub prefix: String,
    /// Networks of the proxies that are believed about where a request comes from.
    pub proxies: Vec<IpNet>,
    /// Origins of other servers' pages that may write.
    pub writers: Vec<HeaderValue>,
    /// Whether there are limits on how much a device and an address may ask.
    pub limited: bool,
}

/// Checks a prefix as the command line gives it.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn prefix(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~".contains(c);
    if text.is_empty() || (text.starts_with('/') && !text.contains("//") && text.chars().all(plain)) {
        Ok(text.to_owned())
    } else {
        Err("a prefix begins with / and holds letters, digits, -, _, . and ~".to_owned())
    }
}

/// Reads a proxy's network as the command line gives it: a network, or an address alone.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn proxy(text: &str) -> Result<IpNet, String> {
    let alone = text.parse::<IpAddr>().map(IpNet::from);
    text.parse().or(alone).map_err(|_| "a proxy is an address or a network such as 10.0.0.0/8".to_owned())
}

/// Reads an origin as browsers write it: scheme, host and perhaps a port.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn origin(text: &str) -> Result<HeaderValue, String> {
    let whole = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let same = whole.filter(|url| url.origin().ascii_serialization() == text);
    same.and_then(|_| HeaderValue::from_str(text).ok())
        .ok_or_else(|| "an origin is a scheme and a host, such as https://lapor.bandung.go.id".to_owned())
}

/// Opens everything that requests are answered from.
pub(crate) async fn open(config: &Config) -> anyhow::Result<App> {
    let metrics = Arc::new(Metrics::new());
    let store = SqliteStore::open_measured(&config.data, metrics.writer.clone())
        .with_context(|| format!("cannot open the data in {}", config.data.display()))?;
    let catalogue = Catalogue::built_in()?.with_jurisdictions(store.jurisdictions().await?);
    let photos = match &config.photos {
        Some(bucket) => PhotoObjects::bucket(bucket),
        None => PhotoObjects::folder(&config.data.join("photos")),
    };
    Ok(App {
        store: Arc::new(store),
        map: Arc::new(LiveMap::new()),
        photos: Arc::new(photos.context("cannot open the photos")?),
        workshop: Arc::new(Workshop::new()),
        site: serde_json::to_vec(catalogue.site())?.into(),
        catalogue: Arc::new(catalogue),
        participants: Arc::new(Participants::built_in()?),
        limits: config.limited.then(|| Arc::new(Limits::new())),
        proxies: config.proxies.as_slice().into(),
        writers: config.writers.as_slice().into(),
        metrics,
    })
}

/// Serves until SIGTERM or Ctrl-C, then finishes what it has begun.
///
/// # Errors
/// When the data cannot be opened, the portal is not there, or the port is taken.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let app = open(&config).await?;
    if let Some(limits) = app.limits.clone() {
        tokio::spawn(async move { limits.keep_small().await });
    }
    let following = tokio::spawn(tiles::follow(Arc::clone(&app.store), Arc::clone(&app.map)));
    let chores = tokio::spawn(janitor::run(app.clone()));
    let metrics = Arc::clone(&app.metrics);
    let router = routes::router(app, &config.prefix, config.assets.as_deref())?;
    let mut signals = Signals::listen().context("cannot listen for signals")?;
    let bounds = Bounds::new(server::room_for_connections());
    // Behind a proxy every connection has the proxy's address; there it is the proxy that shares them out.
    let shared = config.limited && config.proxies.is_empty();
    let bounds = if shared { bounds.shared() } else { bounds };
    let listener =
        server::listen(config.listen).with_context(|| format!("cannot listen on {}", config.listen))?;
    // Scripts and tests that ask for port 0 read the address here.
    println!("listening on http://{}{}", listener.local_addr()?, config.prefix);
    let open = server::accept(listener, router, bounds, &metrics.connections, signals.told()).await;
    tokio::select! {
        () = open.shutdown() => {}
        () = tokio::time::sleep(GRACE) => tracing::warn!("a request did not end in time and is cut off"),
        () = signals.told() => tracing::warn!("told to stop at once"),
    }
    // They hold the store, whose last holder closes it.
    chores.abort();
    following.abort();
    // Both fail because they were aborted.
    let _ = (chores.await, following.await);
    tracing::info!("stopped");
    Ok(())
}

/// The two ways to tell it to stop.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Listens from now on: one that comes between two calls of [`Self::told`] is not missed.
    fn listen() -> io::Result<Self> {
        let (terminate, interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        Ok(Self { terminate, interrupt })
    }

    /// Waits for the next.
    async fn told(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
        tracing::info!("stopping");
    }
}
