//! Finding a participant by its name; choosing one moves the map there and lights its mark.

use leptos::{ev, prelude::*};
use model::ParticipantId;

use super::{
    Stage,
    cohort::{self, Kinds},
    kept::Kept,
    named,
};
use crate::{
    client::Participant,
    components::Icon,
    focus,
    layer::Layer,
    map::Target,
    matching::{Wanted, folded},
    navigation::navigation,
    pages::home::{listing::listing, sheet::Height},
    route::View,
    ui::{IntoPart as _, dynamic, memo, signal_of},
    words::{Words, speech},
};

const FIELD: &str = "layer-search";
/// The zoom at which neighbours stand apart.
const CLOSE: u8 = 12;

/// The field and what it finds.
#[component]
pub(super) fn Find(
    kept: Kept,
    stage: Stage,
    year: Memo<Option<u16>>,
    chosen: RwSignal<Option<ParticipantId>>,
) -> impl IntoView {
    let speech = speech();
    let navigation = navigation();
    let height = listing().height;
    let typed = signal_of(String::new());
    let found = memo(move || Wanted::read(&folded(&typed.get())).map(|wanted| best(&kept.all(), &wanted)));
    let choose = Callback::new(move |index: usize| {
        let all = untrack(|| kept.all());
        let Some((one, [lat, lng])) = all.get(index).and_then(|one| Some((one, one.place?))) else { return };
        // Whoever is searched for is shown, whatever was left out.
        let (now, kinds) = (year.get_untracked(), kept.kinds.get_untracked());
        if cohort::shown(&all, now, kinds).iter().all(|shown| shown.index != index) {
            kept.kinds.set(Kinds::default());
            if cohort::shown(&all, now, Kinds::default()).iter().all(|shown| shown.index != index) {
                navigation.note_layer(Layer::Participants(None), false);
            }
        }
        chosen.set(Some(one.id.clone()));
        typed.set(String::new());
        if height.get_untracked() == Height::Full {
            // The map lies under it.
            height.set(Height::Half);
        }
        stage.go_to.set(Some(Target::View(View { lat, lng, zoom: CLOSE })));
        focus::on(FIELD);
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        match found.get_untracked().and_then(|found| found.first().copied()) {
            Some(index) => choose.run(index),
            None => focus::on(FIELD),
        }
    };
    let state = speech.text(move |words| match (found.get(), chosen.get()) {
        (Some(found), _) if found.is_empty() => words.layer_found_none().to_owned(),
        (Some(found), _) => words.layer_found(found.len() as u64),
        (None, Some(id)) => {
            let all = kept.all();
            let one = all.iter().find(|one| one.id == id);
            one.map(|one| words.layer_marked(&named::name(words, one))).unwrap_or_default()
        }
        (None, None) => String::new(),
    });
    let results = dynamic(move || {
        let (words, all, found) = (speech.words(), kept.all(), found.get()?);
        let rows = found.into_iter().filter_map(|index| {
            let one = all.get(index)?;
            Some(view! {
                <li>
                    <button type="button" class="result" on:click=move |_| choose.run(index)>
                        <span class="mark-sample" data-mark=one.id.kind.as_str()></span>
                        <span>{named::name(words, one)}" "<span class="hint">{named::beside(words, one)}</span></span>
                    </button>
                </li>
            })
        });
        let rows: Vec<_> = rows.collect();
        (!rows.is_empty()).then(|| view! { <ul class="results">{rows}</ul> }.into_part())
    });
    view! {
        <form class="layer-find" role="search" on:submit=submit>
            <label for=FIELD>{speech.say(Words::layer_search)}</label>
            <span class="layer-field">
                <Icon name="search" />
                <input type="text" inputmode="search" id=FIELD autocomplete="off" enterkeyhint="search"
                    placeholder=speech.say(Words::layer_search_hint) prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event)) />
            </span>
            <p class="hint" role="status">{state}</p>
            {results}
        </form>
    }
}

/// Which of all are looked for, the best first.
fn best(all: &[Participant], wanted: &Wanted) -> Vec<usize> {
    let is = |one: &Participant| {
        let name = one.name.as_deref().unwrap_or_default();
        wanted.is(one.id.kind, &folded(name), &folded(&named::province(one)))
    };
    let placed = all.iter().enumerate().filter(|(_, one)| one.place.is_some());
    let mut found: Vec<_> = placed.filter_map(|(index, one)| Some((is(one)?, index))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, index)| index).collect()
}
