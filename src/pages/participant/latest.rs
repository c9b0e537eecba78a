//! The latest reports of a region.

use leptos::{prelude::*, task::spawn_local};
use model::BBox;

use crate::{
    client::{BriefReport, ReportFilter, Stop, client},
    components::{Failure, ReportCard},
    filter::Filter,
    site::Load,
    ui::{IntoPart as _, Part, aria, dynamic},
    words::{Words, speech},
};

/// How many of them: a glance, not a list.
const FEW: usize = 3;
/// Wherever they are: a report belongs to its government also where it stands beyond its edges.
const EVERYWHERE: BBox = BBox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };

/// The newest few that a filter lets through.
#[component]
pub(super) fn Latest(filter: Filter) -> impl IntoView {
    let speech = speech();
    let client = client();
    let reports = RwSignal::new(Load::<Vec<BriefReport>>::Waiting);
    let load = Callback::new(move |()| {
        reports.set(Load::Waiting);
        let client = client.clone();
        let question = ReportFilter { bbox: EVERYWHERE, filter: filter.clone(), since: None };
        spawn_local(async move {
            let answer = client.reports(&question, FEW, None, Stop::new()).await;
            // Whoever has gone on meanwhile is not called back.
            let _ = reports.try_set(answer.map_or_else(Load::Failed, |page| Load::Ready(page.reports)));
        });
    });
    load.run(());
    view! {
        <h3>{speech.say(Words::participant_latest)}</h3>
        <div aria-busy=aria(move || reports.with(|known| *known == Load::Waiting))>
            {dynamic(move || Some(match reports.get() {
                Load::Waiting => {
                    let cards = [(); FEW].map(|()| view! { <li class="card-waiting"></li> }.into_part());
                    view! { <ul class="cards" aria-hidden="true">{Vec::from(cards)}</ul> }.into_part()
                }
                Load::Failed(error) => view! {
                    <Failure what=Words::participant_reports_failed error on_retry=load />
                }.into_part(),
                Load::Ready(found) => {
                    // Where there are demo reports, the figures above count them too.
                    let demo = found.iter().any(|report| report.demo);
                    let demo = demo.then(|| view! { <p class="notice">{speech.say(Words::participant_demo)}</p> });
                    let cards: Vec<Part> =
                        found.into_iter().map(|report| view! { <ReportCard report /> }.into_part()).collect();
                    view! { {demo}<ul class="cards">{cards}</ul> }.into_part()
                }
            }))}
        </div>
    }
}
