//! A draft as the report that the server gets.

use js_sys::Date;
use model::{
    AttributeDatatype as Kind, AttributeValue, Attributes, Category, Contact, Degrees, FieldCode, FieldError,
    Jurisdiction, Rules, Submission, Timestamp, Visibility,
};

use super::{Draft, draft::answer_key};
use crate::words::{Language, Words};

/// What a draft is held against, and the words it is completed in.
#[derive(Clone, Copy)]
pub(crate) struct Terms<'a> {
    /// The categories that are offered.
    pub(crate) categories: &'a [Category],
    /// The governments that take reports.
    pub(crate) jurisdictions: &'a [Jurisdiction],
    /// The language the citizen reads.
    pub(crate) words: Words,
    /// The time it is, by this device.
    pub(crate) now: Timestamp,
}

impl Draft {
    /// What would be sent. Answers to the questions of other categories, and a name that is not to be shown, stay here.
    pub(crate) fn submission(&self, terms: &Terms<'_>) -> Submission {
        let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.trim().is_empty());
        let government = self.government(terms);
        // Without a place there is no position to check: NaN is what the rules call out of range.
        let [lat, lng] = match (self.by_words, government) {
            (true, place) => place.map(|place| place.center),
            (false, _) => self.place,
        }
        .unwrap_or([f64::NAN; 2]);
        let mut address = filled(&self.address);
        if let (Some(address), Some(government)) = (&mut address, government) {
            // Whoever reads the report must not take the middle of a city for the place of the problem. It becomes part
            // of what everybody reads, so it is said in the language of the site, not in that of who reports.
            let said = Words::new(Language::Indonesian).new_only_center(&government.name);
            *address = format!("{} ({said})", address.trim());
        }
        let submission = Submission {
            address,
            attributes: self.attributes(terms),
            photos: self.photos.clone(),
            visibility: self.visibility,
            name: filled(&self.name).filter(|_| self.visibility == Visibility::Public),
            contact: Some(Contact { email: filled(&self.email), phone: filled(&self.phone) }),
            jurisdiction: government.or_else(|| around([lat, lng], terms)).map(|place| place.code.clone()),
            secret: Some(self.secret.clone()),
            ..Submission::new(&self.category, &self.description, lat, lng)
        };
        submission.normalized()
    }

    /// What is wrong with it, by the model's rules, and by those of a form that lets a citizen leave out the map.
    pub(super) fn errors(&self, submission: &Submission, terms: &Terms<'_>) -> Vec<FieldError> {
        let blank = |field: &str| FieldError::new(field, FieldCode::Blank);
        let mut errors = Vec::new();
        let mut found = submission.check(Rules { categories: terms.categories, now: terms.now });
        if self.by_words {
            // There is no pin to move: what is missing is the jurisdiction whose centre stands for the place.
            found.retain(|error| !matches!(error.field.as_str(), "lat" | "lng"));
            errors.extend(self.government(terms).is_none().then(|| blank("jurisdiction")));
            errors.extend(submission.address.is_none().then(|| blank("address")));
        }
        let nameless = self.visibility == Visibility::Public && submission.name.is_none();
        errors.extend(found);
        errors.extend(nameless.then(|| blank("name")));
        errors
    }

    /// The jurisdiction that goes with a place in words.
    fn government<'a>(&self, terms: &Terms<'a>) -> Option<&'a Jurisdiction> {
        let chosen = || terms.jurisdictions.iter().find(|place| place.code == self.jurisdiction);
        self.by_words.then(chosen).flatten()
    }

    fn attributes(&self, terms: &Terms<'_>) -> Attributes {
        let category = terms.categories.iter().find(|category| category.code == self.category);
        let questions = category.map_or(&[][..], |category| &category.attributes);
        let mut attributes = Attributes::new();
        for question in questions.iter().filter(|question| question.variable) {
            let typed = self.answers.get(&answer_key(&self.category, &question.code));
            if let Some(value) = typed.and_then(|typed| value(question.datatype, typed, terms)) {
                attributes.insert(question.code.clone(), value);
            }
        }
        attributes
    }
}

