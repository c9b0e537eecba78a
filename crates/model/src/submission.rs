//! A report on its way in: what a citizen sends, and the rules it must keep.

use serde::{Deserialize, Serialize};

use crate::timestamp::{CLOCK_SKEW_MS, YEAR_2000_MS};
use crate::{
    AttributeValue, Attributes, Category, FieldCode, FieldError, PhotoId, Position, PositionError, Timestamp,
    Visibility, answers,
};

/// Characters (Unicode scalar values) of a description, after trimming.
pub(crate) const DESCRIPTION_MAX: usize = 4000;
pub(crate) const ADDRESS_MAX: usize = 300;
pub(crate) const NAME_MAX: usize = 100;
pub(crate) const PHOTOS_MAX: usize = 3;
/// The longest address a mail server takes (RFC 5321, section 4.5.3.1.3).
pub(crate) const EMAIL_MAX: usize = 254;
pub(crate) const PHONE_MAX: usize = 30;

/// The body of `PUT /reports/{id}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
        "category": "road",
        "description": "Lubang besar di depan pasar.\nSudah dua minggu.",
        "lat": -6.9175,
        "lng": 107.6191,
        "address": "Jl. Asia Afrika 65, depan pasar",
        "visibility": "public",
        "name": "Siti Aminah",
        "contact": { "email": "siti@contoh.id" },
        "observed_at": "2026-11-21T23:10:00Z",
        "jurisdiction": "32.73",
        "secret": "0123456789abcdef0123456789abcdef",
    })))]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// The code of a category that `/site` lists.
    pub category: String,
    /// 1 to 4,000 characters after trimming; line breaks, but no other control characters.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schemas::description))]
    pub description: String,
    /// Degrees north, WGS84.
    #[cfg_attr(feature = "openapi", schema(minimum = -90, maximum = 90))]
    pub lat: f64,
    /// Degrees east, WGS84.
    #[cfg_attr(feature = "openapi", schema(minimum = -180, maximum = 180))]
    pub lng: f64,
    /// The place in words, one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schemas::address))]
    pub address: Option<String>,
    /// Answers to the category's questions.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
    /// Ids of up to three photos that this device has sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_items = 3))]
    pub photos: Vec<PhotoId>,
    /// Who may see it.
    #[serde(default)]
    pub visibility: Visibility,
    /// The reporter's name; shown only on a public report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schemas::name))]
    pub name: Option<String>,
    /// For the agency only, never public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// When the citizen saw the problem, not before 2000-01-01T00:00:00Z.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_at: Option<Timestamp>,
    /// A hint at the government it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<String>,
    /// 128 random bits that stay on the phone, as 22 to 64 visible ASCII characters (the portal sends 32
    /// hexadecimal digits): with them a report that was sent under a token since renewed is still the same
    /// device's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 22, max_length = 64, pattern = "^[!-~]*$"))]
    pub secret: Option<String>,
}

/// How the agency reaches the reporter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// An e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schemas::email))]
    pub email: Option<String>,
    /// A telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::schemas::phone))]
    pub phone: Option<String>,
}

/// What a submission is held against.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// The categories that are offered.
    pub categories: &'a [Category],
    /// The time it is, by whoever checks.
    pub now: Timestamp,
}

impl Submission {
    /// A report with what every report has: an anonymous one, with nothing optional in it.
    #[must_use]
    pub fn new(category: impl Into<String>, description: impl Into<String>, lat: f64, lng: f64) -> Self {
        Self {
            category: category.into(),
            description: description.into(),
            lat,
            lng,
            address: None,
            attributes: Attributes::new(),
            photos: Vec::new(),
            visibility: Visibility::default(),
            name: None,
            contact: None,
            observed_at: None,
            jurisdiction: None,
            secret: None,
        }
    }

