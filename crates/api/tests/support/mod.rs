//! What the tests of the wire share: the real server as a process, devices that speak to it, reports to send.
//!
//! Nothing here knows the server from inside but [`stored`], which fills a database before a server opens it
//! and reads one afterwards.

#![allow(
    dead_code,
    unused_imports,
    reason = "every file of tests is a crate of its own and uses a part of this"
)]
#![allow(clippy::unwrap_used, reason = "a harness that fails fails its test")]

mod answer;
mod api;
mod document;
mod draft;
mod operations;
pub(crate) mod picture;
pub(crate) mod proxy;
mod server;
pub(crate) mod stored;
pub(crate) mod tiles;
pub(crate) mod writer;

pub(crate) use answer::Answer;
pub(crate) use api::Api;
pub(crate) use document::Document;
pub(crate) use draft::{Draft, id_at, new_id, new_photo_id, now, photo_id_at, report};
pub(crate) use operations::{Names, Operation};
pub(crate) use server::{Server, done, refused};
