//! What is declared.

use leptos::prelude::*;

use crate::{
    ui::{IntoPart as _, Part},
    words::{Say, Words, speech},
};

/// Its five promises, each with a word to remember it by.
pub(super) fn list() -> Part {
    let speech = speech();
    let promises: [(Say, Say); 5] = [
        (Words::declaration_inclusive, Words::declaration_inclusive_text),
        (Words::declaration_transparency, Words::declaration_transparency_text),
        (Words::declaration_accountability, Words::declaration_accountability_text),
        (Words::declaration_participation, Words::declaration_participation_text),
        (Words::declaration_innovation, Words::declaration_innovation_text),
    ];
    let promises: Vec<Part> = promises
        .into_iter()
        .map(|(word, promise)| {
            view! { <li><strong>{speech.say(word)}</strong><p>{speech.say(promise)}</p></li> }.into_part()
        })
        .collect();
    view! { <ol class="pledge">{promises}</ol> }.into_part()
}
