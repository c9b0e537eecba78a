//! Has somebody told of it already? Asked while the form is being filled in, so that the answer is there when it is
//! wanted. What does not come is not missed.

use leptos::{prelude::*, task::spawn_local};
use model::NearbyReport;

use super::state::Form;
use crate::{
    client::{Stop, client},
    components::StatusBadge,
    format,
    route::Route,
    ui::{IntoPart as _, dynamic, effect},
    words::{Words, speech},
};

/// More would be read by nobody.
const SHOWN: usize = 3;

/// Asks whenever place or category have changed.
pub(super) fn follow(form: Form) {
    let asked = StoredValue::new_local(None::<Stop>);
    let about = Memo::new(move |_| {
        form.draft.with(|draft| {
            // A place in words has no point of its own to look around.
            let place = draft.place.filter(|_| !draft.by_words && !draft.is_sealed())?;
            (!draft.category.is_empty()).then(|| (place, draft.category.clone()))
        })
    });
    let client = StoredValue::new(client());
    effect(move || {
        let about = about.get();
        let stop = Stop::new();
        let before = asked.try_update_value(|asked| asked.replace(stop.clone())).flatten();
        before.iter().for_each(Stop::now);
        form.nearby.set(Vec::new());
        let Some((place, category)) = about else { return };
        let client = client.get_value();
        spawn_local(async move {
            let found = client.nearby(place, &category, stop.clone()).await;
            let latest = asked.try_with_value(|asked| asked.as_ref().is_some_and(|asked| asked.is(&stop)));
            if let (Some(true), Ok(mut found)) = (latest, found) {
                found.truncate(SHOWN);
                form.nearby.set(found);
            }
        });
    });
}

/// What was found, each with the way to support it instead.
#[component]
pub(super) fn Nearby(form: Form) -> impl IntoView {
    let speech = speech();
    dynamic(move || {
        let found = form.nearby.get();
        (!found.is_empty()).then(|| {
            view! {
                <section class="nearby" aria-labelledby="nearby-title">
                    <h3 id="nearby-title">{speech.say(Words::review_nearby)}</h3>
                    <p class="hint">{speech.say(Words::review_nearby_hint)}</p>
                    <ul class="cards">{found.into_iter().map(|found| view! { <Found found /> }).collect_view()}</ul>
                </section>
            }
            .into_part()
        })
    })
}

#[component]
fn Found(found: NearbyReport) -> impl IntoView {
    let speech = speech();
    let NearbyReport { report, distance_m } = found;
    let thumb = report.photos.first().map(|photo| client().thumb_url(photo.id));
    let (supports, created_at) = (report.supports, report.created_at);
    view! {
        <li class="card nearby-card" data-report=report.id.to_string()>
            {thumb.map(|url| view! { <img class="nearby-photo" src=url alt="" loading="lazy" /> })}
            <p class="card-head"><StatusBadge status=report.status /></p>
            <p class="card-text">{report.description}</p>
            <p class="card-foot">
                <span>{speech.text(move |words| words.review_distance(&format::number(words, distance_m.round() as u64)))}</span>
                <span>{speech.text(move |words| format::ago(words, created_at))}</span>
                <span>{speech.text(move |words| words.support_count(supports))}</span>
            </p>
            <h4><a href=Route::Report(report.id).href()>{speech.say(Words::review_open)}</a></h4>
        </li>
    }
}