    /// Trims every text and drops those that are empty then, so that what is checked is what is kept.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        // A form on another system may break lines with CR LF; readers of the JSON should meet one kind only.
        self.description = self.description.trim().replace("\r\n", "\n");
        let filled = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        self.address = filled(self.address);
        self.name = filled(self.name);
        for answer in self.attributes.values_mut() {
            // A blank answer stays, to be told as one: whoever names a question means to answer it.
            if let AttributeValue::Text(text) = answer {
                *text = text.trim().replace("\r\n", "\n");
            }
        }
        self.contact = self
            .contact
            .map(|contact| Contact { email: filled(contact.email), phone: filled(contact.phone) })
            .filter(|contact| *contact != Contact::default());
        self
    }

    /// Everything that is wrong, in the order of the form; nothing when it may be sent.
    ///
    /// Photos are only counted: whether they are there is for the server to say.
    #[must_use]
    pub fn check(&self, rules: Rules<'_>) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, code: FieldCode| errors.push(FieldError::new(field, code));

        match Position::new(self.lat, self.lng) {
            Ok(_) => {}
            Err(PositionError::Lat) => wrong("lat", FieldCode::OutOfRange),
            Err(PositionError::Lng) => wrong("lng", FieldCode::OutOfRange),
        }
        let category = rules.categories.iter().find(|category| category.code == self.category);
        if category.is_none() {
            let code = if self.category.is_empty() { FieldCode::Blank } else { FieldCode::Unknown };
            wrong("category", code);
        }
        if let Some(code) = text_error(&self.description, DESCRIPTION_MAX, Lines::Many) {
            wrong("description", code);
        }
        for (field, text, max) in [("address", &self.address, ADDRESS_MAX), ("name", &self.name, NAME_MAX)] {
            if let Some(code) = text.as_deref().and_then(|text| text_error(text, max, Lines::One)) {
                wrong(field, code);
            }
        }
        let questions = category.map_or(&[][..], |category| &category.attributes);
        answers::check(questions, &self.attributes, |code, what| wrong(&format!("attributes.{code}"), what));
        if self.photos.len() > PHOTOS_MAX {
            wrong("photos", FieldCode::TooMany);
        }
        if let Some(contact) = &self.contact {
            if let Some(code) = contact.email.as_deref().and_then(email_error) {
                wrong("contact.email", code);
            }
            if let Some(code) = contact.phone.as_deref().and_then(phone_error) {
                wrong("contact.phone", code);
            }
        }
        match self.observed_at.map(Timestamp::millis) {
            Some(at) if at > rules.now.millis() + CLOCK_SKEW_MS => wrong("observed_at", FieldCode::Future),
            // A clock that was never set, not a citizen who remembers.
            Some(at) if at < YEAR_2000_MS => wrong("observed_at", FieldCode::OutOfRange),
            _ => {}
        }
        if self.secret.as_deref().is_some_and(|secret| !is_secret(secret)) {
            wrong("secret", FieldCode::Malformed);
        }
        errors
    }
}

/// Whether a text may have several lines.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Lines {
    One,
    Many,
}

/// What is wrong with a text of at most `max` characters.
pub(crate) fn text_error(text: &str, max: usize, lines: Lines) -> Option<FieldCode> {
    let text = text.trim();
    let line_break = |c: char| lines == Lines::Many && matches!(c, '\n' | '\r');
    if text.chars().all(is_invisible) {
        Some(FieldCode::Blank)
    } else if text.chars().any(|c| is_control(c) && !line_break(c)) {
        Some(FieldCode::ControlCharacter)
    } else if text.chars().count() > max {
        Some(FieldCode::TooLong)
    } else {
        None
    }
}

/// White space, and what a font shows nothing for: a text of these alone says nothing.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{2800}' | '\u{3164}' | '\u{feff}')
}

/// Unicode's control characters, and those that turn the direction of all that follows: with them a text reads
/// otherwise than it is written. The isolates (U+2066 to U+2069) do what honest texts need.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}')
}

/// Only what every address has: whether mail arrives there is known by sending it.
fn email_error(email: &str) -> Option<FieldCode> {
    let shaped = email.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.contains('@') && !domain.ends_with('.')
    });
    match text_error(email, EMAIL_MAX, Lines::One) {
        None if !shaped || email.trim().contains(char::is_whitespace) => Some(FieldCode::Malformed),
        other => other,
    }
}

fn phone_error(phone: &str) -> Option<FieldCode> {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let shaped = digits >= 5 && phone.trim().chars().all(|c| c.is_ascii_digit() || " +-().".contains(c));
    match text_error(phone, PHONE_MAX, Lines::One) {
        None if !shaped => Some(FieldCode::Malformed),
        other => other,
    }
}

