//! Something did not work: what, why, and a way to try again.

use leptos::prelude::*;

use crate::{
    client::ClientError,
    ui::on,
    words::{Words, speech},
};

/// Says what failed and offers to try again. Announced when it appears.
#[component]
pub(crate) fn Failure(
    /// What did not work, in the visitor's language.
    what: fn(Words) -> &'static str,
    /// Why.
    error: ClientError,
    on_retry: Callback<()>,
) -> impl IntoView {
    let speech = speech();
    view! {
        <div class="failure" role="alert">
            <p>
                <strong>{speech.say(what)}</strong>
                " "
                {speech.text(move |words| reason(words, &error))}
            </p>
            <button type="button" class="button" on:click=on(move |_| on_retry.run(()))>
                {speech.say(Words::error_retry)}
            </button>
        </div>
    }
}

/// The one place where a failed call becomes a sentence.
fn reason(words: Words, error: &ClientError) -> String {
    match error {
        ClientError::Offline => words.error_offline().to_owned(),
        ClientError::TimedOut => words.error_timeout().to_owned(),
        ClientError::NotOurs(status) if *status >= 500 => words.error_server().to_owned(),
        ClientError::NotOurs(_) => words.error_not_ours().to_owned(),
        ClientError::Problem(problem) if problem.status >= 500 => words.error_server().to_owned(),
        ClientError::Problem(problem) => problem.title.clone(),
        ClientError::Wait(problem, seconds) => {
            format!("{} {}", problem.title, words.error_wait(u64::from(*seconds)))
        }
    }
}
