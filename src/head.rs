//! What a page's head says of it: to the tab, to whoever shares its address, to search engines.

use leptos::prelude::*;
use web_sys::Element;

use crate::{
    ui::{effect, provided},
    words::{Words, speech},
};

/// What is said of a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Head {
    /// The page in a few words, without the site's name.
    pub(crate) title: String,
    /// A sentence or two on it.
    pub(crate) description: Option<String>,
    /// The address of a picture of it, whole.
    pub(crate) image: Option<String>,
    /// False for what is nobody else's business, and for what is not there: no search engine keeps it, nothing is
    /// said of it to those it is shared with.
    pub(crate) listed: bool,
}

/// What the page of the moment says of itself. Provided once at the root.
#[derive(Clone, Copy)]
pub(crate) struct Told(RwSignal<Option<Head>>);

impl Told {
    /// Provides itself, empty, to everything below.
    pub(crate) fn provide() -> Self {
        let told = Self(RwSignal::new(None));
        provide_context(told);
        told
    }

    /// What is said, tracked; nothing for a page that leaves it to its title.
    pub(crate) fn get(self) -> Option<Head> {
        self.0.get()
    }
}

/// Says of this page what `head` makes of it, until the page is left.
pub(crate) fn describe(head: impl Fn(Words) -> Head + 'static) {
    let Told(told) = provided();
    let speech = speech();
    effect(move || told.set(Some(head(speech.words()))));
    on_cleanup(move || {
        // The root outlives every page, except when the browser closes both.
        let _ = told.try_set(None);
    });
}

impl Head {
    /// A page that has no more to say than its title and what the site is.
    pub(crate) fn titled(words: Words, title: &str) -> Self {
        let description = Some(words.share_description().to_owned());
        Self { title: title.to_owned(), description, image: None, listed: true }
    }

    /// A page that others should not be told of.
    pub(crate) fn unlisted(title: String) -> Self {
        Self { title, description: None, image: None, listed: false }
    }

    /// Writes it into the document's head. `address` is the page's own; how it is looked at (`?at=…`) is left out.
    pub(crate) fn write(&self, words: Words, address: &str) {
        document().set_title(&words.app_title(&self.title));
        let address = address.split('?').next();
        let listed = |value: Option<&'_ str>| value.filter(|_| self.listed).map(str::to_owned);
        let description = self.description.as_deref();
        for (tag, key, name, field, value) in [
            ("meta", "name", "description", "content", description.map(str::to_owned)),
            ("meta", "name", "robots", "content", (!self.listed).then(|| "noindex".to_owned())),
            ("link", "rel", "canonical", "href", listed(address)),
            ("meta", "property", "og:title", "content", listed(Some(&self.title))),
            ("meta", "property", "og:description", "content", listed(description)),
            ("meta", "property", "og:url", "content", listed(address)),
            ("meta", "property", "og:image", "content", listed(self.image.as_deref())),
        ] {
            put(tag, key, name, field, value);
        }
    }
}

/// One element of the head: made when there is something to say and taken away when there is not.
fn put(tag: &str, key: &str, name: &str, field: &str, value: Option<String>) {
    let found = document().query_selector(&format!("{tag}[{key}='{name}']")).ok().flatten();
    match (value, found) {
        (Some(value), Some(element)) => write_field(&element, field, &value),
        (Some(value), None) => {
            let head = document().query_selector("head").ok().flatten();
            if let (Some(head), Ok(element)) = (head, document().create_element(tag)) {
                write_field(&element, key, name);
                write_field(&element, field, &value);
                // A head that takes no children is not one a browser makes.
                let _ = head.append_child(&element);
            }
        }
        (None, Some(element)) => element.remove(),
        (None, None) => {}
    }
}

fn write_field(element: &Element, field: &str, value: &str) {
    // Only fails for a name that is no attribute's.
    let _ = element.set_attribute(field, value);
}
