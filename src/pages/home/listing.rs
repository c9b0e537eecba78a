//! The reports of what the map shows, and what else the map page keeps while another page is open.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use model::{BBox, Timestamp};

use super::{known::Known, reports::in_tiles, sheet::Height, tiles::Tiles};
use crate::{
    client::{BriefReport, Client, ClientError, ReportFilter, Stop, client},
    filter::Filter,
    route::{Look, Route, View},
    ui::{provided, signal_of, soon},
    words::Words,
};

/// Reports of one answer: some screens of a list. The map has its own.
const PAGE: usize = 30;
/// The same where the map draws what is listed: what it can bear.
const PAGE_ON_MAP: usize = 100;
/// The most that one answer may hold.
const MOST: usize = 500;
/// Cards that are drawn at once: on a slow phone each takes some ten milliseconds, and a finger waits for no more than
/// fifty.
const CARDS: usize = 1;
/// A map that is moved again within this time needs no list of the place between.
const SETTLED: Duration = Duration::from_millis(250);
const DAY: f64 = 86_400_000.0;

/// A part of the map's area that the list is narrowed to: a spot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Narrowed {
    pub(super) bbox: BBox,
    /// How many reports lie there.
    pub(super) reports: u64,
    /// What the map shows: once it is moved, all is listed again.
    pub(super) view: View,
}

/// The reports in the list, and on the map as far as the tiles do not tell. Provided once at the root, so that the way back from a report leads to the same list.
#[derive(Clone, Copy)]
pub(crate) struct Listing {
    /// What the map draws.
    pub(super) tiles: Tiles,
    pub(super) reports: RwSignal<Vec<BriefReport>>,
    /// How many of them are drawn as cards so far.
    pub(super) cards: RwSignal<usize>,
    growing: StoredValue<bool>,
    pub(super) next: RwSignal<Option<String>>,
    pub(super) waiting: RwSignal<bool>,
    pub(super) failure: RwSignal<Option<ClientError>>,
    /// The part of the map's area that is listed; none for all of it.
    pub(super) narrowed: RwSignal<Option<Narrowed>>,
    /// Whether the focus goes on to what stands above such a list.
    pub(super) to_spot: StoredValue<bool>,
    /// How many reports the map shows, once it knows.
    pub(super) on_map: RwSignal<Option<u64>>,
    /// Whether the map shows how dense they lie, in place of clusters.
    pub(super) heat: RwSignal<bool>,
    /// Counts how often the map was drawn.
    pub(super) drawn: RwSignal<u32>,
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
    provided()
}

