//! What people read: every message of `locales/` as a method, in the language of the moment.

use leptos::prelude::*;
use model::{Category, FieldCode, Localized, Status};

use crate::{format, local, ui};

/// A language of the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// The default.
    Indonesian,
    English,
}

impl Language {
    pub(crate) const ALL: [Self; 2] = [Self::Indonesian, Self::English];

    /// Its BCP 47 tag.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Indonesian => "id",
            Self::English => "en",
        }
    }

    fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The one that was chosen here before, else Indonesian.
    pub(crate) fn kept() -> Self {
        local::get(KEPT).and_then(|tag| Self::from_tag(&tag)).unwrap_or(Self::Indonesian)
    }
}

/// Where the chosen language is kept.
const KEPT: &str = "warga.language";

/// A message: what is read in the language of the moment.
pub(crate) type Say = fn(Words) -> &'static str;

/// The messages in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words {
    language: Language,
}

mod messages {
    // One method a message, made by build.rs. One that no page uses is dead code, and fails the build's lints.
    use super::{Words, fill};
    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

impl Words {
    pub(crate) const fn new(language: Language) -> Self {
        Self { language }
    }

    pub(crate) fn language(self) -> Language {
        self.language
    }

    fn pick<T>(self, indonesian: T, english: T) -> T {
        match self.language {
            Language::Indonesian => indonesian,
            Language::English => english,
        }
    }

    /// A counted message: the form is chosen, and the number written, as the language does. English has a form for one,
    /// Indonesian none, and for whole numbers that is all there is to it (Unicode CLDR, plural rules).
    fn plural(self, n: u64, [one, other]: [&str; 2]) -> String {
        let form = if n == 1 { one } else { other };
        fill(form, &[("n", &format::number(self, n))])
    }

    /// The text of the language among those of a table.
    pub(crate) fn of(self, text: &Localized) -> String {
        self.pick(&text.id, &text.en).clone()
    }

    /// The name of a category by its code; the code itself while the table has not arrived.
    pub(crate) fn category(self, categories: &[Category], code: &str) -> String {
        let category = categories.iter().find(|category| category.code == code);
        category.map_or_else(|| code.to_owned(), |category| self.of(&category.name))
    }

    pub(crate) fn status(self, status: Status) -> &'static str {
        match status {
            Status::Received => self.status_received(),
            Status::Verified => self.status_verified(),
            Status::InProgress => self.status_in_progress(),
            Status::Resolved => self.status_resolved(),
            Status::Rejected => self.status_rejected(),
            Status::Duplicate => self.status_duplicate(),
        }
    }

    pub(crate) fn field(self, code: FieldCode) -> &'static str {
        match code {
            FieldCode::Blank => self.field_blank(),
            FieldCode::TooLong => self.field_too_long(),
            FieldCode::TooMany => self.field_too_many(),
            FieldCode::ControlCharacter => self.field_control_character(),
            FieldCode::OutOfRange => self.field_out_of_range(),
            FieldCode::Unknown => self.field_unknown(),
            FieldCode::Repeated => self.field_repeated(),
            FieldCode::Malformed => self.field_malformed(),
            FieldCode::WrongType => self.field_wrong_type(),
            FieldCode::UnknownField => self.field_unknown_field(),
            FieldCode::Missing => self.field_missing(),
            FieldCode::Future => self.field_future(),
            FieldCode::PhotoMissing => self.field_photo_missing(),
            FieldCode::Other => self.field_other(),
        }
    }
}

/// Puts values in place of the names in braces.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The language of the page. Provided once at the root.
#[derive(Clone, Copy)]
pub(crate) struct Speech(RwSignal<Language>);

impl Speech {
    /// Provides the kept language to everything below, and keeps the document's `lang` in step.
    pub(crate) fn provide() -> Self {
        let speech = Self(RwSignal::new(Language::kept()));
        provide_context(speech);
        ui::effect(move || {
            if let Some(root) = document().document_element() {
                // Only fails for a name that is no attribute's.
                let _ = root.set_attribute("lang", speech.0.get().tag());
            }
        });
        speech
    }

    pub(crate) fn speak(self, language: Language) {
        local::set(KEPT, language.tag());
        self.0.set(language);
    }

    /// A message, following the language.
    pub(crate) fn say(self, message: fn(Words) -> &'static str) -> Signal<String> {
        self.text(move |words| message(words).to_owned())
    }

    /// A text made of messages, following the language and whatever else it reads.
    pub(crate) fn text(self, text: impl Fn(Words) -> String + Send + Sync + 'static) -> Signal<String> {
        ui::text(move || text(self.words()))
    }

    /// The messages now, and whenever the language changes.
    pub(crate) fn words(self) -> Words {
        Words::new(self.0.get())
    }
}

/// The language of the page, from wherever below the root.
pub(crate) fn speech() -> Speech {
    ui::provided()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_braces_give_way_to_values() {
        assert_eq!(fill("{a} dari {b}", &[("b", "2"), ("a", "1")]), "1 dari 2");
        assert_eq!(fill("tanpa", &[]), "tanpa");
        assert_eq!(fill("{a}", &[("a", "{b}"), ("b", "no")]), "{b}", "a value is never read as a pattern");
    }

    #[test]
    fn every_code_and_status_speaks_both_languages() {
        for language in Language::ALL {
            let words = Words::new(language);
            assert!(Status::ALL.iter().all(|status| !words.status(*status).is_empty()));
            assert!(!words.field(FieldCode::Blank).is_empty());
        }
        assert_ne!(Words::new(Language::Indonesian).new_title(), Words::new(Language::English).new_title());
    }
}
