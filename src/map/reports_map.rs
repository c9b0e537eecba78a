//! The map of reports, and of what else is drawn on it.

use leptos::{html::Div, prelude::*};
use model::BBox;

use super::{
    basemap::Attribution,
    ground::{Drawn, Ground},
    handle::MapHandle,
    marks::Marks,
    me::Me,
    zoom_buttons::ZoomButtons,
};
use crate::{
    position::Fix,
    route::View,
    settings::settings,
    ui::{effect, flag, signal_of},
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

/// A map with marks. Tells what it shows after each move, and the key of the mark that was pressed.
#[component]
pub(crate) fn ReportsMap(
    /// Where to look at first; the site's bounds when there is no such place.
    start: Option<View>,
    /// Where to go, whenever it is set.
    #[prop(into)]
    go_to: Signal<Option<Target>>,
    /// Where the device is, once that is known.
    #[prop(into)]
    me: Signal<Option<Fix>>,
    /// Where the map is to be found by whoever draws on it.
    ground: Ground,
    on_view: Callback<(View, BBox)>,
    on_press: Callback<String>,
) -> impl IntoView {
    let speech = speech();
    let settings = settings();
    let node = NodeRef::<Div>::new();
    let Ground { map, moves } = ground;
    let failed = signal_of(false);
    let sizes = signal_of(0_u32);

    effect(move || {
        let Some(element) = node.get() else { return };
        let Some(mut handle) = MapHandle::new(&element, &settings, start) else {
            failed.set(true);
            // The list goes on without the map.
            let target = start.map_or(Target::Bounds(settings.bounds), Target::View);
            imagined(target).into_iter().for_each(|shown| on_view.run(shown));
            return;
        };
        handle.on_moved(move || moves.update(|count| *count += 1));
        handle.on_resized(move || sizes.update(|count| *count += 1));
        let (marks, me) = (Marks::new(handle.leaflet(), on_press), Me::new(handle.leaflet()));
        map.set_value(Some(Drawn { marks, me, handle }));
        moves.update(|count| *count += 1);
    });
    effect(move || {
        if moves.get() > 0 {
            let shown =
                map.with_value(|map| map.as_ref().map(|Drawn { handle, .. }| (handle.view(), handle.bbox())));
            if let Some((view, Some(bbox))) = shown {
                on_view.run((view, bbox));
            }
        }
    });
    effect(move || {
        if sizes.get() > 0 {
            map.with_value(|map| map.iter().for_each(|map| map.handle.resize()));
        }
    });
    effect(move || {
        moves.track();
        let Some(fix) = me.get() else { return };
        map.with_value(|map| {
            if let Some(Drawn { me: Some(me), handle, .. }) = map {
                me.show(fix, handle.leaflet().get_zoom());
            }
        });
    });
    effect(move || {
        let Some(target) = go_to.get() else { return };
        map.with_value(|map| {
            map.iter().for_each(|Drawn { handle, .. }| match target {
                Target::Bounds(bounds) => handle.fit(bounds),
                Target::View(view) => handle.look_at(view),
            });
        });
        if failed.get_untracked() {
            imagined(target).into_iter().for_each(|shown| on_view.run(shown));
        }
    });
    on_cleanup(move || map.set_value(None));
    let zoom = Callback::new(move |steps| {
        map.with_value(|map| map.iter().for_each(|map| map.handle.zoom_by(steps)));
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

/// What a map would show, where there is none.
fn imagined(target: Target) -> Option<(View, BBox)> {
    match target {
        Target::Bounds([west, south, east, north]) => {
            let view = View { lat: f64::midpoint(south, north), lng: f64::midpoint(west, east), zoom: 5 };
            Some((view, BBox::new(west, south, east, north).ok()?))
        }
        Target::View(view) => {
            // Two tiles of 256 pixels to each side: about the screen of a phone.
            let side = 360.0 / f64::from(1_u32 << view.zoom.min(22));
            let (west, east) = ((view.lng - side).max(-180.0), (view.lng + side).min(180.0));
            let (south, north) = ((view.lat - side).max(-90.0), (view.lat + side).min(90.0));
            Some((view, BBox::new(west, south, east, north).ok()?))
        }
    }
}
