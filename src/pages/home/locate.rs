//! "Near me": the map goes to where the device is.

use leptos::prelude::*;

use crate::{
    components::Icon,
    map::Target,
    position::{self, Fix, NoFix},
    route::View,
    ui::{aria, effect, flag, on, signal_of},
    words::{Words, speech},
};

/// The zoom at which a neighbourhood fills the screen.
const NEAR: u8 = 15;

/// What came of asking.
#[derive(Clone, Copy, PartialEq)]
enum Locating {
    No,
    Asked,
    Not(NoFix),
}

/// Asks for the device's position, notes it in `me` and goes there.
#[component]
pub(super) fn Locate(me: RwSignal<Option<Fix>>, go_to: RwSignal<Option<Target>>) -> impl IntoView {
    let speech = speech();
    let locating = signal_of(Locating::No);
    let press = move |_| {
        if locating.get_untracked() == Locating::Asked {
            return;
        }
        locating.set(Locating::Asked);
        position::ask(move |answer| {
            // Whoever has left the map meanwhile, or moved it, is not taken elsewhere.
            if locating.try_get_untracked() != Some(Locating::Asked) {
                return;
            }
            match answer {
                Ok(fix) => {
                    locating.set(Locating::No);
                    me.set(Some(fix));
                    go_to.set(Some(Target::View(View { lat: fix.lat, lng: fix.lng, zoom: NEAR })));
                }
                Err(why) => locating.set(Locating::Not(why)),
            }
        });
    };
    // Once the visitor helps themselves, the word has been heard.
    effect(move || {
        if go_to.get().is_some() {
            locating.set(Locating::No);
        }
    });
    let state = speech.text(move |words| {
        let message = match locating.get() {
            Locating::No => "",
            Locating::Asked => words.map_locating(),
            Locating::Not(NoFix::Refused) => words.map_locate_refused(),
            Locating::Not(NoFix::Failed) => words.map_locate_failed(),
            Locating::Not(NoFix::Unavailable) => words.map_locate_unavailable(),
        };
        message.to_owned()
    });
    let silent = flag(move || locating.get() == Locating::No);
    view! {
        <div class="locate">
            <div class="locate-state" role="status">
                <p class="notice" hidden=silent>
                    {state}
                    <button type="button" aria-label=speech.say(Words::filter_close)
                        on:click=on(move |_| locating.set(Locating::No))>
                        <Icon name="close" />
                    </button>
                </p>
            </div>
            <button type="button" class="map-button" on:click=on(press)
                aria-disabled=aria(move || locating.get() == Locating::Asked)
                aria-label=speech.say(Words::map_locate) title=speech.say(Words::map_locate)>
                <Icon name="locate" />
            </button>
        </div>
    }
}
