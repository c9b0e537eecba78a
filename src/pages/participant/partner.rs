//! A ministry, a company, or who began the declaration.

use leptos::prelude::*;

use super::{
    facts::{facts, heading},
    title,
};
use crate::{
    client::Participant,
    components::{chapter, paragraph, source_links},
    words::{Words, speech},
};

/// What it did, when, and who says so.
#[component]
pub(super) fn Partner(one: Participant) -> impl IntoView {
    let speech = speech();
    let of_title = one.clone();
    let years: Vec<String> = one.years.iter().map(u16::to_string).collect();
    let years = (!years.is_empty()).then(|| years.join(", ").into());
    let role = one.role.clone().map(|role| {
        let role = paragraph("", speech.text(move |words| words.of(&role)));
        chapter("role", Words::participant_role, vec![role])
    });
    view! {
        {heading(one.id.kind, speech.text(move |words| title(words, &of_title)))}
        {facts(vec![(Words::participant_named_years, years)])}
        {role}
        {chapter("sources", Words::movement_sources, vec![source_links(&one.sources)])}
    }
}
