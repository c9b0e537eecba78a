//! Going to a place by its name: the jurisdictions of the site while one types, and whatever the site's geocoder finds
//! once it is asked. It is asked by a press only: what is typed goes to others, and the public ones want no more.

use leptos::{ev, prelude::*, task::spawn_local};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::{
    client::{ClientError, Place, Stop},
    components::{Coming, Failure, Icon},
    focus,
    map::Target,
    route::View,
    settings::settings,
    site::{Load, site},
    ui::{IntoPart as _, Part, aria, dynamic},
    words::{Words, speech},
};

/// The zoom at which an address is shown.
const CLOSE: u8 = 17;
const FIELD: &str = "search-text";

/// What the panel needs of the page.
#[derive(Clone, Copy)]
pub(super) struct Searching {
    pub(super) go_to: RwSignal<Option<Target>>,
    /// Whether the panel is open.
    pub(super) open: RwSignal<bool>,
}

/// Asks for the panel's content.
pub(super) fn coming(searching: Searching) -> Coming {
    Box::pin(search(searching))
}

// One part with the filters: they share much, and each part is a request.
#[wasm_split(panels, fallible)]
fn search(searching: Searching) -> Result<Part, SplitLoaderError> {
    Ok(view! { <Finder searching /> }.into_part())
}

/// A place to go to, and its name.
type Found = (String, Target);

#[component]
fn Finder(searching: Searching) -> impl IntoView {
    let Searching { go_to, open } = searching;
    let speech = speech();
    let site = site();
    let settings = settings();
    let whole = Target::Bounds(settings.bounds);
    let geocoder = StoredValue::new(settings.search);
    let typed = RwSignal::new(String::new());
    let places = RwSignal::new(None::<Load<Vec<Place>>>);
    let asked = StoredValue::new_local(None::<Stop>);
    focus::once_drawn(FIELD);

    let near = Memo::new(move |_| {
        let wanted = small(typed.get().trim());
        let named = site.jurisdictions().into_iter().filter(|known| small(&known.name).contains(&wanted));
        named.map(|known| (known.name, Target::Bounds(known.bbox))).collect::<Vec<Found>>()
    });
    let go = Callback::new(move |target: Target| {
        open.set(false);
        go_to.set(Some(target));
    });
    let stop = move || {
        if let Some(stop) = asked.try_update_value(Option::take).flatten() {
            stop.now();
        }
    };
    let ask = move || {
        let text = typed.get_untracked().trim().to_owned();
        if text.is_empty() {
            focus::on(FIELD);
            return;
        }
        let Some(template) = geocoder.with_value(|search| search.as_ref().map(|search| search.url.clone()))
        else {
            // Without a geocoder, Enter takes what stands first.
            if let Some((_, target)) = near.with_untracked(|near| near.first().cloned()) {
                go.run(target);
            }
            return;
        };
        stop();
        let latest = Stop::new();
        asked.set_value(Some(latest.clone()));
        places.set(Some(Load::Waiting));
        let language = untrack(|| speech.words()).language().tag();
        spawn_local(async move {
            let answer = Place::find(&template, &text, language, latest.clone()).await;
            // Asked anew meanwhile, or the panel is closed.
            let current = asked.try_with_value(|asked| asked.as_ref().is_some_and(|stop| stop.is(&latest)));
            if current == Some(true) {
                places.set(Some(answer.map_or_else(Load::Failed, Load::Ready)));
            }
        });
    };
    on_cleanup(stop);
    let state = speech.text(move |words| match places.get() {
        None => match near.with(Vec::len) {
            0 if !typed.with(String::is_empty) => words.search_none().to_owned(),
            n => words.search_found(n as u64),
        },
        Some(Load::Waiting) => words.search_waiting().to_owned(),
        Some(Load::Ready(found)) if found.is_empty() => words.search_none().to_owned(),
        Some(Load::Ready(found)) => words.search_found(found.len() as u64),
        Some(Load::Failed(_)) => String::new(),
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        ask();
    };
    let type_in = move |event| {
        stop();
        places.set(None);
        typed.set(event_target_value(&event));
    };

    view! {
        <form class="search-form" role="search" on:submit=submit>
            <label class="unseen" for=FIELD>{speech.say(Words::search_label)}</label>
            <input type="text" inputmode="search" id=FIELD autocomplete="off" enterkeyhint="search"
                placeholder=speech.say(Words::search_hint) on:input=type_in />
            <button type="submit" class="button button-main"
                aria-disabled=aria(move || places.get() == Some(Load::Waiting))>
                <Icon name="search" />
                {speech.say(Words::search_go)}
            </button>
        </form>
        <div class="panel-body">
            <p class="hint" role="status">{state}</p>
            {dynamic(move || {
                let found = match places.get()? {
                    Load::Waiting => return None,
                    Load::Failed(error) => return Some(failure(error, Callback::new(move |()| ask()))),
                    Load::Ready(found) => found.into_iter().map(|place| (place.name.clone(), target(&place))).collect(),
                };
                Some(view! { <Results found go /> }.into_part())
            })}
            {dynamic(move || {
                let mut found = near.get();
                if typed.with(String::is_empty) {
                    found.insert(0, (speech.words().home_whole().to_owned(), whole));
                }
                (!found.is_empty()).then(|| view! { <Results found go /> }.into_part())
            })}
            {geocoder.with_value(|search| search.as_ref()?.attribution.clone()).map(|whose| {
                view! { <p class="hint">{speech.text(move |words| words.search_by(&whose))}</p> }
            })}
        </div>
    }
}

/// In small letters, by the browser: the compiler's own tables would be loaded first.
fn small(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

fn failure(error: ClientError, on_retry: Callback<()>) -> Part {
    view! { <Failure what=Words::search_failed error on_retry /> }.into_part()
}

/// What is larger than a spot is shown whole.
fn target(place: &Place) -> Target {
    let spot = View { lat: place.lat, lng: place.lng, zoom: CLOSE };
    place.bounds.map_or(Target::View(spot), Target::Bounds)
}

#[component]
fn Results(found: Vec<Found>, go: Callback<Target>) -> impl IntoView {
    let rows = found.into_iter().map(|(name, target)| {
        view! {
            <li>
                <button type="button" class="result" on:click=move |_| go.run(target)>
                    <Icon name="pin" />
                    <span>{name}</span>
                </button>
            </li>
        }
    });
    view! { <ul class="results">{rows.collect_view()}</ul> }
}
