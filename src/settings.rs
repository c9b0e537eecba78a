//! What the site sets at run time: one build serves every government.

use gloo_net::http::Request;
use leptos::prelude::document;

use crate::{json::Value, ui::provided};

/// `site.json` beside the page. Whatever it leaves out keeps its default.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Settings {
    /// Where the API is, relative to the page or absolute.
    pub(crate) api: String,
    /// What the map shows at first: `[west, south, east, north]` in degrees.
    pub(crate) bounds: [f64; 4],
    /// The street map under the reports; none draws reports on an empty ground.
    pub(crate) tiles: Option<Tiles>,
    /// Who finds addresses; none searches the names of jurisdictions on the device.
    pub(crate) search: Option<Search>,
}

/// A geocoder of the kind of Photon or Nominatim.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Search {
    /// A URL with `{query}` and perhaps `{lang}`.
    pub(crate) url: String,
    /// Who must be named beside what it finds, as text.
    pub(crate) attribution: Option<String>,
}

/// A street map made of pictures.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tiles {
    /// A URL with `{z}`, `{x}`, `{y}` and perhaps `{s}`.
    pub(crate) url: String,
    /// Whose map it is, as text.
    pub(crate) attribution: String,
    /// Where its terms are.
    pub(crate) attribution_url: String,
    /// The closest zoom it has pictures for.
    pub(crate) max_zoom: f64,
}

/// What `max_zoom` is where a site does not say.
const MAX_ZOOM: f64 = 19.0;

impl Default for Settings {
    fn default() -> Self {
        Self { api: "api/v1".to_owned(), bounds: [94.5, -11.2, 141.5, 6.5], tiles: None, search: None }
    }
}

/// The settings, from wherever below the root.
pub(crate) fn settings() -> Settings {
    provided()
}

impl Settings {
    /// Reads `site.json`. A site without the file, or with a broken one, works by the defaults; where it cannot be
    /// asked for, nothing is known of the site, not even where its API is.
    ///
    /// # Errors
    /// When there is no connection.
    pub(crate) async fn load() -> Result<Self, gloo_net::Error> {
        let answer = Request::get("site.json").send().await?;
        if !answer.ok() {
            return Ok(Self::default());
        }
        let settings = Value::parse(&answer.text().await?).and_then(|value| settings_in(&value));
        if settings.is_none() {
            leptos::logging::error!("site.json is not what the portal reads");
        }
        Ok(settings.unwrap_or_default())
    }

    /// The API's address, whole, without a slash at its end.
    pub(crate) fn api_url(&self) -> String {
        let base = document().base_uri().ok().flatten().unwrap_or_default();
        let whole = web_sys::Url::new_with_base(&self.api, &base).map(|url| url.href());
        whole.unwrap_or_else(|_| self.api.clone()).trim_end_matches('/').to_owned()
    }
}

/// Reads the file's value; nothing where something in it is of another kind than it should be.
fn settings_in(value: &Value) -> Option<Settings> {
    let left_out = Settings::default();
    Some(Settings {
        api: if value.has("api") { value.text("api")? } else { left_out.api },
        bounds: if value.has("bounds") { value.numbers("bounds")? } else { left_out.bounds },
        tiles: if value.has("tiles") { Some(tiles(&value.get("tiles"))?) } else { None },
        search: if value.has("search") { Some(search(&value.get("search"))?) } else { None },
    })
}

fn tiles(value: &Value) -> Option<Tiles> {
    Some(Tiles {
        url: value.text("url")?,
        attribution: value.text("attribution")?,
        attribution_url: value.text("attribution_url")?,
        max_zoom: if value.has("max_zoom") { value.number("max_zoom")? } else { MAX_ZOOM },
    })
}

fn search(value: &Value) -> Option<Search> {
    Some(Search { url: value.text("url")?, attribution: value.text("attribution") })
}
