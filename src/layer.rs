//! Which half of the map is looked at: as an address says it, and back. Knows no browser.

use std::fmt;

use model::COHORT_YEARS;

/// A half of the map.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Layer {
    /// What citizens report.
    #[default]
    Reports,
    /// Who takes part: until one of [`COHORT_YEARS`], or in any year.
    Participants(Option<u16>),
}

impl Layer {
    /// Reads a query (without its `?`). What is no layer, or no year of one, is passed over.
    pub(crate) fn parse(query: &str) -> Self {
        let year = COHORT_YEARS.into_iter().find(|year| value(query, "year") == Some(&year.to_string()));
        match value(query, "layer") {
            Some("participants") => Self::Participants(year),
            _ => Self::Reports,
        }
    }
}

/// The first value of this name in a query.
pub(crate) fn value<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// A part of an address without the escapes that some apps write for a comma and a colon. Not by `str::replace`: what
/// looks for a text in a text, and what it says when it fails, is 4 KB of the map page (brotli).
pub(crate) fn unescaped(part: &str) -> String {
    let mut pieces = part.split('%');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let sign = |(escape, sign)| Some((sign, piece.strip_prefix(escape)?));
        let (sign, rest) = [("2C", ','), ("2c", ','), ("3A", ':'), ("3a", ':')]
            .into_iter()
            .find_map(sign)
            .unwrap_or(('%', piece));
        plain.push(sign);
        plain.push_str(rest);
    }
    plain
}

/// As a query says it, without the `?`; nothing for the reports.
impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reports => Ok(()),
            Self::Participants(None) => f.write_str("layer=participants"),
            Self::Participants(Some(year)) => write!(f, "layer=participants&year={year}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_layer() {
        let years = COHORT_YEARS.map(|year| Layer::Participants(Some(year)));
        for layer in [Layer::Reports, Layer::Participants(None)].into_iter().chain(years) {
            assert_eq!(Layer::parse(&layer.to_string()), layer);
        }
        assert_eq!(
            Layer::parse("at=1,2,3&year=2019&layer=participants"),
            Layer::Participants(Some(2019)),
            "in any order"
        );
    }

    #[test]
    fn only_the_escapes_of_commas_and_colons_are_undone() {
        assert_eq!(unescaped("a%2Cb%2cc%3Ad%3ae"), "a,b,c:d:e");
        for text in ["", "plain", "%", "100%", "%3Cb%3E", "%2", "é%zé"] {
            assert_eq!(unescaped(text), text);
        }
    }

    #[test]
    fn what_makes_no_sense_is_passed_over() {
        for query in
            ["", "layer", "layer=", "layer=reports", "layer=PARTICIPANTS", "year=2019", "xlayer=participants"]
        {
            assert_eq!(Layer::parse(query), Layer::Reports, "{query}");
        }
        for year in ["2020", "", "02019", "2019.0", "-2019", "semua", "%32019"] {
            let query = format!("layer=participants&year={year}");
            assert_eq!(Layer::parse(&query), Layer::Participants(None), "{query}");
        }
    }
}