impl Listing {
    /// Provides itself, empty, to everything below.
    pub(crate) fn provide(client: &Client) {
        provide_context(Self {
            tiles: Tiles::new(client),
            reports: signal_of(Vec::new()),
            cards: signal_of(CARDS),
            growing: StoredValue::new(false),
            next: signal_of(None),
            waiting: signal_of(true),
            failure: signal_of(None),
            narrowed: signal_of(None),
            to_spot: StoredValue::new(false),
            on_map: signal_of(None),
            heat: signal_of(false),
            drawn: signal_of(0),
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

    /// Lists what lies on a spot, until the map is moved.
    pub(super) fn narrow(self, to: Narrowed) {
        self.narrowed.set(Some(to));
        if self.height.get_untracked() == Height::Peek {
            self.height.set(Height::Half);
        }
        self.to_spot.set_value(true);
    }

    /// Lists all of the map again.
    pub(super) fn widen(self) {
        if self.narrowed.with_untracked(Option::is_some) {
            self.narrowed.set(None);
        }
    }

    /// Lists the reports of a view that a filter lets through.
    pub(super) fn look_at(self, view: View, bbox: BBox, filter: Filter) {
        // Another filter lets others through there, and another place is another place.
        let same = |before: &ReportFilter| Filter { sort: filter.sort, ..before.filter.clone() } == filter;
        let same = self.question.with_value(|question| question.as_ref().is_some_and(same));
        let narrowed = self.narrowed.get().filter(|narrowed| same && is_near(narrowed.view, view));
        if narrowed.is_none() {
            self.widen();
        }
        let bbox = narrowed.map_or(bbox, |narrowed| narrowed.bbox);
        let opened = self.opened.try_update_value(std::mem::take) == Some(true);
        let unchanged = self.question.with_value(|question| {
            question.as_ref().is_some_and(|known| known.bbox == bbox && known.filter == filter)
        });
        if unchanged && !opened {
            return;
        }
        let now = js_sys::Date::now();
        let since = filter.age.map(|days| Timestamp::from_millis((now - f64::from(days) * DAY) as i64));
        let mut address =
            Route::Home(Look { at: Some(view), filter: filter.clone(), ..Look::default() }).href();
        if narrowed.is_some() {
            address.push_str(&bbox.to_string());
        }
        self.address.set_value(address);
        let page = if in_tiles(&filter) { PAGE } else { PAGE_ON_MAP };
        let question = ReportFilter { bbox, filter, since };
        let known = self.known.with_value(|known| known.as_ref()?.answer(&question, now));
        let of_elsewhere = |before: &ReportFilter| before.bbox != question.bbox;
        let moved = !opened
            && narrowed.is_none()
            && self.question.with_value(|before| before.as_ref().is_some_and(of_elsewhere));
        self.question.set_value(Some(question));
        if let Some(reports) = known {
            self.stop();
            self.show(reports, None);
            self.waiting.set(false);
        } else if opened && self.is_shown() {
            // The same list as before, with all its pages: it stays while it is asked for anew.
            self.load(None, self.reports.with_untracked(Vec::len).clamp(page, MOST), Duration::ZERO);
        } else {
            if opened {
                self.show(Vec::new(), None);
                self.scrolled.set_value(0);
            }
            self.load(None, page, if moved { SETTLED } else { Duration::ZERO });
        }
    }

    /// Whether what is shown is what is asked for.
    pub(super) fn is_shown(self) -> bool {
        self.address.get_value() == self.shown.get_value()
    }

    fn show(self, reports: Vec<BriefReport>, next: Option<String>) {
        if !self.is_shown() {
            self.cards.set(CARDS);
        }
        self.shown.set_value(self.address.get_value());
        self.reports.set(reports);
        self.next.set(next);
        self.failure.set(None);
        if !self.growing.get_value() {
            self.grow();
        }
    }

    /// Draws the rest, some cards a frame.
    fn grow(self) {
        let more = self.cards.get_untracked() < self.reports.with_untracked(Vec::len);
        self.growing.set_value(more);
        if more {
            soon(move || {
                self.cards.update(|cards| *cards += CARDS);
                self.grow();
            });
        }
    }

    /// Asks for what follows; false while something is on its way already.
    pub(super) fn more(self) -> bool {
        let idle = !self.waiting.get_untracked();
        if idle {
            self.load(self.next.get_untracked(), PAGE, Duration::ZERO);
        }
        idle
    }

    /// Asks again for what did not come.
    pub(super) fn again(self) {
        if let Some((_, cursor, limit)) = self.asked.get_value() {
            self.load(cursor, limit, Duration::ZERO);
        }
    }

    /// What was asked before is of no interest any more.
    fn stop(self) {
        if let Some((before, ..)) = self.asked.try_update_value(Option::take).flatten() {
            before.now();
        }
    }

    /// Asks for a page: the first, or the one at a cursor. The reports shown stay until the answer is here. Waits for so
    /// long whether something else is asked for.
    fn load(self, cursor: Option<String>, limit: usize, wait: Duration) {
        let Some(question) = self.question.get_value() else { return };
        let client = client();
        let stop = Stop::new();
        self.stop();
        self.asked.set_value(Some((stop.clone(), cursor.clone(), limit)));
        self.waiting.set(true);
        let send = move || spawn_local(self.answer(client, question, cursor, limit, stop));
        if wait.is_zero() { send() } else { set_timeout(send, wait) }
    }

    async fn answer(
        self,
        client: Client,
        question: ReportFilter,
        cursor: Option<String>,
        limit: usize,
        stop: Stop,
    ) {
        let is_latest = move |stop: &Stop| {
            self.asked.with_value(|asked| asked.as_ref().is_some_and(|(latest, ..)| latest.is(stop)))
        };
        if !is_latest(&stop) {
            return;
        }
        let answer = client.reports(&question, limit, cursor.as_deref(), stop.clone()).await;
        // Broken off for another request.
        if !is_latest(&stop) {
            return;
        }
        match answer {
            Ok(page) => {
                let mut reports = if cursor.is_some() { self.reports.get_untracked() } else { Vec::new() };
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
    }

    /// How many reports there are, in words.
    pub(super) fn summary(self, words: Words, filtered: bool) -> String {
        if let Some(Narrowed { reports, .. }) = self.narrowed.get() {
            return words.home_on_spot(&words.map_reports(reports));
        }
        let (n, all) = (self.reports.with(Vec::len) as u64, self.on_map.get().unwrap_or_default());
        if all > 0 && self.waiting.get() {
            // The map knows it before the list has come.
            return words.home_shown(all);
        }
        match (n, self.waiting.get(), self.next.get().is_some()) {
            (0, true, _) => words.home_loading().to_owned(),
            (0, false, _) if self.failure.get().is_some() => String::new(),
            (0, false, _) if filtered => words.home_no_match().to_owned(),
            (0, false, _) => words.home_empty().to_owned(),
            (n, _, false) => words.home_shown(n),
            (n, _, true) if all > n => [words.home_shown(all), words.home_listed(n)].join(" · "),
            (n, _, true) => words.home_first(n),
        }
    }
}

/// Whether two views are one but for some pixels, as a map's are whose size has changed.
fn is_near(a: View, b: View) -> bool {
    let pixel = 360.0 / 256.0 / f64::from(1_u32 << a.zoom.min(22));
    a.zoom == b.zoom && (a.lat - b.lat).abs().max((a.lng - b.lng).abs()) < 8.0 * pixel
}
