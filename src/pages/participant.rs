//! One participant: what is known of it, how well, and from where.

mod declarator;
mod facts;
mod figures;
mod latest;
mod missing;
mod partner;
mod region;
mod reports;

use leptos::{prelude::*, task::spawn_local};
use model::{ParticipantId, ParticipantKind};

use crate::{
    client::{Participant, client},
    components::{Failure, Icon},
    head::{self, Head},
    route::Route,
    site::Load,
    ui::{IntoPart as _, aria, dynamic},
    words::{Words, speech},
};
use declarator::Declarator;
use missing::NotThere;
use partner::Partner;
use region::Region;

/// A participant, whatever its kind.
#[component]
pub(crate) fn ParticipantPage(id: ParticipantId) -> impl IntoView {
    let speech = speech();
    let client = client();
    let participant = RwSignal::new(Load::<Participant>::Waiting);
    let load = Callback::new(move |()| {
        participant.set(Load::Waiting);
        let (client, id) = (client.clone(), id.clone());
        spawn_local(async move {
            let answer = client.participant(&id).await;
            // Whoever has gone on meanwhile is not called back.
            let _ = participant.try_set(answer.map_or_else(Load::Failed, Load::Ready));
        });
    });
    load.run(());
    head::describe(move |words| participant.with(|participant| head_of(words, participant)));

    view! {
        <article class="page participant" aria-busy=aria(move || participant.with(|known| *known == Load::Waiting))>
            <p>
                <a class="back" href=Route::Participants.href()><Icon name="back" />{speech.say(Words::participant_all)}</a>
            </p>
            {dynamic(move || Some(match participant.get() {
                Load::Waiting => view! { <Waiting /> }.into_part(),
                Load::Ready(one) if one.id.kind.is_region() => view! { <Region one /> }.into_part(),
                Load::Ready(one) if one.id.kind == ParticipantKind::Declarator => view! { <Declarator one /> }.into_part(),
                Load::Ready(one) => view! { <Partner one /> }.into_part(),
                Load::Failed(error) if error.status() == Some(404) => view! { <NotThere /> }.into_part(),
                Load::Failed(error) => view! {
                    <h1>{speech.say(Words::participant_title)}</h1>
                    <Failure what=Words::participant_failed error on_retry=load />
                }.into_part(),
            }))}
        </article>
    }
}

/// What the page's head says of it, as far as it is known.
fn head_of(words: Words, participant: &Load<Participant>) -> Head {
    match participant {
        Load::Ready(one) => Head::titled(words, &title(words, one)),
        Load::Failed(error) if error.status() == Some(404) => {
            Head::unlisted(words.participant_missing().to_owned())
        }
        _ => Head::titled(words, words.participant_title()),
    }
}

/// Its name; for a declarator whose name no source tells, what it is.
fn title(words: Words, one: &Participant) -> String {
    one.name
        .clone()
        .unwrap_or_else(|| words.participant_declarator_of(one.province.as_deref().unwrap_or(&one.id.code)))
}

/// Grey shapes where it will stand.
#[component]
fn Waiting() -> impl IntoView {
    let speech = speech();
    view! {
        <div class="movement-waiting">
            <h1 class="unseen">{speech.say(Words::participant_title)}</h1>
            <p class="unseen" role="status">{speech.say(Words::participant_loading)}</p>
            <span class="bone bone-title"></span>
            <span class="bone bone-short"></span>
            <span class="bone bone-block"></span>
            <span class="bone bone-block"></span>
        </div>
    }
}
