//! Which kinds are shown, and what the marks mean.

use leptos::prelude::*;

use super::{cohort, kept::Kept};
use crate::{
    ui::flag,
    words::{Words, speech},
};

/// A kind in words, what the boxes say of it, and what a press on its box changes.
type Choice = (&'static str, fn(Words) -> &'static str, fn(&mut cohort::Kinds) -> &mut bool);

const CHOICES: [Choice; 2] = [
    ("regions", Words::layer_kind_regions, |kinds| &mut kinds.regions),
    ("declarators", Words::layer_kind_declarators, |kinds| &mut kinds.declarators),
];

/// A drawing, what it stands for, and how it is dressed: faded, doubtful.
type Meaning = (&'static str, fn(Words) -> &'static str, bool, bool);

const MEANINGS: [Meaning; 6] = [
    ("kota", Words::layer_kota, false, false),
    ("kabupaten", Words::layer_kabupaten, false, false),
    ("declarator", Words::layer_kind_declarators, false, false),
    ("group", Words::layer_group, false, false),
    ("kota", Words::layer_unsure, false, true),
    ("kota", Words::layer_earlier, true, false),
];

/// Toggles and legend.
#[component]
pub(super) fn Kinds(kept: Kept, year: Memo<Option<u16>>) -> impl IntoView {
    let speech = speech();
    let choices = CHOICES.map(|(word, name, of)| {
        let on = flag(move || *of(&mut kept.kinds.get()));
        let toggle = move |_| kept.kinds.update(|kinds| *of(kinds) = !*of(kinds));
        view! {
            <label class="pick">
                <input type="checkbox" name="kind" value=word prop:checked=on on:change=toggle />
                {speech.say(name)}
            </label>
        }
    });
    let meanings = MEANINGS.map(|(shape, name, faded, doubtful)| {
        // Only a year has earlier ones.
        let hidden = flag(move || faded && year.get().is_none());
        view! {
            <li hidden=hidden>
                <span class="mark-sample" data-mark=shape data-faded=faded data-doubtful=doubtful></span>
                {speech.say(name)}
            </li>
        }
    });
    view! {
        <fieldset class="picks">
            <legend>{speech.say(Words::layer_kinds)}</legend>
            {choices.collect_view()}
        </fieldset>
        <details class="layer-legend">
            <summary>{speech.say(Words::layer_legend)}</summary>
            <ul>{meanings.collect_view()}</ul>
        </details>
    }
}
