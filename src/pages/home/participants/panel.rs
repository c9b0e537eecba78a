//! The list's content while the map shows participants: what is chosen above, who is there below.

use leptos::{html, prelude::*};
use model::{COHORT_YEARS, ParticipantId};

use super::{
    Stage,
    cards::{Cards, STEP},
    cohort,
    find::Find,
    kept::Kept,
    kinds::Kinds,
    marks::mark,
    years::Years,
};
use crate::{
    client::client,
    components::Failure,
    layer::Layer,
    map::{Gathering, Target, closer, gather, show_participants},
    navigation::navigation,
    route::Route,
    site::Load,
    ui::{IntoPart as _, Part, dynamic, effect, memo, signal_of},
    words::{Words, speech},
};

/// Marks on one screen, whatever the data.
const MOST: usize = 300;
/// Whose the coordinates are, under which licence, and where that is said.
const COORDINATES: [(&str, &str); 2] = [
    ("GeoNames", "https://www.geonames.org/"),
    ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
];

/// Draws the marks on the map, and lists them.
#[component]
pub(super) fn Participants(stage: Stage) -> impl IntoView {
    let speech = speech();
    let navigation = navigation();
    let kept = Kept::at_the_root(STEP);
    let client = StoredValue::new(client());
    let chosen = signal_of(None::<ParticipantId>);
    let year = memo(move || match navigation.layer() {
        Layer::Participants(year) => year,
        Layer::Reports => None,
    });
    let shown = memo(move || cohort::shown(&kept.all(), year.get(), kept.kinds.get()));
    let zoom = memo(move || stage.shown.get().map(|(view, _)| view.zoom));
    let gathered = memo(move || {
        let places = shown.with(|shown| shown.iter().map(|one| one.place).collect::<Vec<_>>());
        zoom.get().map(|zoom| gather(&places, zoom)).unwrap_or_default()
    });
    let in_view = memo(move || {
        let Some((_, bbox)) = stage.shown.get() else { return Vec::new() };
        let seen = |found: &Vec<Gathering>| {
            found.iter().filter(|one| one.is_in(&bbox)).take(MOST).cloned().collect::<Vec<_>>()
        };
        gathered.with(seen)
    });
    let marks = memo(move || {
        let (words, all, shown, chosen) = (speech.words(), kept.all(), shown.get(), chosen.get());
        let drawn = |one: &Gathering| mark(words, &all, &shown, one, chosen.as_ref());
        in_view.with(|found| found.iter().filter_map(drawn).collect::<Vec<_>>())
    });
    // What is listed is what is drawn: everybody of a group, none of whom the map shows nothing.
    let listed = memo(move || {
        let mut members: Vec<usize> =
            in_view.with(|found| found.iter().flat_map(|one| one.members.clone()).collect());
        members.sort_unstable();
        let shown = shown.get();
        members.into_iter().filter_map(|at| shown.get(at).copied()).collect::<Vec<_>>()
    });

    let press = Callback::new(move |id: String| {
        let Ok(id) = id.parse::<ParticipantId>() else { return };
        let (all, shown) = (untrack(|| kept.all()), shown.get_untracked());
        let member = |at: &usize| shown.get(*at).and_then(|one| all.get(one.index));
        let found = in_view.with_untracked(|found| {
            found
                .iter()
                .find(|one| one.members.first().and_then(member).is_some_and(|one| one.id == id))
                .cloned()
        });
        match (found, zoom.get_untracked()) {
            (Some(Gathering { members, .. }), Some(zoom)) if members.len() > 1 => {
                let places: Vec<[f64; 2]> =
                    members.iter().filter_map(|&at| Some(shown.get(at)?.place)).collect();
                stage.go_to.set(closer(&places, zoom).map(Target::View));
            }
            _ => navigation.go(Route::Participant(id)),
        }
    });
    show_participants(stage.ground, marks, press);

    effect(move || {
        let words = speech.words();
        let count = cohort::count(&kept.all(), &shown.get());
        let told = kept.everybody.with(|load| match load {
            Load::Waiting => words.layer_loading().to_owned(),
            Load::Failed(_) => String::new(),
            Load::Ready(_) => summary(words, year.get(), kept.kinds.get(), count),
        });
        stage.summary.set(Some(told));
    });
    on_cleanup(move || {
        stage.summary.try_set(None);
    });
    keep_place(kept, stage.body);

    dynamic(move || {
        kept.everybody.with(|load| match load {
            Load::Waiting => Some(stand_ins()),
            Load::Failed(error) => {
                let again = Callback::new(move |()| kept.load(client.get_value()));
                Some(
                    view! { <Failure what=Words::layer_failed error=error.clone() on_retry=again /> }
                        .into_part(),
                )
            }
            Load::Ready(_) => Some(
                view! {
                    <Years year />
                    <p class="hint">{speech.text(move |words| {
                        let count = cohort::count(&kept.all(), &shown.get());
                        below(words, year.get(), count)
                    })}{coordinates()}</p>
                    <Find kept stage year chosen />
                    <Kinds kept year />
                    <Cards kept stage year listed />
                    <Further />
                }
                .into_part(),
            ),
        })
    })
}

