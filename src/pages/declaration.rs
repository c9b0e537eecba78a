//! The Smart Citizen declaration: what it says, joining it, and who has.

mod counts;
mod pledge;
mod sign;
mod signed;
mod state;

use leptos::prelude::*;

use crate::{
    components::{Failure, Icon, chapter, paragraph},
    head::{self, Head},
    navigation::navigation,
    route::{Route, Text},
    site::Load,
    ui::{IntoPart as _, aria, dynamic, memo, text},
    words::{Words, speech},
};
use sign::SignForm;
use signed::Signed;
use state::State;

/// The pledge first; then signing, or what was signed; then the counts.
#[component]
pub(crate) fn DeclarationPage() -> impl IntoView {
    let speech = speech();
    let navigation = navigation();
    let state = State::new();
    let reload = Callback::new(move |()| state.load());
    state.load();
    head::describe(|words| Head {
        description: Some(words.declaration_lead().to_owned()),
        ..Head::titled(words, words.menu_declaration())
    });
    // Another count changes numbers, not what stands where.
    let is_signed = memo(move || state.own().is_some());
    let here = memo(move || state.counts.with(|counts| matches!(counts, Load::Ready(_))));
    view! {
        <article class="page declaration">
            <p>
                <a class="back" href=text(move || navigation.map().href())>
                    <Icon name="back" />{speech.say(Words::report_back)}
                </a>
            </p>
            <h1>{speech.say(Words::menu_declaration)}</h1>
            {paragraph("text-lead", speech.say(Words::declaration_lead))}
            {pledge::list()}
            {paragraph("hint", speech.say(Words::declaration_own_words))}
            <section class="chapter sign" id="sign" aria-labelledby="sign-title" aria-busy=aria(move || !here.get())>
                <h2 id="sign-title" tabindex="-1">{speech.text(move |words| {
                    let title = if is_signed.get() { words.declaration_thanks() } else { words.declaration_sign_title() };
                    title.to_owned()
                })}</h2>
                <p class="sign-told" role="status">{state.told(speech)}</p>
                {dynamic(move || Some(if !here.get() {
                    match state.counts.get() {
                        Load::Failed(error) => view! {
                            <Failure what=Words::declaration_loading_failed error on_retry=reload />
                        }.into_part(),
                        _ => view! { <Waiting /> }.into_part(),
                    }
                } else if is_signed.get() {
                    view! { <Signed state /> }.into_part()
                } else {
                    view! { <SignForm state /> }.into_part()
                }))}
                <p class="hint">
                    {speech.say(Words::declaration_sent)} " "
                    <a href=Route::Text(Text::Privacy).href()>{speech.say(Words::declaration_privacy)}</a>
                </p>
            </section>
            {dynamic(move || here.get().then(|| chapter("counts", Words::declaration_counts, counts::parts(state))))}
            <p>
                <a href=Route::Participants.href()>{speech.say(Words::declaration_others)}</a>
            </p>
        </article>
    }
}

/// As high as the form that comes.
#[component]
fn Waiting() -> impl IntoView {
    let speech = speech();
    view! {
        <div class="sign-waiting">
            <p class="unseen" role="status">{speech.say(Words::declaration_loading)}</p>
            <span class="bone bone-short"></span>
            <span class="bone bone-field"></span>
            <span class="bone bone-field bone-short"></span>
        </div>
    }
}
