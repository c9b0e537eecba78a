//! The street map under everything, from the address in `site.json`.

use leaflet::{TileLayer, TileLayerOptions};
use leptos::prelude::*;

use crate::settings::Settings;

/// Adds the site's street map, if it has one.
pub(super) fn add_to(map: &leaflet::Map, settings: &Settings) {
    if let Some(tiles) = &settings.tiles {
        let options = TileLayerOptions::new();
        options.set_max_zoom(tiles.max_zoom);
        TileLayer::new_options(&tiles.url, &options).add_to(map);
    }
}

/// Whose map it is.
#[component]
pub(super) fn Attribution() -> impl IntoView {
    let settings: Settings = expect_context();
    settings.tiles.map(|tiles| {
        view! {
            <a class="map-attribution" href=tiles.attribution_url target="_blank" rel="noopener">
                {tiles.attribution}
            </a>
        }
    })
}