/// How many there are, in words.
fn summary(words: Words, year: Option<u16>, kinds: cohort::Kinds, count: cohort::Count) -> String {
    let regions = match year {
        Some(year) => words.layer_cohort(&year.to_string(), &words.layer_regions(count.cohort)),
        None => words.layer_regions(count.so_far),
    };
    // In the first year the two are one.
    let so_far = words.layer_since(&words.layer_regions(count.so_far), &COHORT_YEARS[0].to_string());
    let declarators = words.layer_declarators(count.declarators);
    let told = [
        kinds.regions.then_some(regions),
        (kinds.regions && year.is_some_and(|year| year != COHORT_YEARS[0])).then_some(so_far),
        (kinds.declarators && count.declarators > 0 && (year.is_none() || !kinds.regions))
            .then_some(declarators),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    if told.is_empty() { words.layer_nothing().to_owned() } else { told.join(" · ") }
}

/// Whose the places are that the map draws.
fn coordinates() -> Part {
    let links = COORDINATES.map(|(name, address)| {
        view! { " "<a href=address target="_blank" rel="noopener">{name}</a> }.into_part()
    });
    let links: Vec<Part> = links.into();
    view! { " "{speech().say(Words::layer_coordinates)}{links}"." }.into_part()
}

/// What else is to be known of these numbers.
fn below(words: Words, year: Option<u16>, count: cohort::Count) -> String {
    let mut told = vec![words.layer_counted().to_owned()];
    if count.doubtful > 0 {
        // Of all years: those that are sure in none, though a year of others may be in doubt.
        let say = if year.is_some() { Words::layer_doubtful } else { Words::layer_doubtful_all };
        told.push(say(words, count.doubtful));
    }
    if count.declarators > 0 && year.is_some() {
        told.push(words.layer_declared(&words.layer_declarators(count.declarators)));
    }
    told.join(" ")
}

/// As large as what comes.
fn stand_ins() -> Part {
    view! {
        <div class="layer-waiting" aria-hidden="true"></div>
        <div class="cards" aria-hidden="true"><div class="card card-waiting"></div><div class="card card-waiting"></div></div>
    }
    .into_part()
}

/// The way back from a participant leads to where the list was left; the other half's list begins at its beginning.
fn keep_place(kept: Kept, body: NodeRef<html::Div>) {
    let waits = StoredValue::new(true);
    effect(move || {
        let here = kept.everybody.with(|load| matches!(load, Load::Ready(_)));
        if here && waits.get_value() {
            waits.set_value(false);
            let top = kept.scrolled.get_value();
            request_animation_frame(move || {
                body.try_get_untracked().flatten().iter().for_each(|body| body.set_scroll_top(top));
            });
        }
    });
    on_cleanup(move || {
        if let Some(body) = body.try_get_untracked().flatten() {
            kept.scrolled.set_value(body.scroll_top());
            body.set_scroll_top(0);
        }
    });
}

/// Those who have no place, and what all of it is about.
#[component]
fn Further() -> impl IntoView {
    let speech = speech();
    let links = [
        (Route::Participants, Words::layer_movement as fn(Words) -> &'static str),
        (Route::Participants, Words::layer_partners),
        (Route::Declaration, Words::layer_declaration),
    ];
    view! {
        <h3>{speech.say(Words::layer_on)}</h3>
        <ul class="layer-links">
            {links.map(|(route, name)| view! { <li><a href=route.href()>{speech.say(name)}</a></li> }).collect_view()}
        </ul>
    }
}
