//! What the server offers: categories and jurisdictions, loaded once.

use leptos::{prelude::*, task::spawn_local};
use model::{Category, Jurisdiction, Limits, Site};

use crate::{
    client::{Client, ClientError},
    ui::provided,
    words::Words,
};

/// Something that comes over the network.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Load<T> {
    /// Asked for, not here yet.
    Waiting,
    /// Here.
    Ready(T),
    /// Did not come.
    Failed(ClientError),
}

/// The server's offer. Provided once at the root.
#[derive(Clone, Copy)]
pub(crate) struct SiteInfo {
    site: RwSignal<Load<Site>>,
}

/// The server's offer, from wherever below the root.
pub(crate) fn site() -> SiteInfo {
    provided()
}

impl SiteInfo {
    /// Asks for it and provides it to everything below.
    pub(crate) fn provide(client: &Client) -> Self {
        let info = Self { site: RwSignal::new(Load::Waiting) };
        provide_context(info);
        info.load(client.clone());
        info
    }

    /// Asks (again).
    pub(crate) fn load(self, client: Client) {
        self.site.set(Load::Waiting);
        spawn_local(async move {
            let answer = client.site().await;
            self.site.set(match answer {
                Ok(site) => Load::Ready(site),
                Err(error) => Load::Failed(error),
            });
        });
    }

    /// Follows its coming.
    pub(crate) fn track(self) {
        self.site.track();
    }

    /// Whether it is still on its way.
    pub(crate) fn is_waiting(self) -> bool {
        self.site.with(|site| matches!(site, Load::Waiting))
    }

    /// Why it is not here, if it failed.
    pub(crate) fn failure(self) -> Option<ClientError> {
        self.site.with(|site| match site {
            Load::Failed(error) => Some(error.clone()),
            _ => None,
        })
    }

    /// The categories, none while they are on their way.
    pub(crate) fn categories(self) -> Vec<Category> {
        self.with(|site| site.categories.clone())
    }

    /// The same, without following changes.
    pub(crate) fn categories_untracked(self) -> Vec<Category> {
        untrack(|| self.categories())
    }

    /// The name of a category by its code; the code itself while the table has not arrived.
    pub(crate) fn category(self, words: Words, code: &str) -> String {
        let known = self.with(|site| Some(words.category(&site.categories, code)));
        known.unwrap_or_else(|| code.to_owned())
    }

    /// The jurisdictions, none while they are on their way.
    pub(crate) fn jurisdictions(self) -> Vec<Jurisdiction> {
        self.with(|site| site.jurisdictions.clone())
    }

    /// What a report may hold; the rules that are built in while the server's are on their way.
    pub(crate) fn limits(self) -> Limits {
        self.with(|site| Some(site.limits)).unwrap_or_default()
    }

    fn with<T: Default>(self, read: impl FnOnce(&Site) -> T) -> T {
        self.site.with(|site| match site {
            Load::Ready(site) => read(site),
            _ => T::default(),
        })
    }
}
