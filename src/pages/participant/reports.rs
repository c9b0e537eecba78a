//! What citizens report of a region's government, where this portal lists it.

use leptos::{prelude::*, task::spawn_local};
use model::Statistics;

use super::{figures, latest::Latest};
use crate::{
    client::client,
    components::{Failure, Icon, paragraph},
    filter::Filter,
    route::{Look, Route},
    site::{Load, site},
    ui::{IntoPart as _, Part, aria, dynamic, effect, memo},
    words::{Words, speech},
};

/// Its reports in numbers, by status and by dimension, and the latest of them.
#[component]
pub(super) fn Reports(
    /// Kemendagri's code: that of the jurisdiction, too.
    code: String,
    name: String,
) -> impl IntoView {
    let speech = speech();
    let site = site();
    let client = client();
    let of_memo = code.clone();
    let listed = memo(move || site.jurisdictions().iter().any(|place| place.code == of_memo));
    let statistics = RwSignal::new(Load::<Statistics>::Waiting);
    let of_load = code.clone();
    let load = Callback::new(move |()| {
        // Where it did not come which governments there are, that is asked first; what follows from it asks on.
        if untrack(|| site.failure()).is_some() {
            site.load(client.clone());
            return;
        }
        statistics.set(Load::Waiting);
        let (client, code) = (client.clone(), of_load.clone());
        spawn_local(async move {
            let answer = client.statistics(&code).await;
            // Whoever has gone on meanwhile is not called back.
            let _ = statistics.try_set(answer.map_or_else(Load::Failed, Load::Ready));
        });
    });
    // Asked once it is known that there is something to ask for.
    effect(move || {
        if listed.get() {
            load.run(());
        }
    });
    let waiting =
        memo(move || site.is_waiting() || (listed.get() && statistics.with(|known| *known == Load::Waiting)));
    view! {
        <section class="chapter region-reports" id="reports" aria-labelledby="reports-title" aria-busy=aria(move || waiting.get())>
            <h2 id="reports-title">{speech.say(Words::participant_reports)}</h2>
            {dynamic(move || {
                let failed = |error| view! {
                    <Failure what=Words::participant_reports_failed error on_retry=load />
                }.into_part();
                Some(if waiting.get() {
                    view! { <p class="skeleton" role="status">{speech.say(Words::participant_reports_loading)}</p> }.into_part()
                } else if let Some(error) = site.failure() {
                    failed(error)
                } else if !listed.get() {
                    let name = name.clone();
                    paragraph("", speech.text(move |words| words.participant_reports_not_here(&name)))
                } else {
                    match statistics.get() {
                        Load::Waiting => return None,
                        Load::Failed(error) => failed(error),
                        Load::Ready(counted) if counted.reports == 0 => none(name.clone()),
                        Load::Ready(counted) => some(&counted, &code),
                    }
                })
            })}
        </section>
    }
}

fn none(name: String) -> Part {
    let speech = speech();
    view! {
        <div class="reports-none">
            <p><strong>{speech.text(move |words| words.participant_reports_none(&name))}</strong></p>
            <p>{speech.say(Words::participant_reports_none_hint)}</p>
            <p class="buttons">
                <a class="button button-main" href=Route::NewReport(None).href()><Icon name="plus" />{speech.say(Words::app_report)}</a>
            </p>
        </div>
    }
    .into_part()
}

fn some(counted: &Statistics, code: &str) -> Part {
    let speech = speech();
    let filter = Filter { jurisdiction: Some(code.to_owned()), ..Filter::default() };
    let on_map = Route::Home(Look { filter: filter.clone(), ..Look::default() }).href();
    view! {
        {figures::parts(counted)}
        <p class="buttons">
            <a class="button" href=on_map><Icon name="map" />{speech.say(Words::participant_reports_map)}</a>
        </p>
        <Latest filter />
    }
    .into_part()
}
