//! One report.

mod answers;
mod flag_form;
mod found;
mod gallery;
mod history;
mod missing;
mod picture;
mod pieces;
mod place;
mod promise;
mod sent;
mod share;
mod summary;
mod waiting;

use leptos::{prelude::*, task::spawn_local};
use model::{Report, ReportId};

use crate::{
    client::client,
    components::Failure,
    head,
    navigation::navigation,
    outbox::JustSent,
    site::{Load, site},
    ui::{IntoPart as _, aria, dynamic, text},
    words::{Words, speech},
};
use found::Found;
use missing::NotThere;
use pieces::way;
use sent::Sent;
use waiting::Waiting;

/// A report with everything about it, and what a reader can do.
#[component]
pub(crate) fn ReportPage(id: ReportId) -> impl IntoView {
    let speech = speech();
    let site = site();
    let navigation = navigation();
    let client = client();
    let report = RwSignal::new(Load::<Report>::Waiting);
    let load = Callback::new(move |()| {
        report.set(Load::Waiting);
        let client = client.clone();
        // A report speaks in its category's words: where they did not come, they are asked for again as well.
        if untrack(|| site.failure()).is_some() {
            site.load(client.clone());
        }
        spawn_local(async move {
            let answer = client.report(id).await;
            // Whoever has gone on meanwhile is not called back.
            let _ = report.try_set(match answer {
                Ok(found) => Load::Ready(found),
                Err(error) => Load::Failed(error),
            });
        });
    });
    load.run(());
    head::describe(move |words| report.with(|report| summary::head_of(words, site, report)));

    // Shown once the words of its category are here too (or will not come), so that nothing jumps when they arrive.
    let settled = Memo::new(move |before| before == Some(&true) || !site.is_waiting());
    let waiting = Memo::new(move |_| !settled.get() || report.with(|report| *report == Load::Waiting));
    let sent = JustSent::get().take(id);

    view! {
        <article class="page report" aria-busy=aria(move || waiting.get())>
            <p class="report-back">
                {way("back", "back", speech.say(Words::report_back), text(move || navigation.map().href()))}
            </p>
            {sent.then(|| view! { <Sent id /> })}
            {dynamic(move || Some(match report.get() {
                _ if waiting.get() => view! { <Waiting /> }.into_part(),
                Load::Waiting => return None,
                Load::Ready(report) => view! { <Found report /> }.into_part(),
                Load::Failed(error) if error.status() == Some(404) => view! { <NotThere /> }.into_part(),
                Load::Failed(error) => view! {
                    <h1>{speech.say(Words::report_title)}</h1>
                    <Failure what=Words::error_report error on_retry=load />
                }.into_part(),
            }))}
        </article>
    }
}
