//! A report in a list.

use leptos::prelude::*;
use model::Report;

use super::StatusBadge;
use crate::{
    format,
    route::Route,
    site::site,
    words::{Words, speech},
};

/// The report in short; the whole card leads to its page.
#[component]
pub(crate) fn ReportCard(report: Report) -> impl IntoView {
    let speech = speech();
    let site = site();
    let category = report.category;
    let (supports, created_at) = (report.supports, report.created_at);
    view! {
        <li class="card" data-report=report.id.to_string()>
            <p class="card-head">
                <StatusBadge status=report.status />
                {report.demo.then(|| view! { <span class="demo">{speech.say(Words::report_demo)}</span> })}
            </p>
            <h3>
                <a href=Route::Report(report.id).href()>
                    {speech.text(move |words| words.category(&site.categories(), &category))}
                </a>
            </h3>
            <p class="card-text">{report.description}</p>
            <p class="card-foot">
                {report.address.map(|address| view! { <span>{address}</span> })}
                <span>{speech.text(move |words| format::ago(words, created_at))}</span>
                <span>{speech.text(move |words| words.support_count(supports))}</span>
            </p>
        </li>
    }
}
