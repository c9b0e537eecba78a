//! The pages and their addresses: an enum to URL and back. Knows no browser.

use std::fmt;

use model::{Degrees, ParticipantId, ReportId};

use crate::{
    filter::Filter,
    layer::{self, Layer},
};

/// Where the map looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct View {
    /// Degrees north of its centre.
    pub(crate) lat: f64,
    /// Degrees east of its centre.
    pub(crate) lng: f64,
    /// Leaflet's zoom, 0 to 22.
    pub(crate) zoom: u8,
}

/// What of the map is looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Look {
    /// Where; the whole site where no place is named.
    pub(crate) at: Option<View>,
    /// Reports or participants.
    pub(crate) layer: Layer,
    /// Which of the reports.
    pub(crate) filter: Filter,
}

/// A page of the portal.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Route {
    /// Map and list.
    Home(Look),
    /// One report.
    Report(ReportId),
    /// The form, perhaps with the place that was looked at.
    NewReport(Option<View>),
    /// The Smart City Movement: who takes part.
    Participants,
    /// One participant.
    Participant(ParticipantId),
    /// The Smart Citizen declaration: the pledge, and joining it.
    Declaration,
    /// What there is to read about the portal.
    Text(Text),
    /// Any other address.
    Missing,
}

/// A text about the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    /// What Warga is, and where its data comes from.
    About,
    /// What is sent, seen and kept; erasing what this device keeps.
    Privacy,
    /// Whom the portal is usable for, and what is known to be in the way.
    Accessibility,
}

impl Text {
    pub(crate) const ALL: [Self; 3] = [Self::About, Self::Privacy, Self::Accessibility];

    fn path(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Privacy => "privacy",
            Self::Accessibility => "accessibility",
        }
    }
}

impl Route {
    /// The map at a place, with all its reports.
    pub(crate) fn map_at(view: View) -> Self {
        Self::Home(Look { at: Some(view), ..Look::default() })
    }

    /// The map of the whole site.
    pub(crate) fn whole_map() -> Self {
        Self::Home(Look::default())
    }

    /// Reads an address: the path below the base, without a slash at its start, and the query without its `?`.
    pub(crate) fn parse(path: &str, query: &str) -> Self {
        let view = layer::value(query, "at").and_then(View::parse);
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] | ["index.html"] => {
                Self::Home(Look { at: view, layer: Layer::parse(query), filter: Filter::parse(query) })
            }
            ["reports", "new"] => Self::NewReport(view),
            ["reports", id] => id.parse().map_or(Self::Missing, Self::Report),
            ["participants"] => Self::Participants,
            ["participants", id] => layer::unescaped(id).parse().map_or(Self::Missing, Self::Participant),
            ["declaration"] => Self::Declaration,
            [path] => {
                Text::ALL.into_iter().find(|text| text.path() == *path).map_or(Self::Missing, Self::Text)
            }
            _ => Self::Missing,
        }
    }

    /// The address, relative to the page's base.
    pub(crate) fn href(&self) -> String {
        let at = |view: &Option<View>| view.map(|view| format!("?at={view}")).unwrap_or_default();
        match self {
            Self::Home(look) => {
                let mut href = format!("./{}", at(&look.at));
                for part in [look.layer.to_string(), look.filter.to_string()] {
                    if !part.is_empty() {
                        href.push(if href.contains('?') { '&' } else { '?' });
                        href.push_str(&part);
                    }
                }
                href
            }
            Self::Report(id) => format!("reports/{id}"),
            Self::NewReport(view) => format!("reports/new{}", at(view)),
            Self::Participants => "participants".to_owned(),
            Self::Participant(id) => format!("participants/{id}"),
            Self::Declaration => "declaration".to_owned(),
            Self::Text(text) => text.path().to_owned(),
            Self::Missing => "./".to_owned(),
        }
    }

    /// Whether two addresses show the same page (which then only takes note of what differs).
    pub(crate) fn same_page(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Report(a), Self::Report(b)) => a == b,
            (Self::Participant(a), Self::Participant(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a == b,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl View {
    /// `lat,lng,zoom`; nothing for anything else, since an address may be typed by hand.
    fn parse(text: &str) -> Option<Self> {
        let text = layer::unescaped(text);
        let mut parts = text.split(',');
        let mut degrees = || parts.next()?.parse::<Degrees>().ok();
        let (Degrees(lat), Degrees(lng)) = (degrees()?, degrees()?);
        let zoom = parts.next()?.parse().ok()?;
        let on_the_map = lat.abs() <= 85.06 && lng.abs() <= 180.0 && zoom <= 22 && parts.next().is_none();
        on_the_map.then_some(Self { lat, lng, zoom })
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{},{}", Degrees(self.lat), Degrees(self.lng), self.zoom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_at_its_address() {
        let id = "0190163d-8694-739b-aea5-966c26f8ad91".parse().unwrap();
        let view = View { lat: -6.92222, lng: 107.60694, zoom: 12 };
        let filter = Filter::parse("category=road&age=7");
        for route in [
            Route::whole_map(),
            Route::map_at(view),
            Route::Home(Look { filter: filter.clone(), ..Look::default() }),
            Route::Home(Look { at: Some(view), filter: filter.clone(), ..Look::default() }),
            Route::Home(Look { layer: Layer::Participants(None), ..Look::default() }),
            Route::Home(Look { layer: Layer::Participants(Some(2019)), at: Some(view), filter }),
            Route::Report(id),
            Route::NewReport(None),
            Route::NewReport(Some(view)),
            Route::Participants,
            Route::Participant("kota:32.73".parse().unwrap()),
            Route::Declaration,
            Route::Text(Text::About),
            Route::Text(Text::Privacy),
            Route::Text(Text::Accessibility),
        ] {
            let href = route.href();
            let (path, query) = href.split_once('?').unwrap_or((&href, ""));
            assert_eq!(Route::parse(path.trim_start_matches("./"), query), route);
        }
    }

    #[test]
    fn a_broken_address_is_no_page_and_a_broken_view_is_no_view() {
        assert_eq!(Route::parse("reports/123", ""), Route::Missing);
        assert_eq!(Route::parse("laporan", ""), Route::Missing);
        assert_eq!(Route::parse("participants/32.73", ""), Route::Missing);
        assert_eq!(
            Route::parse("participants/kota%3A32.73", ""),
            Route::Participant("kota:32.73".parse().unwrap())
        );
        assert_eq!(Route::parse("", "at=NaN,1,2"), Route::whole_map());
        assert_eq!(Route::parse("", "at=1,2"), Route::whole_map());
        assert_eq!(Route::parse("", "layer=mars&year=2019"), Route::whole_map());
        assert_eq!(
            Route::parse("", "x=1&at=-6.5%2C107,5"),
            Route::map_at(View { lat: -6.5, lng: 107.0, zoom: 5 })
        );
    }
}
