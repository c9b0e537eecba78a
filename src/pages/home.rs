//! Map and list: the same reports, or the same participants, in two shapes.

mod chips;
mod empty;
mod filter_panel;
mod known;
mod list;
mod listing;
mod lit;
mod locate;
mod panel;
mod participants;
mod search_panel;
mod sheet;

use leptos::prelude::*;
use model::{BBox, ReportId};

use crate::{
    client::BriefReport,
    components::Icon,
    filter::Filter,
    layer::Layer,
    map::{Ground, Pin, ReportsMap, Target},
    navigation::navigation,
    position::Fix,
    route::{Route, View},
    settings::Settings,
    site::{SiteInfo, site},
    ui::{IntoPart as _, aria, effect, flag, memo, on, signal_of, text},
    words::{Words, speech},
};
use filter_panel::Filtering;
use list::List;
pub(crate) use listing::Listing;
use locate::Locate;
use panel::Panel;
use participants::Stage;
use search_panel::Searching;

/// Characters of a description that a pin's name tells.
const LABEL: usize = 80;
/// The id of the button that opens the filters.
const FILTER_BUTTON: &str = "open-filters";

/// Map and list, at a place if the address names one.
#[component]
pub(crate) fn HomePage(start: Option<View>) -> impl IntoView {
    let speech = speech();
    let site = site();
    let navigation = navigation();
    let listing = listing::listing();
    listing.open();
    let settings: Settings = expect_context();
    let go_to = signal_of(None::<Target>);
    let me = signal_of(None::<Fix>);
    let shown = signal_of(None::<(View, BBox)>);
    let filter = memo(move || sensible(navigation.filter(), site));
    let on_participants = memo(move || navigation.layer() != Layer::Reports);
    let body = NodeRef::new();
    let stage =
        Stage { on: on_participants, body, go_to, shown, ground: Ground::new(), summary: signal_of(None) };

    let pins = memo(move || {
        if on_participants.get() {
            return Vec::new();
        }
        let words = speech.words();
        let pin = |report: &BriefReport| Pin {
            id: report.id,
            lat: report.lat,
            lng: report.lng,
            status: report.status,
            label: words.map_marker(
                &site.category(words, &report.category),
                words.status(report.status),
                &shortened(&report.description),
            ),
        };
        listing.reports.with(|reports| reports.iter().map(pin).collect::<Vec<_>>())
    });
    let on_view = Callback::new(move |(view, bbox): (View, BBox)| {
        shown.set(Some((view, bbox)));
        navigation.note_map(view);
    });
    effect(move || {
        let filter = filter.get();
        // Nobody looks at reports meanwhile.
        if on_participants.get() {
            return;
        }
        // Codes may be nonsense: whether they are, the site's tables tell.
        let unsure = !filter.categories.is_empty() || filter.jurisdiction.is_some();
        if let (Some((view, bbox)), false) = (shown.get(), unsure && is_coming(site)) {
            listing.look_at(view, bbox, filter);
        }
    });
    // The address may change under the page: by the site's name, by "back", by a link to a place.
    effect(move || {
        if let (Route::Home(asked), Some((shown, _))) = (navigation.route(), shown.get_untracked())
            && asked.at != Some(shown)
        {
            go_to.set(Some(asked.at.map_or(Target::Bounds(settings.bounds), Target::View)));
        }
    });
    let on_open = Callback::new(move |id: ReportId| navigation.go(Route::Report(id)));

    let (searching, filtering) = (signal_of(false), signal_of(false));
    let search = Callback::new(move |()| search_panel::coming(Searching { go_to, open: searching }));
    let filters = Callback::new(move |()| filter_panel::coming(Filtering { filter, go_to, open: filtering }));
    let conditions = move || filter.with(Filter::conditions);
    let turn = move |_| {
        let other = if on_participants.get_untracked() { Layer::Reports } else { Layer::Participants(None) };
        navigation.note_layer(other, true);
    };
    let either = move |reports: fn(Words) -> &'static str, participants: fn(Words) -> &'static str| {
        speech.text(move |words| {
            if on_participants.get() { participants(words) } else { reports(words) }.to_owned()
        })
    };

    let tools = view! {
        <div class="home-tools">
            <button type="button" class="button tool-search" aria-haspopup="dialog" on:click=on(move |_| searching.set(true))>
                <Icon name="search" />{speech.say(Words::search_open)}
            </button>
            <button type="button" class="button" id=FILTER_BUTTON aria-haspopup="dialog" on:click=on(move |_| filtering.set(true))>
                <Icon name="filter" />{speech.say(Words::filter_open)}
                <span class="count" hidden=flag(move || conditions() == 0)>
                    <span class="unseen">{speech.say(Words::filter_active)}</span>
                    {text(move || conditions().to_string())}
                </span>
            </button>
            // Last: what gives way to it must not move it from under the finger.
            <button type="button" class="button" aria-pressed=aria(move || on_participants.get()) on:click=on(turn)>
                <Icon name="person" />{speech.say(Words::layer_open)}
            </button>
        </div>
    }
    .into_part();
    view! {
        <div class="home" data-participants=aria(move || on_participants.get())
            data-sheet=text(move || listing.height.get().as_str().to_owned())
            on:mouseover=|event| lit::light(&event) on:focusin=|event| lit::light(&event)>
            <h1 class="unseen">{either(Words::home_title, Words::layer_title)}</h1>
            {tools}
            <section class="home-map">
                <ReportsMap start pins go_to me ground=stage.ground on_view on_open />
                <Locate me go_to />
            </section>
            <List filter stage title=either(Words::home_list, Words::layer_title) />
            <Panel open=searching title=Words::search_title id="search-title" content=search />
            <Panel open=filtering title=Words::filter_title id="filter-title" content=filters />
        </div>
    }
}

/// Whether the site's tables are on their way.
fn is_coming(site: SiteInfo) -> bool {
    site.failure().is_none() && site.categories().is_empty()
}

/// A filter without what the site does not know.
fn sensible(mut filter: Filter, site: SiteInfo) -> Filter {
    let (categories, jurisdictions) = (site.categories(), site.jurisdictions());
    if !categories.is_empty() {
        filter.categories.retain(|code| categories.iter().any(|known| known.code == *code));
        filter.jurisdiction =
            filter.jurisdiction.filter(|code| jurisdictions.iter().any(|known| known.code == *code));
    }
    filter
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
