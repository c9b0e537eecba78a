//! The land, for a map without streets: outlines that come with the bundle.

use leaflet::{ImageOverlay, ImageOverlayOptions, LatLng, LatLngBounds};
use leptos::prelude::*;

use crate::{shell, ui::effect};

/// What the drawing shows: west, south, east, north in degrees. `land.mjs` says the same.
const REGION: [f64; 4] = [66.0, -36.0, 170.0, 36.0];
/// Closer than this the outlines, exact to a few kilometres, would put harbours on land and markets into the sea.
const CLOSEST: f64 = 11.0;

/// Draws the land once `wanted`, as long as the map is looked at from far enough.
pub(super) fn add_when(wanted: RwSignal<bool>, zoom: RwSignal<f64>, map: leaflet::Map) {
    let land = StoredValue::new_local(None::<ImageOverlay>);
    effect(move || {
        let fits = wanted.get() && zoom.get() <= CLOSEST;
        land.update_value(|land| match land.take() {
            Some(standing) if !fits => {
                map.remove_layer(&standing);
            }
            None if fits => {
                let outlines = outlines();
                outlines.add_to(&map);
                *land = Some(outlines);
            }
            as_it_is => *land = as_it_is,
        });
    });
}

fn outlines() -> ImageOverlay {
    let [west, south, east, north] = REGION;
    let options = ImageOverlayOptions::new();
    // Under the tiles: those that do come stand before it.
    options.set_pane("tilePane".to_owned());
    options.set_z_index(0.0);
    options.set_class_name("map-land".to_owned());
    let bounds = LatLngBounds::new(&LatLng::new(south, west), &LatLng::new(north, east));
    ImageOverlay::new_with_options(&shell::land(), &bounds, &options)
}
