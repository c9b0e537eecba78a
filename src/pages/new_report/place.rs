//! Where the problem is: by the pin, by the device's own position, or in words alone.

use leptos::prelude::*;
use model::Degrees;

use super::{
    choice::{Choice, Of},
    errors::has_error,
    line::{FieldProblem, Kind, Line, Required},
    position::{self, Fix},
    state::Form,
};
use crate::{
    components::{Failure, Icon},
    format,
    map::PinPicker,
    route::View,
    ui::{IntoPart as _, aria, dynamic, flag},
    words::{Words, speech},
};

/// From this zoom on a pixel is a few metres, and a pin means a place.
const EXACT: u8 = 14;
/// The zoom at which a known position is shown.
const CLOSE: u8 = 17;
/// A position that is farther off than this, in metres, leads nobody to a pothole.
const ROUGH: f64 = 100.0;
/// As far as a map that was told to look at a place may rest beside it, in degrees: a few pixels.
const BESIDE: f64 = 3e-5;

/// What came of asking for the device's position.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Locating {
    No,
    Asked,
    Failed,
    Refused,
}

/// The place of a draft.
#[component]
pub(super) fn PlaceField(
    form: Form,
    /// Where to begin when the draft has no place yet.
    view: Option<View>,
) -> impl IntoView {
    let speech = speech();
    let by_words = Memo::new(move |_| form.draft.with(|draft| draft.by_words));
    let way = |in_words: bool, name: fn(Words) -> &'static str, icon: &'static str| {
        view! {
            <Choice of=Of::One group="place-way" value=if in_words { "words" } else { "map" } icon label=speech.say(name)
                chosen=flag(move || by_words.get() == in_words)
                on_choose=Callback::new(move |_| form.draft.update(|draft| draft.by_words = in_words)) />
        }
    };
    let address_hint = speech.text(move |words| {
        let hint = if by_words.get() { words.new_address_words_hint() } else { words.new_address_hint() };
        hint.to_owned()
    });
    view! {
        <fieldset class="field">
            <legend class="label">{speech.say(Words::new_place)} <Required required=true /></legend>
            <div class="segments">
                {way(false, Words::new_place_on_map, "pin")}
                {way(true, Words::new_place_in_words, "edit")}
            </div>
        </fieldset>
        {dynamic(move || Some(if by_words.get() {
            view! { <Government form /> }.into_part()
        } else {
            view! { <OnMap form view /> }.into_part()
        }))}
        <Line form id="address" field="address" kind=Kind::Text label=speech.say(Words::new_address) hint=address_hint
            value=form.draft.with_untracked(|draft| draft.address.clone()) required=by_words
            on_input=Callback::new(move |text| form.draft.update(|draft| draft.address = text)) />
    }
}

/// The government whose centre stands for a place in words.
#[component]
fn Government(form: Form) -> impl IntoView {
    let speech = speech();
    let chosen = move || form.draft.with_untracked(|draft| draft.jurisdiction.clone());
    let choose = move |event: web_sys::Event| {
        form.draft.update(|draft| draft.jurisdiction = event_target_value(&event));
    };
    view! {
        <div class="field">
            <label for="jurisdiction">{speech.say(Words::new_jurisdiction)} <Required required=true /></label>
            <p class="hint" id="jurisdiction-hint">{speech.say(Words::new_jurisdiction_hint)}</p>
            <select id="jurisdiction" aria-describedby="jurisdiction-hint jurisdiction-error" aria-required="true"
                aria-invalid=aria(move || has_error(form, "jurisdiction")) on:change=choose>
                <option value="">{speech.say(Words::new_choose_jurisdiction)}</option>
                {dynamic(move || Some(form.site.jurisdictions().into_iter().map(|place| view! {
                    <option selected=place.code == chosen() value=place.code>{place.name}</option>
                }).collect_view().into_part()))}
            </select>
            <FieldProblem form field="jurisdiction" id="jurisdiction-error" />
            {dynamic(move || form.site.failure().map(|error| view! {
                <Failure what=Words::error_site error
                    on_retry=Callback::new(move |()| form.site.load(form.client())) />
            }.into_part()))}
        </div>
    }
}

