//! The reports on the map: what is asked for, how it is gathered, what it is called.

use geo::{BinGrid, Frame};
use leptos::prelude::*;
use model::{BBox, TileStatus};

use super::{
    closer::{Press, closer},
    listing::Listing,
    picture::{self, Group, One, Spot},
    tiles::{Sight, Tiles},
};
use crate::{
    client::BriefReport,
    filter::Filter,
    format,
    map::{Ground, Mark, Target},
    navigation::navigation,
    route::{Route, View},
    site::{SiteInfo, site},
    ui::{effect, soon},
    words::{Words, speech},
    world::world,
};

/// Characters of a description that a pin's name tells.
const LABEL: usize = 80;
/// The most things that are drawn on a map.
const MOST: usize = 300;

/// What the reports on the map follow from.
#[derive(Clone, Copy)]
pub(super) struct Drawing {
    pub(super) listing: Listing,
    pub(super) ground: Ground,
    pub(super) shown: RwSignal<Option<(View, BBox)>>,
    pub(super) filter: Memo<Filter>,
    /// Whether something else is looked at.
    pub(super) hidden: Memo<bool>,
}

impl Drawing {
    /// Draws them now and whenever something changes. Not in the middle of a press or of a move: those that change in one
    /// go are drawn in one go, once the picture of the press is out.
    pub(super) fn begin(self) {
        let Self { listing, shown, filter, hidden, .. } = self;
        let (speech, site, tiles) = (speech(), site(), listing.tiles);
        on_cleanup(move || tiles.leave());
        effect(move || match sight(shown) {
            Some(sight) if !hidden.get() && filter.with(in_tiles) => tiles.look_at(sight),
            _ => tiles.leave(),
        });
        let due = StoredValue::new(false);
        effect(move || {
            // All that `draw` reads.
            tiles.arrivals.track();
            tiles.sent.track();
            listing.heat.track();
            listing.reports.track();
            shown.track();
            filter.track();
            hidden.track();
            site.track();
            speech.words();
            if !due.get_value() {
                due.set_value(true);
                soon(move || {
                    // Whoever has left the page meanwhile has taken the map along.
                    if due.try_set_value(false).is_none() {
                        untrack(|| self.draw(speech.words(), site));
                    }
                });
            }
        });
    }

    fn draw(self, words: Words, site: SiteInfo) {
        let Self { listing, ground, shown, filter, hidden } = self;
        let tiles = listing.tiles;
        let Some(sight) = sight(shown) else { return };
        let filter = filter.get();
        let found = if hidden.get() {
            Some((Vec::new(), false))
        } else if in_tiles(&filter) {
            of_tiles(tiles, sight, &filter)
        } else {
            // Neither the age nor the jurisdiction is in a tile: the map shows those that are listed.
            Some((listing.reports.with(|reports| reports.iter().map(of_listed).collect()), false))
        };
        // As long as nothing is known of this place, what was seen before stays.
        let Some((spots, whole)) = found else { return listing.on_map.set(None) };
        let in_frame = |spot: &&Spot| sight.frame.holds(spot.at);
        let reports = spots.iter().filter(in_frame).map(|spot| u64::from(spot.reports)).sum();
        listing.on_map.set(whole.then_some(reports));
        // A list that is narrowed to a spot is not all of the map.
        if !in_tiles(&filter) && listing.narrowed.with(Option::is_some) {
            return;
        }
        let mut marks = Vec::new();
        if listing.heat.get() {
            tiles.note_spots(spots, sight);
        } else {
            let mut groups = picture::groups(spots, sight);
            // Half of a marker may stand in the picture whose middle does not.
            let frame = sight.frame.widened(sight.grid.side() / 2);
            groups.retain(|group| frame.holds(group.whole.at));
            groups.truncate(MOST);
            listing.reports.with(|listed| {
                marks.extend(groups.iter().map(|group| mark(words, site, listed, group, sight)));
            });
            tiles.note(groups, sight);
        }
        ground.draw(&marks);
        listing.drawn.update(|count| *count += 1);
    }
}

