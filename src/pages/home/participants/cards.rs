//! Those whom the map shows, in words.

use leptos::prelude::*;

use super::{
    Stage,
    cohort::{Kinds, Shown},
    kept::Kept,
    named,
};
use crate::{
    client::Participant,
    focus,
    map::Target,
    route::Route,
    settings::settings,
    ui::{IntoPart as _, dynamic, effect, flag, memo, on},
    words::{Words, speech},
};

/// How many are listed at once.
pub(super) const STEP: usize = 40;

/// The list, in steps.
#[component]
pub(super) fn Cards(
    kept: Kept,
    stage: Stage,
    year: Memo<Option<u16>>,
    listed: Memo<Vec<Shown>>,
) -> impl IntoView {
    let speech = speech();
    let settings = settings();
    let whole = Target::Bounds(settings.bounds);
    let count = move || listed.with(Vec::len);
    let last = flag(move || count() <= kept.listed.get());
    // Another list begins at its beginning.
    effect(move || {
        let Some((view, _)) = stage.shown.get() else { return };
        let question = (view, year.get(), kept.kinds.get());
        if kept.question.get_value() != Some(question) {
            let before = kept.question.try_update_value(|known| known.replace(question)).flatten();
            if before.is_some() {
                kept.listed.set(STEP);
            }
        }
    });
    let more = move |_| {
        let from = kept.listed.get_untracked();
        kept.listed.update(|listed| *listed += STEP);
        let (all, first) =
            (untrack(|| kept.all()), listed.with_untracked(|listed| listed.get(from).copied()));
        if let Some(id) = first.and_then(|first| all.get(first.index)).map(link_id) {
            request_animation_frame(move || focus::on(&id));
        }
    };
    let each = memo(move || {
        listed.with(|listed| listed.iter().take(kept.listed.get()).copied().collect::<Vec<_>>())
    });
    view! {
        <h3>{speech.text(move |words| match count() {
            0 => words.layer_none_here().to_owned(),
            n => words.layer_here(n as u64),
        })}</h3>
        {dynamic(move || (count() == 0).then(|| if kept.kinds.get() == Kinds::NONE {
            // Wherever one looks then, there is nothing.
            view! { <p class="hint">{speech.say(Words::layer_none_chosen)}</p> }.into_part()
        } else { view! {
            <div class="empty">
                <p class="hint">{speech.say(Words::layer_none_hint)}</p>
                <button type="button" class="button" on:click=on(move |_| stage.go_to.set(Some(whole)))>
                    {speech.say(Words::home_whole)}
                </button>
            </div>
        }.into_part() }))}
        // Drawn anew as a whole: a keyed list would be a second one, and the map page would carry more for it.
        <ul class="cards" hidden=flag(move || count() == 0)>
            {dynamic(move || {
                let (all, each) = (kept.all(), each.get());
                let card = |one: Shown| {
                    let participant = all.get(one.index)?.clone();
                    Some(view! { <Card one participant /> }.into_part())
                };
                Some(each.into_iter().filter_map(card).collect::<Vec<_>>().into_part())
            })}
        </ul>
        <button type="button" class="button list-more" hidden=last on:click=on(more)>
            {speech.say(Words::home_more)}
        </button>
    }
}

/// The id of the link that a participant's card is.
fn link_id(participant: &Participant) -> String {
    format!("participant-{}", participant.id)
}

#[component]
fn Card(one: Shown, participant: Participant) -> impl IntoView {
    let speech = speech();
    let kind = participant.id.kind;
    let id = link_id(&participant);
    let years: Vec<_> = participant
        .years
        .iter()
        .enumerate()
        .map(|(at, year)| {
            let doubtful = participant.evidence.get(at).is_some_and(|evidence| evidence.is_doubtful());
            view! {
                <span class="year" data-doubtful=doubtful>
                    {year.to_string()}
                    {doubtful.then(|| view! { <span class="unseen">" " {speech.say(Words::layer_unsure)}</span> })}
                </span>
            }
        })
        .collect();
    let href = Route::Participant(participant.id.clone()).href();
    let own = participant.id.to_string();
    let beside = participant.clone();
    let beside = speech.text(move |words| named::beside(words, &beside));
    view! {
        <li class="card" data-participant=own data-faded=one.faded>
            <h3>
                <a href=href id=id>
                    <span class="mark-sample" data-mark=kind.as_str() data-faded=one.faded data-doubtful=one.doubtful></span>
                    {speech.text(move |words| named::name(words, &participant))}
                </a>
            </h3>
            <p class="card-foot"><span>{beside}</span><span class="card-years">{years}</span></p>
        </li>
    }
}
