//! Nothing to list: what to do about it.

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::{
    components::Coming,
    filter::Filter,
    map::Target,
    navigation::navigation,
    route::Route,
    settings::settings,
    ui::{IntoPart as _, Part, flag, on, text},
    words::{Words, speech},
};

/// Asks for the ways on.
pub(super) fn coming(filter: Memo<Filter>, go_to: RwSignal<Option<Target>>) -> Coming {
    Box::pin(empty(filter, go_to))
}

#[wasm_split(panels, fallible)]
fn empty(filter: Memo<Filter>, go_to: RwSignal<Option<Target>>) -> Result<Part, SplitLoaderError> {
    Ok(view! { <Empty filter go_to /> }.into_part())
}

#[component]
fn Empty(filter: Memo<Filter>, go_to: RwSignal<Option<Target>>) -> impl IntoView {
    let speech = speech();
    let navigation = navigation();
    let settings = settings();
    let unfiltered = flag(move || filter.with(Filter::conditions) == 0);
    let new_report = text(move || match navigation.route() {
        Route::Home(look) => Route::NewReport(look.at).href(),
        _ => Route::NewReport(None).href(),
    });
    view! {
        <div class="empty">
            <p class="hint">{speech.say(Words::home_empty_hint)}</p>
            <button type="button" class="button" hidden=unfiltered
                on:click=on(move |_| navigation.note_filter(filter.get_untracked().cleared(), true))>
                {speech.say(Words::filter_clear)}
            </button>
            <button type="button" class="button" on:click=on(move |_| go_to.set(Some(Target::Bounds(settings.bounds))))>
                {speech.say(Words::home_whole)}
            </button>
            <a class="button" href=new_report>{speech.say(Words::app_report)}</a>
        </div>
    }
}