/// The pin, and the way to bring it to where the device is.
#[component]
fn OnMap(form: Form, view: Option<View>) -> impl IntoView {
    let speech = speech();
    let draft = form.draft;
    let kept = draft.with_untracked(|draft| draft.place);
    let start = kept.map(|[lat, lng]| View { lat, lng, zoom: CLOSE }).or(view);
    let look_at = RwSignal::new(None::<View>);
    let locating = RwSignal::new(Locating::No);
    let too_far = RwSignal::new(false);
    // What the device said, until the pin is moved away from it.
    let fix = RwSignal::new(None::<Fix>);

    let on_place = Callback::new(move |view: View| {
        too_far.set(view.zoom < EXACT);
        // Whoever places the pin does not want it moved by a position that comes later.
        locating.set(Locating::No);
        let beside = |fix: &Fix| (fix.lat - view.lat).abs() < BESIDE && (fix.lng - view.lng).abs() < BESIDE;
        let here = fix.get_untracked().filter(beside);
        fix.set(here);
        let (lat, lng) = here.map_or((view.lat, view.lng), |fix| (fix.lat, fix.lng));
        // Six decimals are a decimetre; more would only pretend.
        let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6;
        let place = (view.zoom >= EXACT).then(|| [rounded(lat), rounded(lng)]);
        let accuracy = here.map(|fix| fix.accuracy).filter(|_| place.is_some());
        draft.maybe_update(|draft| {
            let moved = (draft.place != place || draft.accuracy != accuracy) && !draft.is_sealed();
            if moved {
                (draft.place, draft.accuracy) = (place, accuracy);
            }
            moved
        });
    });
    let locate = move |_| {
        locating.set(Locating::Asked);
        position::ask(
            move |found| {
                if locating.try_get_untracked() == Some(Locating::Asked) {
                    fix.set(Some(found));
                    look_at.set(Some(View {
                        lat: found.lat,
                        lng: found.lng,
                        zoom: zoom_for(found.accuracy),
                    }));
                }
            },
            move |refused| {
                if locating.try_get_untracked() == Some(Locating::Asked) {
                    locating.set(if refused { Locating::Refused } else { Locating::Failed });
                }
            },
        );
    };
    let accuracy = Signal::derive(move || draft.with(|draft| draft.accuracy));
    let state = speech.text(move |words| match (locating.get(), draft.with(|draft| draft.place)) {
        (Locating::Asked, _) => words.new_locating().to_owned(),
        (Locating::Failed, _) => words.new_locate_failed().to_owned(),
        (Locating::Refused, _) => words.new_locate_refused().to_owned(),
        (_, Some(place)) => in_words(words, place, accuracy.get()),
        (_, None) if too_far.get() => words.new_zoom_in_first().to_owned(),
        (_, None) => words.new_place_unset().to_owned(),
    });
    let exact = flag(move || accuracy.get().is_none_or(|metres| metres <= ROUGH));

    view! {
        <div class="field" role="group" aria-labelledby="part-place">
            <p class="hint" id="place-hint">{speech.say(Words::new_place_hint)}</p>
            <button type="button" class="button" id="place" on:click=locate
                aria-describedby="place-error" aria-invalid=aria(move || has_error(form, "place"))>
                <Icon name="locate" />{speech.say(Words::new_locate)}
            </button>
            <PinPicker start look_at accuracy on_place described_by="place-hint" />
            <p class="place-state" role="status">{state}</p>
            <p class="notice" hidden=exact>{speech.say(Words::new_place_rough)}</p>
            <FieldProblem form field="place" id="place-error" />
        </div>
    }
}

/// A place as a sentence, with how far off it may be.
pub(super) fn in_words(words: Words, [lat, lng]: [f64; 2], accuracy: Option<f64>) -> String {
    let pin = words.new_place_at(&Degrees(lat).to_string(), &Degrees(lng).to_string());
    match accuracy {
        Some(metres) => {
            // `as` saturates; nobody's position is off by more than the earth is round.
            let metres = format::number(words, metres.ceil() as u64);
            format!("{pin}, {}", words.new_place_accuracy(&metres))
        }
        None => pin,
    }
}

/// The closest zoom at which all of a circle of this radius in metres is on a phone's map.
fn zoom_for(accuracy: f64) -> u8 {
    match accuracy {
        metres if metres <= 100.0 => CLOSE,
        metres if metres <= 200.0 => CLOSE - 1,
        metres if metres <= 400.0 => CLOSE - 2,
        _ => EXACT,
    }
}
