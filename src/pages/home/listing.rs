//! The reports of what the map shows, and what else the map page keeps while another page is open.

use leptos::{prelude::*, task::spawn_local};
use model::{BBox, Timestamp};

use super::{known::Known, sheet::Height};
use crate::{
    client::{BriefReport, ClientError, ReportFilter, Stop, client},
    filter::Filter,
    route::{Look, Route, View},
    ui::signal_of,
    words::Words,
};

/// Reports of one answer: what a list can be read in, and a map can bear.
const PAGE: usize = 100;
/// The most that one answer may hold.
const MOST: usize = 500;
const DAY: f64 = 86_400_000.0;

/// The reports on map and list. Provided once at the root, so that the way back from a report leads to the same list.
#[derive(Clone, Copy)]
pub(crate) struct Listing {
    pub(super) reports: RwSignal<Vec<BriefReport>>,
    pub(super) next: RwSignal<Option<String>>,
    pub(super) waiting: RwSignal<bool>,
    pub(super) failure: RwSignal<Option<ClientError>>,
    /// How high the sheet stands.
    pub(super) height: RwSignal<Height>,
    /// How far the list was scrolled, in pixels.
    pub(super) scrolled: StoredValue<i32>,
    question: StoredValue<Option<ReportFilter>>,
    /// The address of what is asked for, and of what is shown: they differ while an answer is on its way.
    pub(super) address: StoredValue<String>,
    pub(super) shown: StoredValue<String>,
    /// Whether the page has only just been opened.
    opened: StoredValue<bool>,
    known: StoredValue<Option<Known>>,
    /// The last request, the cursor it asks for, and how many.
    asked: StoredValue<Option<(Stop, Option<String>, usize)>, LocalStorage>,
}

/// The listing, from wherever below the root.
pub(super) fn listing() -> Listing {
    expect_context()
}

impl Listing {
    /// Provides itself, empty, to everything below.
    pub(crate) fn provide() {
        provide_context(Self {
            reports: signal_of(Vec::new()),
            next: signal_of(None),
            waiting: signal_of(true),
            failure: signal_of(None),
            height: signal_of(Height::Half),
            scrolled: StoredValue::new(0),
            question: StoredValue::new(None),
            address: StoredValue::default(),
            shown: StoredValue::default(),
            opened: StoredValue::new(true),
            known: StoredValue::new(None),
            asked: StoredValue::new_local(None),
        });
    }

    /// The page is opened (again): what it shows may have changed meanwhile.
    pub(super) fn open(self) {
        self.opened.set_value(true);
        self.known.set_value(None);
    }

    /// Lists the reports of a view that a filter lets through.
    pub(super) fn look_at(self, view: View, bbox: BBox, filter: Filter) {
        let opened = self.opened.try_update_value(std::mem::take) == Some(true);
        let unchanged = self.question.with_value(|question| {
            question.as_ref().is_some_and(|known| known.bbox == bbox && known.filter == filter)
        });
        if unchanged && !opened {
            return;
        }
        let now = js_sys::Date::now();
        let since = filter.age.map(|days| Timestamp::from_millis((now - f64::from(days) * DAY) as i64));
        self.address.set_value(
            Route::Home(Look { at: Some(view), filter: filter.clone(), ..Look::default() }).href(),
        );
        let question = ReportFilter { bbox, filter, since };
        let known = self.known.with_value(|known| known.as_ref()?.answer(&question, now));
        self.question.set_value(Some(question));
        if let Some(reports) = known {
            self.stop();
            self.show(reports, None);
            self.waiting.set(false);
        } else if opened && self.is_shown() {
            // The same list as before, with all its pages: it stays while it is asked for anew.
            self.load(None, self.reports.with_untracked(Vec::len).clamp(PAGE, MOST));
        } else {
            if opened {
                self.show(Vec::new(), None);
                self.scrolled.set_value(0);
            }
            self.load(None, PAGE);
        }
    }

    /// Whether what is shown is what is asked for.
    pub(super) fn is_shown(self) -> bool {
        self.address.get_value() == self.shown.get_value()
    }

    fn show(self, reports: Vec<BriefReport>, next: Option<String>) {
        self.shown.set_value(self.address.get_value());
        self.reports.set(reports);
        self.next.set(next);
        self.failure.set(None);
    }

    /// Asks for what follows; false while something is on its way already.
    pub(super) fn more(self) -> bool {
        let idle = !self.waiting.get_untracked();
        if idle {
            self.load(self.next.get_untracked(), PAGE);
        }
        idle
    }

    /// Asks again for what did not come.
    pub(super) fn again(self) {
        if let Some((_, cursor, limit)) = self.asked.get_value() {
            self.load(cursor, limit);
        }
    }

    /// What was asked before is of no interest any more.
    fn stop(self) {
        if let Some((before, ..)) = self.asked.try_update_value(Option::take).flatten() {
            before.now();
        }
    }

    /// Asks for a page: the first, or the one at a cursor. The reports shown stay until the answer is here.
    fn load(self, cursor: Option<String>, limit: usize) {
        let Some(question) = self.question.get_value() else { return };
        let client = client();
        let stop = Stop::new();
        self.stop();
        self.asked.set_value(Some((stop.clone(), cursor.clone(), limit)));
        self.waiting.set(true);
        spawn_local(async move {
            let answer = client.reports(&question, limit, cursor.as_deref(), stop.clone()).await;
            // Broken off for another request.
            if !self.asked.with_value(|asked| asked.as_ref().is_some_and(|(latest, ..)| latest.is(&stop))) {
                return;
            }
            match answer {
                Ok(page) => {
                    let mut reports =
                        if cursor.is_some() { self.reports.get_untracked() } else { Vec::new() };
                    for report in page.reports {
                        // What has moved down the order while the pages were read comes twice.
                        if reports.iter().all(|known| known.id != report.id) {
                            reports.push(report);
                        }
                    }
                    let whole = page.next.is_none();
                    let known = whole.then(|| Known::new(question, reports.clone(), js_sys::Date::now()));
                    self.known.set_value(known);
                    self.show(reports, page.next);
                }
                Err(error) => {
                    if !self.is_shown() {
                        // Reports of another view are not this one's.
                        self.show(Vec::new(), None);
                    }
                    self.failure.set(Some(error));
                }
            }
            self.waiting.set(false);
        });
    }

    /// How many reports are listed, in words.
    pub(super) fn summary(self, words: Words, filtered: bool) -> String {
        let n = self.reports.with(Vec::len) as u64;
        match (n, self.waiting.get(), self.next.get().is_some()) {
            (0, true, _) => words.home_loading().to_owned(),
            (0, false, _) if self.failure.get().is_some() => String::new(),
            (0, false, _) if filtered => words.home_no_match().to_owned(),
            (0, false, _) => words.home_empty().to_owned(),
            (n, _, false) => words.home_shown(n),
            (n, _, true) => words.home_first(n),
        }
    }
}