/// The jurisdiction that a pin most likely lies in: of those whose box holds it, the one whose centre is nearest. Only a
/// hint; where the operator has boundaries, they decide.
fn around<'a>([lat, lng]: [f64; 2], terms: &Terms<'a>) -> Option<&'a Jurisdiction> {
    let holds = |place: &&Jurisdiction| {
        let [west, south, east, north] = place.bbox;
        (west..=east).contains(&lng) && (south..=north).contains(&lat)
    };
    let far = |place: &Jurisdiction| (place.center[0] - lat).powi(2) + (place.center[1] - lng).powi(2);
    let holding = terms.jurisdictions.iter().filter(holds);
    holding.min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// A number as the language writes it, with a point before its decimals: `1.500` is fifteen hundred in Indonesian, and one
/// and a half in English.
fn plain_number(text: &str, language: Language) -> String {
    let grouping = if language == Language::Indonesian { '.' } else { ',' };
    let mut groups = text.split(grouping);
    let leads = groups.next().is_some_and(|first| matches!(first.len(), 1..=3) && first != "0");
    let grouped =
        leads && groups.all(|group| group.split([',', '.']).next().is_some_and(|part| part.len() == 3));
    let text = if grouped { text.replace(grouping, "") } else { text.to_owned() };
    text.replace(',', ".")
}

/// An answer of its kind from what was typed; none where nothing was. What cannot be read goes on as it is, so that the
/// rules call it wrong.
fn value(kind: Kind, typed: &[String], terms: &Terms<'_>) -> Option<AttributeValue> {
    let first = typed.first().map(|text| text.trim()).unwrap_or_default();
    if first.is_empty() {
        return None;
    }
    Some(match kind {
        Kind::MultiValueList => AttributeValue::Keys(typed.to_vec()),
        Kind::Number => match plain_number(first, terms.words.language()).parse() {
            Ok(Degrees(number)) => AttributeValue::Number(number),
            Err(_) => AttributeValue::Text(first.to_owned()),
        },
        Kind::Datetime => {
            AttributeValue::Text(instant(first, typed.get(1).map_or("", String::as_str), terms.now))
        }
        _ => AttributeValue::Text(first.to_owned()),
    })
}

/// A day and perhaps a time of this device's zone as an instant. Whoever gives no time means the day: noon is of that day
/// in all the zones of the country; today it is not later than now.
fn instant(day: &str, time: &str, now: Timestamp) -> String {
    let known = if time.is_empty() { "12:00" } else { time };
    let millis = Date::new(&format!("{day}T{known}").into()).get_time();
    if millis.is_nan() {
        return day.to_owned();
    }
    let at = Timestamp::from_millis(millis as i64);
    (if time.is_empty() { at.min(now) } else { at }).to_string()
}

#[cfg(test)]
mod tests {
    use model::{AttributeOption, Dimension, Localized};

    use super::*;

    #[test]
    fn a_number_is_read_as_the_language_writes_it() {
        for (typed, indonesian, english) in [
            ("150", "150", "150"),
            ("1.500", "1500", "1.500"),
            ("1,500", "1.500", "1500"),
            ("12.345,5", "12345.5", "12.345.5"),
            ("1,5", "1.5", "1.5"),
            ("0.250", "0.250", "0.250"),
        ] {
            assert_eq!(plain_number(typed, Language::Indonesian), indonesian, "{typed} in Indonesian");
            assert_eq!(plain_number(typed, Language::English), english, "{typed} in English");
        }
    }

    #[test]
    fn a_pin_belongs_to_the_nearest_government_whose_box_holds_it() {
        let place = |code: &str, center: [f64; 2], bbox| Jurisdiction {
            code: code.into(),
            name: code.into(),
            domain: String::new(),
            center,
            bbox,
        };
        let places = [
            place("32.73", [-6.9, 107.6], [107.5, -7.0, 107.7, -6.8]),
            place("32.04", [-7.1, 107.6], [107.2, -7.3, 107.9, -6.8]),
        ];
        let terms = Terms {
            categories: &[],
            jurisdictions: &places,
            words: Words::new(Language::Indonesian),
            now: Timestamp::from_millis(0),
        };
        let code = |pin| around(pin, &terms).map(|place| place.code.as_str());
        assert_eq!(code([-6.91, 107.61]), Some("32.73"));
        assert_eq!(code([-7.2, 107.61]), Some("32.04"));
        assert_eq!(code([-2.0, 118.0]), None);
        assert_eq!(code([f64::NAN; 2]), None, "no pin, no hint");
    }

