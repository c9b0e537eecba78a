//! A report in a list.

use leptos::prelude::*;
use model::ReportId;

use super::{Icon, StatusBadge};
use crate::{
    client::{BriefReport, client},
    format,
    route::Route,
    site::site,
    words::{Words, speech},
};

/// A side of the room for a photo, in CSS pixels (`--thumb` in style/card.css): kept before it comes.
const THUMB: u32 = 80;

/// The id of the link that a report's card is.
pub(crate) fn link_id(id: ReportId) -> String {
    format!("report-{id}")
}

/// The report in short; the whole card leads to its page.
#[component]
pub(crate) fn ReportCard(report: BriefReport) -> impl IntoView {
    let speech = speech();
    let site = site();
    let category = report.category.clone();
    let (supports, created_at) = (report.supports, report.created_at);
    let photo = report.photo.map(|photo| client().thumbnail(photo));
    view! {
        <li class="card" data-report=report.id.to_string()>
            <h3>
                <a href=Route::Report(report.id).href() id=link_id(report.id)>
                    <Icon name=format!("cat-{}", report.category) />
                    {speech.text(move |words| site.category(words, &category))}
                </a>
            </h3>
            <p class="card-head">
                <StatusBadge status=report.status />
                {report.demo.then(|| view! { <span class="demo">{speech.say(Words::report_demo)}</span> })}
            </p>
            <p class="card-text">{report.description}</p>
            <p class="card-foot">
                {report.address.map(|address| view! { <span class="card-place"><Icon name="pin" />{address}</span> })}
                <span><Icon name="clock" />{speech.text(move |words| format::ago(words, created_at))}</span>
                <span><Icon name="support" />{speech.text(move |words| words.support_count(supports))}</span>
            </p>
            // What it shows is told in words beside it.
            {photo.map(|src| view! {
                <img class="card-photo" alt="" loading="lazy" decoding="async" width=THUMB height=THUMB src=src />
            })}
        </li>
    }
}
