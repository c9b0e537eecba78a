//! What the map shows, in words.

use leptos::{html, prelude::*};
use model::{ReportId, Timestamp};

use super::{
    chips, empty,
    listing::{Listing, listing},
    participants::{self, Stage},
    sheet::{Handle, Sheet},
    spot,
};
use crate::{
    client::{BriefReport, client},
    components::{Failure, ReportCard, later, later_quiet, link_id},
    filter::{Filter, ORDERS, order, word},
    focus,
    navigation::navigation,
    site::site,
    ui::{self, IntoPart as _, aria, dynamic, effect, flag, memo, text},
    words::{Words, speech},
};

/// Cards that stand in until the first ones are here.
const STAND_INS: usize = 4;

/// The list, in its sheet.
#[component]
pub(super) fn List(
    filter: Memo<Filter>,
    stage: Stage,
    /// What it lists.
    title: Signal<String>,
) -> impl IntoView {
    let speech = speech();
    let listing = listing();
    let height = listing.height;
    let node = NodeRef::<html::Section>::new();
    let Stage { on, go_to, body, .. } = stage;
    let sheet = Sheet::new(height, node);
    let held = sheet.held();
    let count = move || listing.reports.with(Vec::len);
    let no_demo = flag(move || !listing.reports.with(|reports| reports.iter().any(|report| report.demo)));
    let unfiltered = memo(move || filter.with(Filter::conditions) == 0);
    let empty = memo(move || count() == 0 && !listing.waiting.get() && listing.failure.with(Option::is_none));
    let last = flag(move || listing.next.get().is_none());
    // Until the last card is drawn.
    let waiting = aria(move || (listing.waiting.get() || listing.cards.get() < count()) && !on.get());
    keep_place(listing, body);
    let more = more_of(listing);

    // In parts: views that hold each other whole are built by more code.
    let head = view! {
        <div class="list-head" on:pointerdown=move |event| sheet.on_down(&event)
            on:pointermove=move |event| sheet.on_move(&event)
            on:pointerup=move |_| sheet.on_up() on:pointercancel=move |_| sheet.on_up()>
            <Handle height />
            <h2 class="unseen" id="list-title">{title}</h2>
            <p class="home-summary" role="status">
                {speech.text(move |words| {
                    let participants = on.get().then(|| stage.summary.get().unwrap_or_default());
                    participants.unwrap_or_else(|| listing.summary(words, filter.with(Filter::conditions) > 0))
                })}
            </p>
            <Order filter />
        </div>
    }
    .into_part();
    let body = view! {
        <div class="list-body" id="list-body" node_ref=body on:scroll=ui::on(move |_| note_place(listing, stage))>
            <div class="list-half">
                // Reserved at once: the chips come with the filters' part.
                <div class="chips-room" hidden=unfiltered>
                    {dynamic(move || (!unfiltered.get()).then(|| {
                        later_quiet(Box::new(move || chips::coming(filter)))
                    }))}
                </div>
                {dynamic(move || listing.narrowed.get().map(|_| later_quiet(Box::new(move || spot::coming(listing)))))}
                <p class="notice" hidden=no_demo>{speech.say(Words::home_demo)}</p>
                <Failures listing />
                {dynamic(move || empty.get().then(|| later_quiet(Box::new(move || empty::coming(filter, go_to)))))}
                {dynamic(move || (count() == 0 && listing.waiting.get()).then(|| {
                    let stand_in = |_| view! { <div class="card card-waiting"></div> };
                    let stand_ins = (0..STAND_INS).map(stand_in).collect_view();
                    view! { <div class="cards" aria-hidden="true">{stand_ins}</div> }.into_part()
                }))}
                // Shown once it holds something: what stands above it comes with the same answer, and must not push it.
                <ul class="cards" hidden=flag(move || count() == 0)>
                    <For each=move || drawn(listing) key=card_key let(report)>
                        <ReportCard report />
                    </For>
                </ul>
                <p class="hint" hidden=last>{speech.say(Words::home_zoom_hint)}</p>
                <button type="button" class="button list-more" hidden=last aria-disabled=waiting on:click=ui::on(move |_| more())>
                    {speech.say(Words::home_more)}
                </button>
            </div>
            {dynamic(move || on.get().then(|| later(Box::new(move || participants::coming(stage)))))}
        </div>
    }
    .into_part();
    view! {
        <section class="home-list" node_ref=node aria-labelledby="list-title" aria-busy=waiting
            data-held=aria(move || !held.with(String::is_empty)) style:height=held>
            {head}
            {body}
        </section>
    }
}