    /// As the first version of the portal kept it, before there were photos and questions.
    const KEPT_BY_THE_FIRST: &str = r#"{
        "id": "0190163d-8694-739b-aea5-966c26f8ad91", "secret": "0123456789abcdef0123456789abcdef",
        "category": "flood", "description": "Genangan di depan sekolah.", "address": "Jl. Braga",
        "place": [-6.9, 107.6], "sealed": null
    }"#;

    fn draft() -> Draft {
        serde_json::from_str(KEPT_BY_THE_FIRST).unwrap()
    }

    fn text(text: &str) -> Localized {
        Localized { id: text.into(), en: text.into() }
    }

    fn question(code: &str, datatype: Kind) -> model::Attribute {
        model::Attribute {
            variable: true,
            code: code.into(),
            datatype,
            required: false,
            datatype_description: text(""),
            order: 1,
            description: text(code),
            values: vec![AttributeOption { key: "rain".into(), name: text("rain") }],
        }
    }

    /// What would be sent, and what is wrong with it.
    fn letter(draft: &Draft) -> (Submission, Vec<(String, FieldCode)>) {
        let attributes = vec![question("depth", Kind::Number), question("causes", Kind::MultiValueList)];
        let flood =
            Category { code: "flood".into(), name: text("Banjir"), dimension: Dimension::Living, attributes };
        let bandung = Jurisdiction {
            code: "32.73".into(),
            name: "Kota Bandung".into(),
            domain: "bandung.go.id".into(),
            center: [-6.9222, 107.6069],
            bbox: [107.54, -6.98, 107.74, -6.83],
        };
        let terms = Terms {
            categories: &[flood],
            jurisdictions: &[bandung],
            words: Words::new(Language::English),
            now: Timestamp::from_millis(1_790_000_000_000),
        };
        let letter = draft.submission(&terms);
        let errors =
            draft.errors(&letter, &terms).into_iter().map(|error| (error.field, error.code)).collect();
        (letter, errors)
    }

    fn blank(field: &str) -> Vec<(String, FieldCode)> {
        vec![(field.to_owned(), FieldCode::Blank)]
    }

    #[test]
    fn a_draft_of_an_older_portal_can_still_be_sent() {
        let (letter, errors) = letter(&draft());
        assert_eq!(errors, []);
        assert_eq!((letter.lat, letter.lng, letter.address.as_deref()), (-6.9, 107.6, Some("Jl. Braga")));
        assert_eq!(
            (letter.visibility, letter.contact, letter.jurisdiction.as_deref()),
            (Visibility::Anonymous, None, Some("32.73"))
        );
    }

    #[test]
    fn a_place_in_words_is_the_centre_and_says_so() {
        let in_words = Draft { by_words: true, jurisdiction: "32.73".into(), ..draft() };
        let (found, errors) = letter(&in_words);
        assert_eq!(errors, []);
        assert_eq!((found.lat, found.lng, found.jurisdiction.as_deref()), (-6.9222, 107.6069, Some("32.73")));
        let said = "Jl. Braga (titik di peta hanya perkiraan: pusat Kota Bandung)";
        assert_eq!(found.address.as_deref(), Some(said));
        let wordless = Draft { address: " ".into(), ..in_words.clone() };
        assert_eq!(letter(&wordless).1, blank("address"));
        let nowhere = Draft { jurisdiction: String::new(), ..in_words };
        assert_eq!(letter(&nowhere).1, blank("jurisdiction"));
    }

    #[test]
    fn a_name_goes_along_only_where_it_is_shown() {
        let named = Draft { name: "Siti".into(), ..draft() };
        assert_eq!(letter(&named).0.name, None);
        let shown = Draft { visibility: Visibility::Public, ..named };
        assert_eq!(letter(&shown).0.name.as_deref(), Some("Siti"));
        let nameless = Draft { name: String::new(), ..shown };
        assert_eq!(letter(&nameless).1, blank("name"));
    }

    #[test]
    fn answers_are_of_their_kind_and_of_their_category() {
        let mut draft = draft();
        let mut answer = |key: &str, typed: &[&str]| {
            draft.answers.insert(key.into(), typed.iter().map(|text| (*text).to_owned()).collect());
        };
        answer("flood.depth", &["30,5"]);
        answer("flood.causes", &["rain"]);
        answer("road.damage", &["pothole"]);
        let expected = Attributes::from([
            ("depth".into(), AttributeValue::Number(30.5)),
            ("causes".into(), AttributeValue::Keys(vec!["rain".into()])),
        ]);
        assert_eq!(letter(&draft).0.attributes, expected);
        draft.answers.insert("flood.depth".into(), vec!["selutut".into()]);
        assert_eq!(letter(&draft).1, [("attributes.depth".to_owned(), FieldCode::WrongType)]);
    }
}
