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

/// Where a map is to go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Target {
    /// A rectangle, `[west, south, east, north]` in degrees, whole.
    Bounds([f64; 4]),
    /// A place at a zoom.
    View(View),
}

/// A map with pins. Tells what it shows after each move, and which pin was pressed.
#[component]
pub(crate) fn ReportsMap(
    /// Where to look at first; the site's bounds when there is no such place.
    start: Option<View>,
    /// What to draw, the most important first: where pins would hide each other, those stand.
    #[prop(into)]
    pins: Signal<Vec<Pin>>,
    /// Where to go, whenever it is set.
    #[prop(into)]
    go_to: Signal<Option<Target>>,
    on_view: Callback<(View, BBox)>,
    on_open: Callback<ReportId>,
) -> impl IntoView {
    let speech = speech();
    let settings: Settings = expect_context();
    let node = NodeRef::<Div>::new();
    let map = StoredValue::new_local(None::<(Pins, MapHandle)>);
    let failed = RwSignal::new(false);
    let moves = RwSignal::new(0_u32);

    effect(move || {
        let Some(element) = node.get() else { return };
        let Some(mut handle) = MapHandle::new(&element, &settings, start) else {
            failed.set(true);
            // The list goes on without the map, over the whole site.
            overview(settings.bounds).into_iter().for_each(|shown| on_view.run(shown));
            return;
        };
        handle.on_moved(move || moves.update(|count| *count += 1));
        map.set_value(Some((Pins::new(on_open), handle)));
        moves.update(|count| *count += 1);
    });
    effect(move || {
        if moves.get() > 0 {
            let shown = map.with_value(|map| map.as_ref().map(|(_, handle)| (handle.view(), handle.bbox())));
            if let Some((view, Some(bbox))) = shown {
                on_view.run((view, bbox));
            }
        }
    });
    effect(move || {
        moves.track();
        let pins = pins.get();
        map.update_value(|map| {
            if let Some((standing, handle)) = map {
                standing.show(handle.leaflet(), &pins);
            }
        });
    });
    effect(move || {
        let Some(target) = go_to.get() else { return };
        map.with_value(|map| {
            map.iter().for_each(|(_, handle)| match target {
                Target::Bounds(bounds) => handle.fit(bounds),
                Target::View(view) => handle.look_at(view),
            });
        });
        if let (true, Target::Bounds(bounds)) = (failed.get_untracked(), target) {
            overview(bounds).into_iter().for_each(|shown| on_view.run(shown));
        }
    });
    on_cleanup(move || map.set_value(None));
    let zoom = Callback::new(move |steps| {
        map.with_value(|map| map.iter().for_each(|(_, handle)| handle.zoom_by(steps)));
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

/// What a map of a rectangle would show, where there is none.
fn overview([west, south, east, north]: [f64; 4]) -> Option<(View, BBox)> {
    let view = View { lat: f64::midpoint(south, north), lng: f64::midpoint(west, east), zoom: 5 };
    Some((view, BBox::new(west, south, east, north).ok()?))
}