/// The reports that are drawn as cards so far.
fn drawn(listing: Listing) -> Vec<BriefReport> {
    let cards = listing.cards.get();
    listing.reports.with(|reports| reports.iter().take(cards).cloned().collect())
}

/// A card is drawn anew when anything it shows has changed.
fn card_key(report: &BriefReport) -> (ReportId, Timestamp, u64) {
    (report.id, report.updated_at, report.supports)
}

/// How far the list of reports is scrolled.
fn note_place(listing: Listing, stage: Stage) {
    if let (false, Some(body)) = (stage.on.get_untracked(), stage.body.get_untracked()) {
        listing.scrolled.set_value(body.scroll_top());
    }
}

/// Another list begins at its beginning; the one that was left, where it was left.
fn keep_place(listing: Listing, body: NodeRef<html::Div>) {
    let address = StoredValue::new(String::new());
    effect(move || {
        listing.reports.track();
        let Some(body) = body.get() else { return };
        let shown = listing.shown.get_value();
        if address.get_value() != shown {
            let returned = address.with_value(String::is_empty);
            address.set_value(shown);
            let before = listing.scrolled.get_value();
            let top = if returned { before } else { 0 };
            // To scroll what stands at its beginning would have the whole page measured, for nothing.
            if before > 0 {
                request_animation_frame(move || body.set_scroll_top(top));
            }
        }
    });
    on_cleanup(move || {
        let top = body.get_untracked().map_or(0, |body| body.scroll_top());
        listing.scrolled.set_value(top);
    });
}

/// Asks for more. Once they are here the focus goes on to the first of them: the button it was on may be gone.
fn more_of(listing: Listing) -> impl Fn() + Copy + 'static {
    let asked = StoredValue::new(None::<(String, usize)>);
    effect(move || {
        let Some((address, from)) = asked.get_value() else {
            listing.reports.track();
            return;
        };
        // Drawn a few at a time, it may be a while until it can have the focus.
        let is_drawn = listing.cards.get() > from;
        let first =
            listing.reports.with(|reports| reports.get(from).filter(|_| is_drawn).map(|report| report.id));
        if listing.shown.get_value() != address {
            asked.set_value(None);
        } else if let Some(id) = first {
            asked.set_value(None);
            request_animation_frame(move || focus::on(&link_id(id)));
        }
    });
    move || {
        let from = listing.reports.with_untracked(Vec::len);
        if listing.more() {
            asked.set_value(Some((listing.shown.get_value(), from)));
        }
    }
}

/// What comes first.
#[component]
fn Order(filter: Memo<Filter>) -> impl IntoView {
    let speech = speech();
    let navigation = navigation();
    let choose = move |event| {
        let sort = order(&event_target_value(&event));
        navigation.note_filter(Filter { sort, ..filter.get_untracked() }, true);
    };
    let names: [fn(Words) -> &'static str; 3] =
        [Words::filter_newest, Words::filter_supports, Words::filter_updated];
    let options = ORDERS
        .into_iter()
        .zip(names)
        .map(|((_, word), name)| view! { <option value=word>{speech.say(name)}</option> });
    view! {
        <label class="order">
            <span class="unseen">{speech.say(Words::filter_order)}</span>
            <select on:change=choose prop:value=text(move || word(filter.with(|filter| filter.sort)).to_owned())>
                {options.collect_view()}
            </select>
        </label>
    }
}

/// What could not be loaded: reports first; names alone are missed less.
#[component]
fn Failures(listing: Listing) -> impl IntoView {
    let site = site();
    let client = StoredValue::new(client());
    let again = Callback::new(move |()| {
        listing.tiles.again();
        if site.failure().is_some() {
            site.load(client.get_value());
        }
        if listing.failure.with_untracked(Option::is_some) {
            listing.again();
        }
    });
    dynamic(move || {
        let failure = listing.failure.get().or_else(|| listing.tiles.failure.get());
        let (what, error) = match (failure, site.failure()) {
            (Some(error), _) => (Words::error_reports as fn(Words) -> &'static str, error),
            (None, error) => (Words::error_site as fn(Words) -> &'static str, error?),
        };
        Some(view! { <Failure what error on_retry=again /> }.into_part())
    })
    .into_part()
}
