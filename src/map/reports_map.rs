//! The map of reports.

use leptos::{html::Div, prelude::*};
use model::{BBox, ReportId};

use super::{
    basemap::Attribution,
    handle::MapHandle,
    pins::{Pin, Pins},
    zoom_buttons::ZoomButtons,
};
use crate::{
    route::View,
    settings::Settings,
    ui::{effect, flag},
    words::{Words, speech},
};

/// A map with pins. Tells what it shows after each move, and which pin was pressed.
#[component]
pub(crate) fn ReportsMap(
    /// Where to look at first; the site's bounds when there is no such place.
    start: Option<View>,
    /// What to draw, the most important first: where pins would hide each other, those stand.
    #[prop(into)]
    pins: Signal<Vec<Pin>>,
    /// A rectangle to go to, `[west, south, east, north]`, whenever it is set.
    #[prop(into)]
    go_to: Signal<Option<[f64; 4]>>,
    on_view: Callback<(View, BBox)>,
    on_open: Callback<ReportId>,
) -> impl IntoView {
    let speech = speech();
    let settings: Settings = expect_context();
    let node = NodeRef::<Div>::new();
    let map = StoredValue::new_local(None::<(MapHandle, Pins)>);
    let failed = RwSignal::new(false);
    let moves = RwSignal::new(0_u32);

    effect(move || {
        let Some(element) = node.get() else { return };
        let Some(mut handle) = MapHandle::new(&element, &settings, start) else {
            failed.set(true);
            return;
        };
        handle.on_moved(move || moves.update(|count| *count += 1));
        map.set_value(Some((handle, Pins::new(on_open))));
        moves.update(|count| *count += 1);
    });
    effect(move || {
        if moves.get() > 0 {
            let shown = map.with_value(|map| map.as_ref().map(|(handle, _)| (handle.view(), handle.bbox())));
            if let Some((view, Some(bbox))) = shown {
                on_view.run((view, bbox));
            }
        }
    });
    effect(move || {
        moves.track();
        let pins = pins.get();
        map.update_value(|map| {
            if let Some((handle, standing)) = map {
                standing.show(handle.leaflet(), &pins);
            }
        });
    });
    effect(move || {
        if let Some(bounds) = go_to.get() {
            map.with_value(|map| map.iter().for_each(|(handle, _)| handle.fit(bounds)));
        }
    });
    on_cleanup(move || map.set_value(None));
    let zoom = Callback::new(move |steps| {
        map.with_value(|map| map.iter().for_each(|(handle, _)| handle.zoom_by(steps)));
    });

    view! {
        <div class="map">
            <div class="map-ground" node_ref=node role="application" aria-label=speech.say(Words::home_map)></div>
            <ZoomButtons zoom />
            <p class="map-failed" hidden=flag(move || !failed.get())>{speech.say(Words::map_unavailable)}</p>
            <Attribution />
        </div>
    }
}
