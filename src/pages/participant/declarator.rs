//! One who read the declaration of 2019: a private person, of whom no more is told than the articles do.

use leptos::prelude::*;

use super::{
    facts::{facts, heading},
    region::whereabouts,
    title,
};
use crate::{
    client::Participant,
    components::{Icon, chapter, paragraph, source_links},
    route::Route,
    ui::IntoPart as _,
    words::{Words, speech},
};

/// For which province, what was declared, and who says so.
#[component]
pub(super) fn Declarator(one: Participant) -> impl IntoView {
    let speech = speech();
    let province = one.province.clone().unwrap_or_else(|| one.id.code.clone());
    let of_title = one.clone();
    let unnamed = one.name.is_none().then(|| paragraph("", speech.say(Words::participant_declared_unnamed)));
    let seat = one.seat.clone();
    let declared = {
        let province = province.clone();
        speech.text(move |words| words.participant_declared_text(&province))
    };
    let declared = chapter(
        "declared",
        Words::participant_declared,
        vec![
            paragraph("", declared),
            unnamed.into_part(),
            view! {
                <p class="buttons">
                    <a class="button" href=Route::Declaration.href()><Icon name="edit" />{speech.say(Words::movement_join)}</a>
                </p>
            }
            .into_part(),
        ],
    );
    view! {
        {heading(one.id.kind, speech.text(move |words| title(words, &of_title)))}
        {facts(vec![
            (Words::participant_province, Some(province.clone().into())),
            (Words::participant_capital, seat.clone().map(Into::into)),
            (Words::movement_name, one.name.is_none().then(|| speech.say(Words::movement_unnamed))),
        ])}
        {declared}
        {chapter("sources", Words::movement_sources, vec![source_links(&one.sources)])}
        {one.place.map(|place| whereabouts(Words::participant_capital, place, seat.unwrap_or(province)))}
    }
}
