//! Map and list: the same reports, or the same participants, in two shapes.

mod chips;
mod closer;
mod density;
mod empty;
mod filter_panel;
mod heat;
mod known;
mod list;
mod listing;
mod lit;
mod locate;
mod panel;
mod participants;
mod picture;
mod reports;
mod search_panel;
mod sheet;
mod spot;
mod tiles;

use leptos::prelude::*;
use model::BBox;

use crate::{
    components::{Icon, later_quiet},
    filter::Filter,
    layer::Layer,
    map::{Ground, ReportsMap, Target},
    navigation::navigation,
    position::Fix,
    route::{Route, View},
    settings::settings,
    site::{SiteInfo, site},
    ui::{IntoPart as _, aria, dynamic, effect, flag, memo, on, signal_of, soon, text},
    words::{Words, speech},
};
use filter_panel::Filtering;
use list::List;
pub(crate) use listing::Listing;
use locate::Locate;
use panel::Panel;
use participants::Stage;
use reports::Drawing;
use search_panel::Searching;

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
    let settings = settings();
    let go_to = signal_of(None::<Target>);
    let me = signal_of(None::<Fix>);
    let shown = signal_of(None::<(View, BBox)>);
    let filter = memo(move || sensible(navigation.filter(), site));
    let on_participants = memo(move || navigation.layer() != Layer::Reports);
    let body = NodeRef::new();
    let stage =
        Stage { on: on_participants, body, go_to, shown, ground: Ground::new(), summary: signal_of(None) };

    let on_view = Callback::new(move |(view, bbox): (View, BBox)| {
        shown.set(Some((view, bbox)));
        navigation.note_map(view);
    });
    effect(move || {
        let filter = filter.get();
        // Nobody looks at reports meanwhile.
        if on_participants.get() {
            return listing.widen();
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
    Drawing { listing, ground: stage.ground, shown, filter, hidden: on_participants }.begin();
    let on_press = reports::press(listing, shown, filter, go_to);

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
            <button type="button" class="button tool-search" aria-haspopup="dialog" on:click=on(move |_| open_soon(searching))>
                <Icon name="search" />{speech.say(Words::search_open)}
            </button>
            <button type="button" class="button" id=FILTER_BUTTON aria-haspopup="dialog" on:click=on(move |_| open_soon(filtering))>
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
    // Of a list that is narrowed to a spot there is no other picture.
    let turn_heat = move |_| {
        listing.widen();
        listing.heat.update(|heat| *heat = !*heat);
    };
    let heat = view! {
        <button type="button" class="map-button map-heat" hidden=flag(move || on_participants.get())
            aria-pressed=aria(move || listing.heat.get()) on:click=on(turn_heat)
            aria-label=speech.say(Words::map_heat) title=speech.say(Words::map_heat)>
            <Icon name="heat" />
        </button>
        {dynamic(move || (listing.heat.get() && !on_participants.get()).then(|| {
            later_quiet(Box::new(move || heat::coming(listing, stage.ground)))
        }))}
    }
    .into_part();
    view! {
        <div class="home" data-participants=aria(move || on_participants.get())
            data-sheet=text(move || listing.height.get().as_str().to_owned())
            on:mouseover=|event| lit::light(&event) on:focusin=|event| lit::light(&event)>
            <h1 class="unseen">{either(Words::home_title, Words::layer_title)}</h1>
            {tools}
            <section class="home-map">
                <ReportsMap start go_to me ground=stage.ground on_view on_press />
                <Locate me go_to />
                {heat}
            </section>
            <List filter stage title=either(Words::home_list, Words::layer_title) />
            <Panel open=searching title=Words::search_title id="search-title" content=search />
            <Panel open=filtering title=Words::filter_title id="filter-title" content=filters />
        </div>
    }
}

/// Opens a panel, whose content takes a slow phone longer than a press should.
fn open_soon(open: RwSignal<bool>) {
    soon(move || {
        open.try_set(true);
    });
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
