//! Map and list: the same reports in two shapes.

use leptos::{prelude::*, task::spawn_local};
use model::{BBox, Report, ReportId};

use crate::{
    client::{ClientError, ReportFilter, Stop, client},
    components::{Failure, ReportCard},
    map::{Pin, ReportsMap, Target},
    navigation::navigation,
    route::{Route, View},
    settings::Settings,
    site::site,
    ui::{IntoPart as _, aria, dynamic, effect, flag},
    words::{Words, speech},
};

/// Reports of one answer: what a list can be read in, and a map can bear.
const PAGE: u32 = 100;
/// The choice of no jurisdiction but all of them. No Kemendagri code reads like this.
const WHOLE: &str = "all";
/// Characters of a description that a pin's name tells.
const LABEL: usize = 80;

/// Map and list, at a place if the address names one.
#[component]
pub(crate) fn HomePage(view: Option<View>) -> impl IntoView {
    let speech = speech();
    let site = site();
    let navigation = navigation();
    let listing = Listing::new();
    let settings: Settings = expect_context();
    let go_to = RwSignal::new(None::<Target>);
    let shown = StoredValue::new(None::<View>);

    let pins = Memo::new(move |_| {
        let (words, categories) = (speech.words(), site.categories());
        let pin = |report: &Report| Pin {
            id: report.id,
            lat: report.lat,
            lng: report.lng,
            status: report.status,
            label: words.map_marker(
                &words.category(&categories, &report.category),
                words.status(report.status),
                &shortened(&report.description),
            ),
        };
        listing.reports.with(|reports| reports.iter().map(pin).collect::<Vec<_>>())
    });
    let on_view = Callback::new(move |(view, bbox): (View, BBox)| {
        shown.set_value(Some(view));
        navigation.note_map(view);
        listing.look_at(bbox);
    });
    // The address may change under the page: by the site's name, by "back", by a link to a place.
    effect(move || {
        if let (Route::Home(asked), Some(shown)) = (navigation.route(), shown.get_value())
            && asked != Some(shown)
        {
            go_to.set(Some(asked.map_or(Target::Bounds(settings.bounds), Target::View)));
        }
    });
    let on_open = Callback::new(move |id: ReportId| navigation.go(Route::Report(id)));

    view! {
        <div class="home">
            <h1 class="unseen">{speech.say(Words::home_title)}</h1>
            <section class="home-map">
                <Places go_to />
                <ReportsMap start=view pins go_to on_view on_open />
            </section>
            <ReportList listing />
        </div>
    }
}

/// The reports of what the map shows.
#[derive(Clone, Copy)]
struct Listing {
    reports: RwSignal<Vec<Report>>,
    filter: RwSignal<Option<ReportFilter>>,
    next: RwSignal<Option<String>>,
    waiting: RwSignal<bool>,
    failure: RwSignal<Option<ClientError>>,
    /// The request that is on its way, and the cursor it asks for.
    asked: StoredValue<Option<(Stop, Option<String>)>, LocalStorage>,
}

impl Listing {
    fn new() -> Self {
        Self {
            reports: RwSignal::new(Vec::new()),
            filter: RwSignal::new(None),
            next: RwSignal::new(None),
            waiting: RwSignal::new(true),
            failure: RwSignal::new(None),
            asked: StoredValue::new_local(None),
        }
    }

    fn look_at(self, bbox: BBox) {
        let filter = ReportFilter { bbox, limit: PAGE };
        if self.filter.get_untracked().as_ref() != Some(&filter) {
            self.filter.set(Some(filter));
            self.load(None);
        }
    }

    /// Asks again for what did not come.
    fn again(self) {
        let cursor = self.asked.with_value(|asked| asked.as_ref().and_then(|(_, cursor)| cursor.clone()));
        self.load(cursor);
    }

