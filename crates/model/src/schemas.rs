//! The rules of `submission` once more, as JSON Schema: what the OpenAPI document says is what the server does.
//!
//! White space around a text is cut off before it is looked at, so the patterns let it pass.

use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};

use crate::flag::FLAG_NOTE_MAX;
use crate::submission::{ADDRESS_MAX, DESCRIPTION_MAX, EMAIL_MAX, NAME_MAX, PHONE_MAX};

/// White space that is no control character (Unicode's `White_Space`, as `str::trim` knows it).
const SPACES: &str = r"\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";

/// Zero or more characters of white space.
fn space() -> String {
    format!(r"[\u0009-\u000d \u0085{SPACES}]*")
}

/// Characters that turn the direction of what follows, which count as control characters.
const TURNS: &str = r"\u202a-\u202e";

/// Characters that are no white space and show nothing all the same.
const INVISIBLE: &str = r"\u00ad\u200b-\u200f\u2060\u2800\u3164\ufeff";

/// One character that is neither white space nor a control character, nor one of `others`.
fn solid(others: &str) -> String {
    format!(r"[^\u0000-\u0020\u007f-\u009f{TURNS}{SPACES}{others}]")
}

/// At least one visible character among those of `inside`.
fn text(inside: &str) -> String {
    let visible = solid(INVISIBLE);
    format!("{inside}*{visible}{inside}*")
}

fn string(max: usize, pattern: &str, example: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .max_length(Some(max))
        .pattern(Some(format!("^{}{pattern}{}$", space(), space())))
        .examples([example])
        .build()
}

/// What is blank counts as not given, and so does null.
fn optional(max: usize, pattern: &str, example: &str) -> Object {
    let mut schema = string(max, &format!("(?:{pattern})?"), example);
    schema.schema_type = SchemaType::from_iter([Type::String, Type::Null]);
    schema
}

/// Characters of a text that may have several lines.
const LINES: &str = r"[^\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e]";

/// Several lines, at least one character in all.
pub(crate) fn description() -> Object {
    let example = "Lubang besar di depan pasar.\nSudah dua minggu.";
    let mut schema = string(DESCRIPTION_MAX, &text(LINES), example);
    schema.min_length = Some(1);
    schema.description = Some(
        "1 to 4,000 characters after trimming; line breaks, but no other control characters.".to_owned(),
    );
    schema
}

fn line(max: usize, example: &str) -> Object {
    optional(max, &text(r"[^\u0000-\u001f\u007f-\u009f\u202a-\u202e]"), example)
}

/// More about a flag, in several lines.
pub(crate) fn note() -> Object {
    optional(FLAG_NOTE_MAX, &text(LINES), "Nomor pelat mobil terlihat jelas.")
}

/// A place in words.
pub(crate) fn address() -> Object {
    line(ADDRESS_MAX, "Jl. Asia Afrika 65, depan pasar")
}

/// A person's name.
pub(crate) fn name() -> Object {
    line(NAME_MAX, "Siti Aminah")
}

/// An e-mail address: a name, one `@`, a domain with a dot in it and none at its end.
pub(crate) fn email() -> Object {
    let (character, last) = (solid("@"), solid("@."));
    optional(EMAIL_MAX, &format!(r"{character}+@{character}*\.{character}*{last}"), "siti@contoh.id")
}

/// A telephone number: five digits or more, and what people write between them.
pub(crate) fn phone() -> Object {
    optional(PHONE_MAX, r"[ +().\-]*(?:[0-9][ +().\-]*){5,}", "+62 812 3456")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Category, Contact, Dimension, Flag, FlagReason, Localized, Rules, Submission, Timestamp};

    fn takes(schema: &Object, text: &str) -> bool {
        let schema = serde_json::to_value(schema).unwrap();
        jsonschema::draft202012::is_valid(&schema, &serde_json::json!(text))
    }

    fn right(change: impl FnOnce(&mut Submission)) -> bool {
        let name = Localized { id: "Jalan rusak".into(), en: "Damaged road".into() };
        let category =
            Category { code: "road".into(), name, dimension: Dimension::Living, attributes: Vec::new() };
        let mut submission = Submission::new("road", "Lubang", -6.9, 107.6);
        change(&mut submission);
        let rules = Rules { categories: &[category], now: Timestamp::from_millis(1_790_000_000_000) };
        submission.normalized().check(rules).is_empty()
    }

    proptest! {
        /// Made of what the patterns tell apart: letters, signs, both kinds of space, control characters,
        /// what shows nothing, what turns the direction.
        #[test]
        fn the_patterns_say_what_the_rules_do(text in "[a1@.+() \t\n\r\u{85}\u{a0}\u{2028}\u{7}\u{9b}\u{ad}\u{200b}\u{2060}\u{2800}\u{3164}\u{feff}\u{202a}\u{202e}\u{2066}é🕳-]{0,9}") {
            let some = || Some(text.clone());
            let contact = |email, phone| Some(Contact { email, phone });
            prop_assert_eq!(takes(&description(), &text), right(|s| s.description = text.clone()), "description");
            prop_assert_eq!(takes(&address(), &text), right(|s| s.address = some()), "address");
            let flag = Flag { reason: FlagReason::Other, note: some() }.normalized();
            prop_assert_eq!(takes(&note(), &text), flag.check().is_empty(), "note");
            prop_assert_eq!(takes(&name(), &text), right(|s| s.name = some()), "name");
            prop_assert_eq!(takes(&email(), &text), right(|s| s.contact = contact(some(), None)), "email");
            prop_assert_eq!(takes(&phone(), &text), right(|s| s.contact = contact(None, some())), "phone");
        }
    }
}
