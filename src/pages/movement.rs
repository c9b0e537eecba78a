//! The Smart City Movement: who takes part, in numbers, pictures and names.

mod claims;
mod declarators;
mod figures;
mod gaps;
mod growth;
mod method;
mod partners;
mod regions;
mod tiles;

use leptos::{prelude::*, task::spawn_local};
use model::MovementSummary;

use crate::{
    client::{Participant, client},
    components::{Failure, Icon, chapter, paragraph, participants_map},
    head::{self, Head},
    navigation::navigation,
    route::Route,
    site::Load,
    ui::{IntoPart as _, Part, aria, dynamic, text},
    words::{Words, speech},
};

/// The movement as a whole.
#[component]
pub(crate) fn MovementPage() -> impl IntoView {
    let speech = speech();
    let navigation = navigation();
    let client = client();
    let summary = RwSignal::new(Load::<MovementSummary>::Waiting);
    let participants = RwSignal::new(Load::<Vec<Participant>>::Waiting);
    // What came stays: only what did not is asked for again.
    let load = Callback::new(move |()| {
        if !summary.with_untracked(|known| matches!(known, Load::Ready(_))) {
            summary.set(Load::Waiting);
            let client = client.clone();
            spawn_local(async move {
                let answer = client.movement().await;
                // Whoever has gone on meanwhile is not called back.
                let _ = summary.try_set(answer.map_or_else(Load::Failed, Load::Ready));
            });
        }
        if !participants.with_untracked(|known| matches!(known, Load::Ready(_))) {
            participants.set(Load::Waiting);
            let client = client.clone();
            spawn_local(async move {
                let answer = client.participants().await;
                let _ = participants.try_set(answer.map_or_else(Load::Failed, Load::Ready));
            });
        }
    });
    load.run(());
    head::describe(|words| Head {
        description: Some(words.movement_lead().to_owned()),
        ..Head::titled(words, words.movement_title())
    });

    let waiting = Memo::new(move |_| {
        summary.with(|known| *known == Load::Waiting) || participants.with(|known| *known == Load::Waiting)
    });
    view! {
        <article class="page movement" aria-busy=aria(move || waiting.get())>
            <p>
                <a class="back" href=text(move || navigation.map().href())>
                    <Icon name="back" />{speech.say(Words::report_back)}
                </a>
            </p>
            <h1>{speech.say(Words::movement_title)}</h1>
            {paragraph("movement-lead", speech.say(Words::movement_lead))}
            <p class="buttons">
                <a class="button button-main" href=participants_map(None)>
                    <Icon name="map" />{speech.say(Words::movement_see_on_map)}
                </a>
                <a class="button" href=Route::Declaration.href()>
                    <Icon name="edit" />{speech.say(Words::movement_join)}
                </a>
            </p>
            {dynamic(move || Some(if waiting.get() {
                view! { <Waiting /> }.into_part()
            } else {
                match (summary.get(), participants.get()) {
                    (Load::Ready(summary), Load::Ready(participants)) => found(&summary, &participants).into_part(),
                    (Load::Failed(error), _) | (_, Load::Failed(error)) => view! {
                        <Failure what=Words::movement_failed error on_retry=load />
                    }.into_part(),
                    // Nothing else is left once neither is waited for.
                    _ => return None,
                }
            }))}
        </article>
    }
}

/// Everything, from the figures to where they come from.
fn found(summary: &MovementSummary, participants: &[Participant]) -> Vec<Part> {
    vec![
        chapter("figures", Words::movement_figures, figures::parts(summary)),
        chapter("claims", Words::movement_claims, claims::parts(summary)),
        chapter("growth", Words::movement_growth, growth::parts(summary)),
        chapter("tiles", Words::movement_tiles, tiles::parts(&summary.provinces)),
        chapter("regions", Words::movement_regions, regions::parts(participants, &summary.provinces)),
        chapter("declarators", Words::movement_declarators, declarators::parts(participants)),
        chapter("partners", Words::movement_partners, partners::parts(participants)),
        chapter("method", Words::movement_method, method::parts(summary)),
    ]
}

/// Grey shapes where the numbers will stand, higher than a screen, so that nothing below them jumps.
#[component]
fn Waiting() -> impl IntoView {
    let speech = speech();
    view! {
        <div class="movement-waiting">
            <p class="unseen" role="status">{speech.say(Words::movement_loading)}</p>
            <span class="bone bone-title"></span>
            <span class="bone bone-block"></span>
            <span class="bone bone-title"></span>
            <span class="bone bone-block"></span>
            <span class="bone bone-block"></span>
        </div>
    }
}
