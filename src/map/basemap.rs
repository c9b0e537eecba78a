//! The street map under everything, from the address in `site.json`; the land where there is none.

use leaflet::{Event, Evented, EventedHandle, Layer, TileLayer, TileLayerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::land;
use crate::settings::{Settings, settings};

/// Adds the site's street map, and the land where it has none or its pictures do not come. What is given back
/// listens, and must go before the map does.
pub(super) fn add_to(map: &leaflet::Map, settings: &Settings) -> Vec<EventedHandle<Event>> {
    let land_wanted = RwSignal::new(false);
    let zoom = RwSignal::new(map.get_zoom());
    land::add_when(land_wanted, zoom, map.clone());
    let zoomed = map.clone();
    let mut listeners = vec![Evented::on_leaflet_event(&map, "zoomend", move |_: Event| {
        zoom.set(zoomed.get_zoom());
    })];
    match &settings.tiles {
        Some(tiles) => {
            let options = TileLayerOptions::new();
            options.set_max_zoom(tiles.max_zoom);
            let streets = TileLayer::new_options(&tiles.url, &options);
            let layer: &Layer = streets.unchecked_ref();
            listeners.push(Evented::on_leaflet_event(&layer, "tileerror", move |_: Event| {
                land_wanted.set(true);
            }));
            streets.add_to(map);
        }
        // Nobody waits for it: first what was asked for is drawn.
        None => request_animation_frame(move || {
            land_wanted.try_set(true);
        }),
    }
    listeners
}

/// Whose map it is.
#[component]
pub(super) fn Attribution() -> impl IntoView {
    let settings = settings();
    let (text, address) = settings
        .tiles
        .map(|tiles| (tiles.attribution, tiles.attribution_url))
        .unwrap_or_else(|| ("Natural Earth".to_owned(), "https://www.naturalearthdata.com".to_owned()));
    view! {
        <a class="map-attribution" href=address target="_blank" rel="noopener">{text}</a>
    }
}
