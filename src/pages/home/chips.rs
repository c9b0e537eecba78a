//! The conditions that are set, each with a way to take it back.

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::FILTER_BUTTON;
use crate::{
    components::{Coming, Icon},
    filter::Filter,
    focus,
    navigation::navigation,
    site::{SiteInfo, site},
    ui::{IntoPart as _, Part, dynamic},
    words::{Words, speech},
};

/// A condition in words, and the filter without it.
type Chip = (String, Filter);

/// Asks for the chips.
pub(super) fn coming(filter: Memo<Filter>) -> Coming {
    Box::pin(chips_of(filter))
}

#[wasm_split(panels, fallible)]
fn chips_of(filter: Memo<Filter>) -> Result<Part, SplitLoaderError> {
    Ok(view! { <Chips filter /> }.into_part())
}

/// The conditions as buttons; a press takes one away.
#[component]
fn Chips(filter: Memo<Filter>) -> impl IntoView {
    let speech = speech();
    let site = site();
    let navigation = navigation();
    let take = move |rest: Filter| {
        // The button that was pressed goes; the focus stays with those that are left.
        let to = if rest.conditions() > 0 { "chips" } else { FILTER_BUTTON };
        navigation.note_filter(rest, true);
        focus::once_drawn(to);
    };
    dynamic(move || {
        let words = speech.words();
        let filter = filter.get();
        if filter.conditions() == 0 {
            return None;
        }
        let clear = filter.cleared();
        let chips = chips(words, site, &filter).into_iter().map(|(name, rest)| {
            let label = words.filter_remove(&name);
            view! {
                <li>
                    <button type="button" class="chip" aria-label=label
                        on:click=move |_| take(rest.clone())>
                        {name}<Icon name="close" />
                    </button>
                </li>
            }
        });
        let chips: Vec<_> = chips.collect();
        Some(
            view! {
                <ul class="chips" id="chips" tabindex="-1" aria-label=words.filter_active()>
                    {chips}
                    <li>
                        <button type="button" class="chip chip-clear" on:click=move |_| take(clear.clone())>
                            {words.filter_clear()}
                        </button>
                    </li>
                </ul>
            }
            .into_part(),
        )
    })
    .into_part()
}

fn chips(words: Words, site: SiteInfo, filter: &Filter) -> Vec<Chip> {
    let mut chips = Vec::new();
    for code in &filter.categories {
        let mut rest = filter.clone();
        rest.categories.retain(|other| other != code);
        chips.push((site.category(words, code), rest));
    }
    for status in &filter.statuses {
        let mut rest = filter.clone();
        rest.statuses.retain(|other| other != status);
        chips.push((words.status(*status).to_owned(), rest));
    }
    if let Some(days) = filter.age {
        chips.push((age(words, days), Filter { age: None, ..filter.clone() }));
    }
    if let Some(code) = &filter.jurisdiction {
        let known = site.jurisdictions().into_iter().find(|known| known.code == *code);
        let name = known.map_or_else(|| code.clone(), |known| known.name);
        chips.push((name, Filter { jurisdiction: None, ..filter.clone() }));
    }
    chips
}

/// An age in words.
pub(super) fn age(words: Words, days: u16) -> String {
    if days == 1 { words.filter_last_day().to_owned() } else { words.filter_last_days(u64::from(days)) }
}
