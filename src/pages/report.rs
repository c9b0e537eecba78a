//! One report.

use leptos::{prelude::*, task::spawn_local};
use model::{Report, ReportId, Status, Timestamp, Visibility};

use crate::{
    client::client,
    components::{Failure, Icon, StatusBadge, SupportButton},
    format,
    navigation::navigation,
    outbox::JustSent,
    route::{Route, View},
    site::{Load, site},
    ui::{IntoPart as _, dynamic, text},
    words::{Words, speech},
};

/// The zoom at which a report's surroundings are recognised.
const CLOSE: u8 = 16;

/// A report with its history, and the way to support it.
#[component]
pub(crate) fn ReportPage(id: ReportId) -> impl IntoView {
    let speech = speech();
    let navigation = navigation();
    let client = StoredValue::new(client());
    let report = RwSignal::new(Load::<Report>::Waiting);
    let load = move || {
        report.set(Load::Waiting);
        spawn_local(async move {
            let answer = client.get_value().report(id).await;
            report.set(match answer {
                Ok(found) => Load::Ready(found),
                Err(error) => Load::Failed(error),
            });
        });
    };
    load();
    let sent = JustSent::get().take(id);

    view! {
        <article class="page report">
            {sent.then(|| view! { <p class="notice sent" role="status">{speech.say(Words::report_sent)}</p> })}
            <p><a class="back" href=text(move || navigation.map().href())><Icon name="back" />{speech.say(Words::report_back)}</a></p>
            {dynamic(move || Some(match report.get() {
                Load::Waiting => view! {
                    <p class="skeleton" role="status">{speech.say(Words::report_loading)}</p>
                }.into_part(),
                Load::Ready(report) => view! { <Details report /> }.into_part(),
                Load::Failed(error) if error.status() == Some(404) => view! {
                    <h1>{speech.say(Words::report_missing)}</h1>
                    <p>{speech.say(Words::report_missing_hint)}</p>
                }.into_part(),
                Load::Failed(error) => view! {
                    <Failure what=Words::error_report error on_retry=Callback::new(move |()| load()) />
                }.into_part(),
            }))}
        </article>
    }
}

/// The map, where the report is.
fn place_of(report: &Report) -> String {
    Route::Home(Some(View { lat: report.lat, lng: report.lng, zoom: CLOSE })).href()
}

#[component]
fn Details(report: Report) -> impl IntoView {
    let speech = speech();
    let site = site();
    let category = report.category.clone();
    let (created_at, due_at, name) = (report.created_at, report.due_at, report.name.clone());
    let reported = speech.text(move |words| {
        let mut line = words.report_reported(&format::date_time(words, created_at));
        if let Some(name) = &name {
            line = format!("{line} {}", words.report_by(name));
        }
        line
    });
    view! {
        <p class="card-head">
            <StatusBadge status=report.status />
            {report.demo.then(|| view! { <span class="demo">{speech.say(Words::report_demo)}</span> })}
        </p>
        <h1>{speech.text(move |words| words.category(&site.categories(), &category))}</h1>
        <p class="hint">{reported}</p>
        {report.demo.then(|| view! { <p class="notice">{speech.say(Words::report_demo_note)}</p> })}
        {(report.visibility == Visibility::Private)
            .then(|| view! { <p class="notice">{speech.say(Words::report_private_note)}</p> })}
        <p class="report-text">{report.description.clone()}</p>
        {due_at.map(|at| view! {
            <p class="hint">{speech.text(move |words| words.report_due(&format::date(words, at)))}</p>
        })}
        <h2>{speech.say(Words::report_place)}</h2>
        <p>
            {report.address.clone().map(|address| format!("{address} · "))}
            <a href=place_of(&report)>{speech.say(Words::report_see_on_map)}</a>
        </p>
        <SupportButton id=report.id supports=report.supports supported=report.supported.unwrap_or(false) />
        <History report=report.clone() />
        {report.source.map(|source| view! {
            <p class="hint">{speech.text(move |words| words.report_source(&source))}</p>
        })}
    }
}

/// What happened, oldest first; the beginning is always known.
#[component]
fn History(report: Report) -> impl IntoView {
    let speech = speech();
    let unanswered = report.updates.is_empty();
    let steps = report.updates.into_iter().map(|update| {
        let status = update.status;
        let what = speech
            .text(move |words| status.map(|status| words.status(status).to_owned()).unwrap_or_default());
        view! { <Step at=update.at status><strong>{what}</strong>
            {update.agency.map(|agency| view! { <span class="step-agency">{agency}</span> })}
            {update.note.map(|note| view! { <p class="report-text">{note}</p> })}
        </Step> }
    });
    view! {
        <h2>{speech.say(Words::report_history)}</h2>
        <ol class="steps">
            <Step at=report.created_at status=Some(Status::Received)>
                <strong>{speech.say(Words::report_was_received)}</strong>
            </Step>
            {steps.collect_view()}
        </ol>
        {unanswered.then(|| view! { <p class="hint">{speech.say(Words::report_no_history)}</p> })}
    }
}

#[component]
fn Step(at: Timestamp, status: Option<Status>, children: Children) -> impl IntoView {
    let speech = speech();
    view! {
        <li class="step" data-status=status.map(Status::as_str)>
            {children()}
            <time datetime=at.to_string()>{speech.text(move |words| format::date_time(words, at))}</time>
        </li>
    }
}
