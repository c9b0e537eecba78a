//! The only code that speaks HTTP to the API; one file a resource.

mod declaration;
mod device;
mod error;
mod flags;
mod nearby;
mod participants;
mod photos;
mod pictures;
mod places;
mod reports;
mod request;
mod site;
mod statistics;
mod stop;
mod supports;
mod tiles;

use std::sync::{Arc, Mutex};

use leptos::prelude::*;

use crate::ui::provided;

pub(crate) use error::ClientError;
pub(crate) use participants::Participant;
pub(crate) use pictures::{OwnPicture, PictureSize};
pub(crate) use places::Place;
pub(crate) use reports::{BriefReport, ReportFilter};
pub(crate) use stop::Stop;
pub(crate) use tiles::{Kind, MapTile};
#[cfg(test)]
pub(crate) use tiles::{MapCell, MapPoint};

/// The API at one address. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    base: Arc<str>,
    token: Arc<Mutex<Option<String>>>,
}

/// The client, from wherever below the root.
pub(crate) fn client() -> Client {
    provided()
}

impl Client {
    /// Provides a client of the API at `base` to everything below.
    pub(crate) fn provide(base: &str) -> Self {
        let client = Self { base: base.into(), token: Arc::default() };
        provide_context(client.clone());
        client
    }

    fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.base)
    }
}
