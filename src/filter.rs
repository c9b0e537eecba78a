//! Which reports are looked at: as an address says it, and back. Knows no browser.

use std::fmt;

use model::{Sort, Status};

use crate::layer::unescaped;

/// The ages that can be chosen, in days.
pub(crate) const AGES: [u16; 4] = [1, 7, 30, 90];

/// The orders that can be chosen, and their words in an address and in the API.
pub(crate) const ORDERS: [(Sort, &str); 3] =
    [(Sort::Newest, "newest"), (Sort::Supports, "supports"), (Sort::Updated, "updated")];

/// Which reports, in which order. The default is all of them, the newest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Filter {
    /// Of one of these categories, by code; of any where there are none.
    pub(crate) categories: Vec<String>,
    /// Of one of these statuses; of any where there are none.
    pub(crate) statuses: Vec<Status>,
    /// Not older than so many days, one of [`AGES`].
    pub(crate) age: Option<u16>,
    /// Of this jurisdiction, by its code.
    pub(crate) jurisdiction: Option<String>,
    /// The order.
    pub(crate) sort: Sort,
}

impl Filter {
    /// Reads a query (without its `?`). What is no filter, or no value of one, is passed over: an address may be typed
    /// by hand, or come from a portal of another version.
    pub(crate) fn parse(query: &str) -> Self {
        let mut filter = Self::default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let value = unescaped(value);
            let mut words = value.split(',').filter(|word| is_code(word));
            match name {
                "category" => {
                    filter.categories.clear();
                    words.for_each(|code| filter.add_category(code));
                }
                "status" => {
                    let named: Vec<&str> = words.collect();
                    filter.statuses =
                        Status::ALL.into_iter().filter(|status| named.contains(&status.as_str())).collect();
                }
                "age" => filter.age = AGES.into_iter().find(|days| days.to_string() == value),
                "jurisdiction" => filter.jurisdiction = words.next().map(str::to_owned),
                "sort" => filter.sort = order(&value),
                _ => {}
            }
        }
        filter
    }

    /// Adds a category. They stand in the order of their codes: one view has one address, however it was put together.
    pub(crate) fn add_category(&mut self, code: &str) {
        if let Err(at) = self.categories.binary_search_by(|known| known.as_str().cmp(code)) {
            self.categories.insert(at, code.to_owned());
        }
    }

    /// How many conditions it sets; the order is none.
    pub(crate) fn conditions(&self) -> usize {
        self.categories.len()
            + self.statuses.len()
            + usize::from(self.age.is_some())
            + usize::from(self.jurisdiction.is_some())
    }

    /// The same order without any condition.
    pub(crate) fn cleared(&self) -> Self {
        Self { sort: self.sort, ..Self::default() }
    }
}

/// As a query says it, without the `?`; nothing for the default.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let statuses: Vec<&str> = self.statuses.iter().map(|status| status.as_str()).collect();
        let parts = [
            ("category", self.categories.join(",")),
            ("status", statuses.join(",")),
            ("age", self.age.map(|days| days.to_string()).unwrap_or_default()),
            ("jurisdiction", self.jurisdiction.clone().unwrap_or_default()),
            ("sort", if self.sort == Sort::default() { String::new() } else { word(self.sort).to_owned() }),
        ];
        let mut between = "";
        for (name, value) in parts {
            if !value.is_empty() {
                write!(f, "{between}{name}={value}")?;
                between = "&";
            }
        }
        Ok(())
    }
}

/// The word of an order.
pub(crate) fn word(sort: Sort) -> &'static str {
    ORDERS.iter().find(|(order, _)| *order == sort).map_or("", |(_, word)| word)
}

/// The order of a word; the newest first for every other word.
pub(crate) fn order(word: &str) -> Sort {
    ORDERS.iter().find(|(_, known)| *known == word).map(|(order, _)| *order).unwrap_or_default()
}

/// Codes of categories and jurisdictions need no escaping in an address; what would is none of them.
fn is_code(word: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    (1..=40).contains(&word.len()) && word.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_filter() {
        let full = Filter {
            categories: vec!["road".into(), "waste".into()],
            statuses: vec![Status::Received, Status::InProgress],
            age: Some(30),
            jurisdiction: Some("32.73".into()),
            sort: Sort::Supports,
        };
        let query = "category=road,waste&status=received,in_progress&age=30&jurisdiction=32.73&sort=supports";
        assert_eq!(full.to_string(), query);
        assert_eq!(Filter::parse(query), full);
        assert_eq!(full.conditions(), 6);
        assert_eq!(full.cleared(), Filter { sort: Sort::Supports, ..Filter::default() });
        assert_eq!(Filter::default().to_string(), "");
        assert_eq!(Filter::parse(""), Filter::default());
    }

    #[test]
    fn every_choice_comes_back() {
        for days in AGES {
            let filter = Filter { age: Some(days), ..Filter::default() };
            assert_eq!(Filter::parse(&filter.to_string()), filter);
        }
        for (sort, _) in ORDERS {
            let filter = Filter { sort, ..Filter::default() };
            assert_eq!(Filter::parse(&filter.to_string()), filter);
        }
        for status in Status::ALL {
            let filter = Filter { statuses: vec![status], ..Filter::default() };
            assert_eq!(Filter::parse(&filter.to_string()), filter);
        }
    }

    #[test]
    fn the_same_choice_has_one_address() {
        let turned = Filter::parse("sort=newest&status=verified,received&category=waste%2Croad,waste");
        assert_eq!(turned.to_string(), "category=road,waste&status=received,verified");
    }

    #[test]
    fn what_makes_no_sense_is_passed_over() {
        for query in [
            "category=&status=&age=&jurisdiction=&sort=",
            "category=%3Cb%3E&status=nope&age=31&jurisdiction=a b&sort=best",
            "age=-1&age=07&status=RECEIVED&category",
            "&&&=&a=b&at=1,2,3",
        ] {
            assert_eq!(Filter::parse(query), Filter::default(), "{query}");
        }
        assert_eq!(Filter::parse("category=road,<b>,waste").categories, ["road", "waste"]);
    }
}
