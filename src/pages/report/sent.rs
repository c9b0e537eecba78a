//! Thanks for a report that has just arrived, and what becomes of it now.

use leptos::prelude::*;
use model::ReportId;

use super::share::CopyLink;
use crate::{
    components::Icon,
    navigation,
    route::Route,
    words::{Words, speech},
};

/// Says so, once.
#[component]
pub(super) fn Sent(id: ReportId) -> impl IntoView {
    let speech = speech();
    view! {
        <section class="sent">
            <div role="status">
                <h2><Icon name="check" /><span>{speech.say(Words::report_sent)}</span></h2>
                <p>{speech.say(Words::report_sent_next)}</p>
                <p>{speech.say(Words::report_sent_keep)}</p>
            </div>
            <CopyLink address=navigation::address(&Route::Report(id)) />
        </section>
    }
}
