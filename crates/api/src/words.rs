//! The API's sentences for people, from `locales/`, in the language the caller asks for.

use std::{collections::BTreeMap, sync::LazyLock};

use axum::http::{HeaderMap, header};
use serde::Deserialize;

/// A language the API answers in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// Indonesian, the default.
    Indonesian,
    /// English.
    English,
}

/// The part of a locale file that the API speaks from.
#[derive(Deserialize)]
struct Locale {
    problem: BTreeMap<String, String>,
    field: BTreeMap<String, String>,
    app: AppWords,
    report: ReportWords,
}

/// Of the portal's words those that its page needs before the portal runs.
#[derive(Deserialize)]
struct AppWords {
    title: String,
}

#[derive(Deserialize)]
struct ReportWords {
    demo: String,
}

static LOCALES: LazyLock<[Option<Locale>; 2]> = LazyLock::new(|| {
    // A locale that cannot be read leaves codes in place of sentences; a unit test keeps it from being released.
    [include_str!("../../../locales/id.json"), include_str!("../../../locales/en.json")]
        .map(|text| serde_json::from_str(text).ok())
});

impl Language {
    /// Every language, the default first.
    pub(crate) const ALL: [Self; 2] = [Self::Indonesian, Self::English];

    /// Its BCP 47 tag.
    #[must_use]
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Indonesian => "id",
            Self::English => "en",
        }
    }

    /// The first language of `Accept-Language` that we speak, by its weight; Indonesian when there is none.
    #[must_use]
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let accepted =
            headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
        let mut best: (f32, Self) = (0.0, Self::Indonesian);
        for choice in accepted.split(',') {
            let (tag, parameters) = choice.split_once(';').unwrap_or((choice, ""));
            let weight = parameters.trim().strip_prefix("q=").unwrap_or("1").trim().parse().unwrap_or(0.0);
            let primary = tag.trim().split('-').next().unwrap_or("");
            let known = Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary));
            if let Some(language) = known
                && weight > best.0
            {
                best = (weight, language);
            }
        }
        best.1
    }

    /// The title of a kind of problem.
    #[must_use]
    pub(crate) fn problem(self, name: &str) -> String {
        self.locale().and_then(|locale| locale.problem.get(name)).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// What is wrong with a field.
    #[must_use]
    pub(crate) fn field(self, code: &str) -> String {
        self.locale().and_then(|locale| locale.field.get(code)).cloned().unwrap_or_else(|| code.to_owned())
    }

    /// What stands in the browser's tab above a page of this heading.
    #[must_use]
    pub(crate) fn page_title(self, heading: &str) -> String {
        self.locale().map_or_else(|| heading.to_owned(), |locale| locale.app.title.replace("{page}", heading))
    }

    /// The label of demo data.
    #[must_use]
    pub(crate) fn demo(self) -> &'static str {
        self.locale().map_or("demo", |locale| &locale.report.demo)
    }

    fn locale(self) -> Option<&'static Locale> {
        match self {
            Self::Indonesian => LOCALES[0].as_ref(),
            Self::English => LOCALES[1].as_ref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(accepted: &str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, accepted.parse().unwrap());
        Language::of(&headers)
    }

    #[test]
    fn the_heaviest_language_we_speak_wins() {
        assert_eq!(of("en-GB,en;q=0.9"), Language::English);
        assert_eq!(of("de,en;q=0.3,id;q=0.7"), Language::Indonesian);
        assert_eq!(of("id; q=0.1, en ; q=0.9"), Language::English);
        assert_eq!(of("fr"), Language::Indonesian);
        assert_eq!(of("en;q=0"), Language::Indonesian);
        assert_eq!(Language::of(&HeaderMap::new()), Language::Indonesian);
    }

    #[test]
    fn both_locales_can_be_read() {
        for language in Language::ALL {
            assert!(language.locale().is_some(), "{language:?}");
        }
    }
}
