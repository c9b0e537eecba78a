//! Which reports: every choice takes effect at once, on map and list alike.

use leptos::{ev, prelude::*};
use model::Status;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{chips::age, listing::listing};
use crate::{
    client::client,
    components::{Coming, Failure, Icon, StatusBadge},
    filter::{AGES, Filter},
    map::Target,
    navigation::{Navigation, navigation},
    site::site,
    ui::{IntoPart as _, Part, dynamic, flag, soon},
    words::{Words, speech},
};

/// What the panel needs of the page.
#[derive(Clone, Copy)]
pub(super) struct Filtering {
    /// What is chosen.
    pub(super) filter: Memo<Filter>,
    pub(super) go_to: RwSignal<Option<Target>>,
    /// Whether the panel is open.
    pub(super) open: RwSignal<bool>,
}

/// Asks for the panel's content.
pub(super) fn coming(filtering: Filtering) -> Coming {
    Box::pin(filters(filtering))
}

#[wasm_split(panels, fallible)]
fn filters(filtering: Filtering) -> Result<Part, SplitLoaderError> {
    Ok(view! { <Choices filtering /> }.into_part())
}

/// A change of the filter. The first one since the panel was opened is a step for "back", the others go with it.
#[derive(Clone, Copy)]
struct Change {
    navigation: Navigation,
    stepped: StoredValue<bool>,
}

impl Change {
    /// Changes it, also for a choice that was made just before the panel was closed.
    fn run(self, filter: Filter) {
        let first = self.stepped.try_update_value(|stepped| !std::mem::replace(stepped, true));
        self.navigation.note_filter(filter, first == Some(true));
    }
}

#[component]
fn Choices(filtering: Filtering) -> impl IntoView {
    let Filtering { filter, go_to, open } = filtering;
    let speech = speech();
    let listing = listing();
    let change = Change { navigation: navigation(), stepped: StoredValue::new(false) };
    let nothing = flag(move || filter.with(Filter::conditions) == 0);
    view! {
        <div class="panel-body">
            <Statuses filter change />
            <Categories filter change />
            <Ages filter change />
            <Jurisdictions filter change go_to />
        </div>
        <div class="panel-foot">
            <p class="panel-summary" role="status">
                {speech.text(move |words| listing.summary(words, filter.with(Filter::conditions) > 0))}
            </p>
            <button type="button" class="button" disabled=nothing
                on:click=move |_| change.run(filter.get_untracked().cleared())>
                {speech.say(Words::filter_clear)}
            </button>
            <button type="button" class="button button-main" on:click=move |_| open.set(false)>
                {speech.say(Words::filter_show)}
            </button>
        </div>
    }
}

/// A choice is seen at once; what follows from it takes a slow phone longer than a press should. It goes by the filter of
/// then: two quick choices are both kept.
fn choose(run: impl Fn() + Clone + 'static) -> impl FnMut(ev::Event) + 'static {
    move |_| soon(run.clone())
}

/// With the shapes of the map's pins: the legend, too.
#[component]
fn Statuses(filter: Memo<Filter>, change: Change) -> impl IntoView {
    let speech = speech();
    let choices = Status::ALL.map(|status| {
        let chosen = flag(move || filter.with(|filter| filter.statuses.contains(&status)));
        let toggle = move || {
            let Some(mut next) = filter.try_get_untracked() else { return };
            // In the order of a report's life, as the address has it.
            next.statuses = Status::ALL
                .into_iter()
                .filter(|other| next.statuses.contains(other) != (*other == status))
                .collect();
            change.run(next);
        };
        view! {
            <label class="pick">
                <input type="checkbox" name="status" value=status.as_str() prop:checked=chosen on:change=choose(toggle) />
                <StatusBadge status />
            </label>
        }
    });
    view! {
        <fieldset class="picks">
            <legend>{speech.say(Words::filter_status)}</legend>
            {choices.into_iter().collect_view()}
        </fieldset>
    }
}

#[component]
fn Categories(filter: Memo<Filter>, change: Change) -> impl IntoView {
    let speech = speech();
    let site = site();
    let client = StoredValue::new(client());
    let choice = move |code: String| {
        let (own, other, name) = (code.clone(), code.clone(), code.clone());
        let chosen = flag(move || filter.with(|filter| filter.categories.contains(&own)));
        let toggle = move || {
            let Some(mut next) = filter.try_get_untracked() else { return };
            if next.categories.contains(&other) {
                next.categories.retain(|chosen| *chosen != other);
            } else {
                next.add_category(&other);
            }
            change.run(next);
        };
        view! {
            <label class="pick">
                <input type="checkbox" name="category" value=code.clone() prop:checked=chosen on:change=choose(toggle) />
                <Icon name=format!("cat-{code}") />
                {speech.text(move |words| site.category(words, &name))}
            </label>
        }
    };
    view! {
        <fieldset class="picks">
            <legend>{speech.say(Words::filter_category)}</legend>
            {dynamic(move || {
                if let Some(error) = site.failure() {
                    let again = Callback::new(move |()| site.load(client.get_value()));
                    return Some(view! { <Failure what=Words::error_site error on_retry=again /> }.into_part());
                }
                let codes = site.categories().into_iter().map(|category| choice(category.code));
                Some(codes.collect_view().into_part())
            })}
        </fieldset>
    }
}

#[component]
fn Ages(filter: Memo<Filter>, change: Change) -> impl IntoView {
    let speech = speech();
    let ages = std::iter::once(None).chain(AGES.into_iter().map(Some));
    let choices = ages.map(|days| {
        let chosen = flag(move || filter.with(|filter| filter.age == days));
        let name = move |words: Words| {
            days.map_or_else(|| words.filter_any_age().to_owned(), |days| age(words, days))
        };
        view! {
            <label class="pick">
                <input type="radio" name="age" value=days.map(|days| days.to_string()) prop:checked=chosen
                    on:change=move |_| change.run(Filter { age: days, ..filter.get_untracked() }) />
                {speech.text(name)}
            </label>
        }
    });
    view! {
        <fieldset class="picks">
            <legend>{speech.say(Words::filter_age)}</legend>
            {choices.collect_view()}
        </fieldset>
    }
}

#[component]
fn Jurisdictions(filter: Memo<Filter>, change: Change, go_to: RwSignal<Option<Target>>) -> impl IntoView {
    let speech = speech();
    let site = site();
    let choose = move |event| {
        let code = event_target_value(&event);
        let chosen = untrack(|| site.jurisdictions()).into_iter().find(|known| known.code == code);
        let bounds = chosen.as_ref().map(|known| known.bbox);
        change.run(Filter { jurisdiction: chosen.map(|known| known.code), ..filter.get_untracked() });
        if let Some(bounds) = bounds {
            go_to.set(Some(Target::Bounds(bounds)));
        }
    };
    view! {
        <label class="picks">
            <span class="legend">{speech.say(Words::filter_jurisdiction)}</span>
            <select name="jurisdiction" on:change=choose>
                <option value="">{speech.say(Words::filter_any_jurisdiction)}</option>
                {dynamic(move || Some(site.jurisdictions().into_iter().map(|known| {
                    let code = known.code.clone();
                    let chosen = flag(move || filter.with(|filter| filter.jurisdiction.as_ref() == Some(&code)));
                    view! { <option value=known.code prop:selected=chosen>{known.name}</option> }
                }).collect_view().into_part()))}
            </select>
        </label>
    }
}