    /// Asks for a page: the first, or the one at a cursor. The reports shown stay until the answer is here; what was
    /// asked before is of no interest any more.
    fn load(self, cursor: Option<String>) {
        let Some(filter) = self.filter.get_untracked() else { return };
        let client = client();
        let stop = Stop::new();
        let before =
            self.asked.try_update_value(|asked| asked.replace((stop.clone(), cursor.clone()))).flatten();
        if let Some((before, _)) = before {
            before.now();
        }
        self.waiting.set(true);
        spawn_local(async move {
            let answer = client.reports(&filter, cursor.as_deref(), stop.clone()).await;
            // Broken off for another request, or with the page.
            let latest = self.asked.try_with_value(|asked| asked.as_ref().is_some_and(|(s, _)| s.is(&stop)));
            if latest != Some(true) {
                return;
            }
            self.failure.set(None);
            if cursor.is_none() {
                // Also when nothing came: reports of another view are not this one's.
                self.reports.set(Vec::new());
                self.next.set(None);
            }
            match answer {
                Ok(page) => {
                    self.next.set(page.next);
                    self.reports.update(|reports| reports.extend(page.reports));
                }
                Err(error) => self.failure.set(Some(error)),
            }
            self.waiting.set(false);
        });
    }
}

#[component]
fn ReportList(listing: Listing) -> impl IntoView {
    let speech = speech();
    let count = move || listing.reports.with(Vec::len);
    let no_demo = flag(move || !listing.reports.with(|reports| reports.iter().any(|report| report.demo)));
    let summary =
        speech.text(move |words| match (count(), listing.waiting.get(), listing.next.get().is_some()) {
            (0, true, _) => words.home_loading().to_owned(),
            (0, false, _) if listing.failure.get().is_some() => String::new(),
            (0, false, _) => words.home_empty().to_owned(),
            (n, _, false) => words.home_shown(n as u64),
            (n, _, true) => words.home_newest(n as u64),
        });
    let filled = flag(move || count() > 0 || listing.waiting.get() || listing.failure.get().is_some());
    let last = flag(move || listing.next.get().is_none());
    let more = move || {
        if !listing.waiting.get_untracked() {
            listing.load(listing.next.get_untracked());
        }
    };
    let again = Callback::new(move |()| listing.again());

    view! {
        <section class="home-list" aria-labelledby="list-title" aria-busy=aria(move || listing.waiting.get())>
            <h2 class="unseen" id="list-title">{speech.say(Words::home_list)}</h2>
            <p class="home-summary" role="status">{summary}</p>
            <p class="notice" hidden=no_demo>{speech.say(Words::home_demo)}</p>
            {dynamic(move || listing.failure.get().map(|error| view! {
                <Failure what=Words::error_reports error on_retry=again />
            }.into_part()))}
            <p class="hint" hidden=filled>{speech.say(Words::home_empty_hint)}</p>
            <ul class="cards">
                <For each=move || listing.reports.get() key=card_key let(report)>
                    <ReportCard report />
                </For>
            </ul>
            <p class="hint" hidden=last>{speech.say(Words::home_zoom_hint)}</p>
            <button type="button" class="button" hidden=last aria-disabled=aria(move || listing.waiting.get()) on:click=move |_| more()>
                {speech.say(Words::home_more)}
            </button>
        </section>
    }
}

/// A card is drawn anew when anything it shows has changed.
fn card_key(report: &Report) -> (ReportId, model::Timestamp, u64) {
    (report.id, report.updated_at, report.supports)
}

/// Jumps of the map: the whole site, or one of its jurisdictions.
#[component]
fn Places(go_to: RwSignal<Option<Target>>) -> impl IntoView {
    let speech = speech();
    let site = site();
    let settings: Settings = expect_context();
    let bounds = settings.bounds;
    let choose = move |code: String| {
        let place = site.jurisdictions().into_iter().find(|place| place.code == code).map(|place| place.bbox);
        go_to.set(place.or((code == WHOLE).then_some(bounds)).map(Target::Bounds));
    };
    // Back to the question once left, so that the same place can be chosen again.
    let reset = |event: web_sys::FocusEvent| event_target::<web_sys::HtmlSelectElement>(&event).set_value("");
    view! {
        <label class="places">
            <span class="unseen">{speech.say(Words::home_go_to)}</span>
            <select on:change=move |event| choose(event_target_value(&event))
                on:blur=reset>
                <option value="">{speech.say(Words::home_go_to_hint)}</option>
                <option value=WHOLE>{speech.say(Words::home_whole)}</option>
                {dynamic(move || Some(site.jurisdictions().into_iter().map(|place| view! {
                    <option value=place.code>{place.name}</option>
                }).collect_view().into_part()))}
            </select>
        </label>
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LABEL) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(shortened("pendek"), "pendek");
        assert_eq!(shortened(&"é".repeat(100)), format!("{}…", "é".repeat(80)));
    }
}