fn is_secret(text: &str) -> bool {
    (22..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dimension, Localized};

    fn categories() -> Vec<Category> {
        let name = Localized { id: "Jalan rusak".into(), en: "Damaged road".into() };
        vec![Category { code: "road".into(), name, dimension: Dimension::Living, attributes: Vec::new() }]
    }

    fn submission() -> Submission {
        Submission::new("road", "Lubang besar di depan pasar.\nSudah dua minggu.", -6.9, 107.6)
    }

    fn errors(submission: Submission) -> Vec<(String, FieldCode)> {
        let categories = categories();
        let rules = Rules { categories: &categories, now: Timestamp::from_millis(1_790_000_000_000) };
        submission.normalized().check(rules).into_iter().map(|e| (e.field, e.code)).collect()
    }

    fn one(field: &str, code: FieldCode) -> Vec<(String, FieldCode)> {
        vec![(field.to_owned(), code)]
    }

    #[test]
    fn a_plain_report_is_right() {
        assert_eq!(errors(submission()), []);
    }

    #[test]
    fn the_description_has_bounds_in_characters_not_bytes() {
        let with = |description: String| errors(Submission { description, ..submission() });
        assert_eq!(with("é".repeat(4000)), []);
        assert_eq!(with(format!("  {}  ", "a".repeat(4000))), []);
        assert_eq!(with("a".repeat(4001)), one("description", FieldCode::TooLong));
        assert_eq!(with(" \n ".into()), one("description", FieldCode::Blank));
        assert_eq!(with("a\u{7}b".into()), one("description", FieldCode::ControlCharacter));
        assert_eq!(with("<b>tebal</b>".into()), []);
    }

    #[test]
    fn a_text_that_shows_nothing_is_blank() {
        let with = |description: String| errors(Submission { description, ..submission() });
        for nothing in "\u{ad}\u{200b}\u{200c}\u{200f}\u{2060}\u{2800}\u{3164}\u{feff}".chars() {
            assert_eq!(
                with(format!("{nothing} {nothing}")),
                one("description", FieldCode::Blank),
                "{nothing:?}"
            );
            assert_eq!(with(format!("{nothing}a")), [], "{nothing:?}");
        }
        assert_eq!(
            errors(Submission { name: Some("\u{200b}".into()), ..submission() }),
            one("name", FieldCode::Blank)
        );
    }

    #[test]
    fn a_text_may_not_turn_the_direction_of_what_follows_it() {
        let with = |description: String| errors(Submission { description, ..submission() });
        for turn in '\u{202a}'..='\u{202e}' {
            let wrong = one("description", FieldCode::ControlCharacter);
            assert_eq!(with(format!("gpj.{turn}exe")), wrong, "{turn:?}");
        }
        assert_eq!(with("\u{2066}ثقب\u{2069}".into()), []);
    }

    #[test]
    fn places_that_are_not_on_the_earth() {
        assert_eq!(errors(Submission { lat: 91.0, ..submission() }), one("lat", FieldCode::OutOfRange));
        assert_eq!(errors(Submission { lng: f64::NAN, ..submission() }), one("lng", FieldCode::OutOfRange));
    }

    #[test]
    fn what_nobody_asked_or_offered_is_refused() {
        assert_eq!(
            errors(Submission { category: "ufo".into(), ..submission() }),
            one("category", FieldCode::Unknown)
        );
        let attributes = Attributes::from([("colour".into(), crate::AttributeValue::Text("red".into()))]);
        assert_eq!(
            errors(Submission { attributes, ..submission() }),
            one("attributes.colour", FieldCode::Unknown)
        );
    }

    #[test]
    fn answers_are_kept_trimmed() {
        let typed = crate::AttributeValue::Text(" LT-07\r\n".into());
        let kept = crate::AttributeValue::Text("LT-07".into());
        let attributes = Attributes::from([("pole".into(), typed)]);
        assert_eq!(Submission { attributes, ..submission() }.normalized().attributes["pole"], kept);
    }

    #[test]
    fn contact_is_checked_only_for_its_form() {
        let with = |email: &str, phone: &str| {
            let contact = Contact { email: Some(email.into()), phone: Some(phone.into()) };
            errors(Submission { contact: Some(contact), ..submission() })
        };
        assert_eq!(with("siti@contoh.id", "+62 812-3456"), []);
        assert_eq!(with("", " "), []);
        assert_eq!(with("siti", "08123456"), one("contact.email", FieldCode::Malformed));
        assert_eq!(with("siti@contoh.id", "nol delapan"), one("contact.phone", FieldCode::Malformed));
    }

    #[test]
    fn the_rest_of_the_form() {
        let photos: Vec<_> =
            (0..4).map(|n| PhotoId::from_parts(Timestamp::from_millis(1_790_000_000_000), [n; 10])).collect();
        assert_eq!(errors(Submission { photos, ..submission() }), one("photos", FieldCode::TooMany));
        let later = Timestamp::from_millis(1_790_000_000_000 + 2 * CLOCK_SKEW_MS);
        assert_eq!(
            errors(Submission { observed_at: Some(later), ..submission() }),
            one("observed_at", FieldCode::Future)
        );
        let at = |text: &str| errors(Submission { observed_at: Some(text.parse().unwrap()), ..submission() });
        assert_eq!(at("1999-12-31T23:59:59Z"), one("observed_at", FieldCode::OutOfRange));
        assert_eq!(at("2000-01-01T00:00:00Z"), []);
        assert_eq!(
            errors(Submission { secret: Some("short".into()), ..submission() }),
            one("secret", FieldCode::Malformed)
        );
        assert_eq!(
            errors(Submission { name: Some("Siti\nAminah".into()), ..submission() }),
            one("name", FieldCode::ControlCharacter)
        );
    }
}