/// What is done when a mark is pressed.
pub(super) fn press(
    listing: Listing,
    shown: RwSignal<Option<(View, BBox)>>,
    filter: Memo<Filter>,
    go_to: RwSignal<Option<Target>>,
) -> Callback<String> {
    let navigation = navigation();
    Callback::new(move |key: String| {
        let Some(sight) = untrack(|| sight(shown)) else { return };
        let is_it = |group: &Group, drawn: Sight| key_of(group, drawn.grid) == key;
        let Some(group) = listing.tiles.group(is_it) else { return };
        let Some((view, _)) = shown.get_untracked() else { return };
        match group.whole.one {
            Some(One { id, .. }) => navigation.go(Route::Report(id)),
            None => closer(Press { listing, go_to, filter: filter.get_untracked(), view, sight, group }),
        }
    })
}

/// What the map looks at.
fn sight(shown: RwSignal<Option<(View, BBox)>>) -> Option<Sight> {
    let (view, bbox) = shown.get()?;
    let frame = Frame { from: world(bbox.north, bbox.west), to: world(bbox.south, bbox.east) };
    Some(Sight::new(frame, view.zoom))
}

/// Whether tiles answer a filter.
pub(super) fn in_tiles(filter: &Filter) -> bool {
    filter.age.is_none() && filter.jurisdiction.is_none()
}

/// What the tiles tell, with this device's own reports laid over them, and whether all of them have come.
fn of_tiles(tiles: Tiles, sight: Sight, filter: &Filter) -> Option<(Vec<Spot>, bool)> {
    let own = tiles.sent.own();
    tiles.with(|known| {
        let mut spots = picture::spots(known, sight, filter)?;
        for own in own {
            let at = own.at();
            let there = |spot: &Spot| spot.one.as_ref().is_some_and(|one| one.id == own.id);
            let wanted = (filter.categories.is_empty() || filter.categories.contains(&own.category))
                && (filter.statuses.is_empty() || filter.statuses.contains(&own.status));
            let counted = known.iter().any(|known| {
                sight.around().contains(&known.address) && known.address.holds(at) && known.counts(&own)
            });
            if wanted && !counted && !spots.iter().any(there) {
                let one = One { id: own.id, category: own.category, status: own.status };
                spots.push(Spot::of_one(at, one, own.status.into()));
            }
        }
        Some((spots, picture::is_whole(known, sight)))
    })
}

fn of_listed(report: &BriefReport) -> Spot {
    let one = One { id: report.id, category: report.category.clone(), status: report.status };
    Spot::of_one(world(report.lat, report.lng), one, TileStatus::from(report.status))
}

/// What a group is called while the map moves: a report, or the square of its grid.
fn key_of(group: &Group, grid: BinGrid) -> String {
    match &group.whole.one {
        Some(one) => one.id.to_string(),
        None => format!("{} {} {}", grid.side(), group.square.0, group.square.1),
    }
}

fn mark(words: Words, site: SiteInfo, listed: &[BriefReport], group: &Group, sight: Sight) -> Mark {
    let whole = &group.whole;
    let mut data = Vec::new();
    let (class, mut label, text) = match &whole.one {
        Some(one) => {
            data.push(("data-status", one.status.as_str().to_owned()));
            data.push(("data-report", one.id.to_string()));
            ("pin", name(words, site, listed, one), String::new())
        }
        None => {
            let (reports, open) = (u64::from(whole.reports), u64::from(whole.open));
            let say = if sight.zoom == Sight::CLOSEST { Words::map_spot } else { Words::map_cluster };
            let open_told = format::number(words, open);
            data.push(("--open", format!("{}%", open * 100 / reports.max(1))));
            data.push(("data-size", reports.to_string().len().to_string()));
            let (label, text) =
                (say(words, &words.map_reports(reports), &open_told), format::short(words, reports));
            // Whoever speaks to the page says what is seen.
            ("cluster", if reports < 1000 { label } else { [text.as_str(), &label].join(": ") }, text)
        }
    };
    if whole.old == whole.reports {
        data.push(("data-old", String::new()));
        label = words.map_old(&label);
    }
    Mark { key: key_of(group, sight.grid), at: whole.at, class, label, text, data }
}

/// A report as a screen reader says it; with what the citizen wrote, if the list knows that.
fn name(words: Words, site: SiteInfo, listed: &[BriefReport], one: &One) -> String {
    let (category, status) = (site.category(words, &one.category), words.status(one.status));
    let is_it = |report: &&BriefReport| report.id == one.id;
    match listed.iter().find(is_it) {
        Some(report) => words.map_marker(&category, status, &shortened(&report.description)),
        None => words.map_marker_brief(&category, status),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LABEL) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
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
