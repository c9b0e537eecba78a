//! What the site sets at run time: one build serves every government.

use gloo_net::http::Request;
use leptos::prelude::document;
use serde::Deserialize;

use crate::{json, ui::provided};

/// `site.json` beside the page. Whatever it leaves out keeps its default.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
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
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Search {
    /// A URL with `{query}` and perhaps `{lang}`.
    pub(crate) url: String,
    /// Who must be named beside what it finds, as text.
    #[serde(default)]
    pub(crate) attribution: Option<String>,
}

/// A street map made of pictures.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Tiles {
    /// A URL with `{z}`, `{x}`, `{y}` and perhaps `{s}`.
    pub(crate) url: String,
    /// Whose map it is, as text.
    pub(crate) attribution: String,
    /// Where its terms are.
    pub(crate) attribution_url: String,
    /// The closest zoom it has pictures for.
    #[serde(default = "max_zoom")]
    pub(crate) max_zoom: f64,
}

fn max_zoom() -> f64 {
    19.0
}

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
        let settings = json::read(&answer.text().await?);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_site_leaves_out_keeps_its_default() {
        let settings: Settings = serde_json::from_str(r#"{"api": "https://api.example/api/v1"}"#).unwrap();
        assert_eq!(settings, Settings { api: "https://api.example/api/v1".into(), ..Settings::default() });
    }

    #[test]
    fn the_file_that_is_shipped_can_be_read() {
        let shipped: Settings = serde_json::from_str(include_str!("../public/site.json")).unwrap();
        assert!(shipped.tiles.is_some_and(|tiles| tiles.url.contains("{z}")));
        assert_eq!(shipped.search, None, "what is typed goes to nobody unless the operator says so");
    }

    #[test]
    fn a_geocoder_may_do_without_attribution() {
        let settings: Settings =
            serde_json::from_str(r#"{"search": {"url": "https://geo.example/api?q={query}"}}"#).unwrap();
        let search = Search { url: "https://geo.example/api?q={query}".into(), attribution: None };
        assert_eq!(settings.search, Some(search));
    }
}
