//! A server that speaks S3, on a free port, gone with its test.

use std::{fs, net::SocketAddr};

use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

const KEY: &str = "warga-test";
const SECRET: &str = "rahasia-rahasia";

/// A bucket of the name `warga`.
pub(crate) struct Bucket {
    folder: TempDir,
    endpoint: String,
    server: JoinHandle<()>,
}

impl Bucket {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("warga")).unwrap();
        let mut service = S3ServiceBuilder::new(FileSystem::new(folder.path()).unwrap());
        service.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let service = service.build();
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            // Its connections end with it.
            let mut connections = tokio::task::JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let service = service.clone();
                connections.spawn(async move {
                    let served = Builder::new(TokioExecutor::new());
                    // A client that goes away is nothing to fail for.
                    let _ = served.serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        Self { folder, endpoint, server }
    }

    /// Where it is and how to open it, as the server reads it from its environment.
    pub(crate) fn variables(&self) -> [(&str, &str); 5] {
        [
            ("AWS_ENDPOINT", &self.endpoint),
            ("AWS_ALLOW_HTTP", "true"),
            ("AWS_ACCESS_KEY_ID", KEY),
            ("AWS_SECRET_ACCESS_KEY", SECRET),
            ("AWS_REGION", "ap-southeast-3"),
        ]
    }

    /// What lies in it under `photos/`.
    pub(crate) fn files(&self) -> Vec<Vec<u8>> {
        let photos = fs::read_dir(self.folder.path().join("warga/photos")).unwrap();
        photos.map(|file| fs::read(file.unwrap().path()).unwrap()).collect()
    }

    /// Ends it before its time.
    pub(crate) fn stop(&self) {
        self.server.abort();
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        self.stop();
    }
}
