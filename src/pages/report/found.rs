//! A report that is here: what it says first, then what can be done.

use leptos::prelude::*;
use model::{Report, Visibility};

use super::{
    answers::Answers,
    flag_form::FlagForm,
    gallery::Gallery,
    history::History,
    pieces::{paragraph, time},
    place::PlaceOf,
    promise::PromiseNote,
    share::ShareTools,
    summary,
};
use crate::{
    components::{Icon, StatusBadge, SupportButton},
    format, navigation,
    route::Route,
    site::site,
    ui::IntoPart as _,
    words::{Words, speech},
};

/// The report. On a wide screen what can be done stands beside what it says.
#[component]
pub(super) fn Found(report: Report) -> impl IntoView {
    let speech = speech();
    let site = site();
    let private = report.visibility == Visibility::Private;
    let of_title = report.clone();
    let title = speech.text(move |words| summary::title(words, site, &of_title));
    let address = navigation::address(&Route::Report(report.id));
    let (id, supported) = (report.id, report.supported.unwrap_or(false));
    view! {
        <Heading report=report.clone() />
        <div class="report-body">
            <div class="report-story">
                <Gallery photos=report.photos.clone() private />
                {paragraph("report-text", report.description.clone().into())}
                <Answers category=report.category.clone() attributes=report.attributes.clone() />
            </div>
            <div class="report-side">
                <PromiseNote report=report.clone() />
                // A private report is seen by one device alone: nobody is there to support it, or to flag it.
                {(!private).then(|| view! { <SupportButton id supports=report.supports supported /> }.into_part())}
                <PlaceOf report=report.clone() />
            </div>
            <section class="report-past" aria-labelledby="history-title">
                <History report=report.clone() private />
            </section>
            <div class="report-tools">
                <ShareTools title address=address.clone() private />
                {(!private).then(|| view! { <FlagForm id /> }.into_part())}
                {report.source.map(|source| {
                    paragraph("hint", speech.text(move |words| words.report_source(&source)))
                })}
                {paragraph("on-paper", speech.text(move |words| words.report_address(&address)))}
            </div>
        </div>
    }
}

/// What it is, where it stands, since when; and what a reader must know before anything else.
#[component]
fn Heading(report: Report) -> impl IntoView {
    let speech = speech();
    let site = site();
    let category = report.category.clone();
    let (created_at, demo) = (report.created_at, report.demo);
    let private = report.visibility == Visibility::Private;
    let reported = speech.text(move |words| words.report_reported(&format::moment(words, created_at)));
    view! {
        <div class="report-head">
            <p class="card-head">
                <StatusBadge status=report.status />
                {demo.then(|| view! { <span class="demo">{speech.say(Words::report_demo)}</span> }.into_part())}
            </p>
            <h1>
                <Icon name=format!("cat-{}", report.category) />
                <span>{speech.text(move |words| words.category(&site.categories(), &category))}</span>
            </h1>
            <p class="report-when">
                {time(created_at, reported)}
                {report.name.map(|name| {
                    view! { <span>{speech.text(move |words| words.report_by(&name))}</span> }.into_part()
                })}
                {report.observed_at.map(|at| {
                    time(at, speech.text(move |words| words.report_observed(&format::date_time(words, at))))
                })}
            </p>
            {demo.then(|| paragraph("notice", speech.say(Words::report_demo_note)))}
            {private.then(|| view! {
                <p class="notice notice-private">
                    <Icon name="lock" /><span>{speech.say(Words::report_private_note)}</span>
                </p>
            }.into_part())}
            {report.duplicate_of.map(|id| view! {
                <p class="notice">
                    {speech.say(Words::report_duplicate_note)} " "
                    <a href=Route::Report(id).href()>{speech.say(Words::report_duplicate_link)}</a>
                </p>
            }.into_part())}
        </div>
    }
}
