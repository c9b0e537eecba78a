//! Both languages say the same things.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// The forms a plural may have (CLDR). Which of them there are is a language's own: Indonesian has `other` alone.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Every text of a locale by its whole key, `home.newest`; of a plural, the form that every language has.
fn texts(locale: &str) -> BTreeMap<String, String> {
    fn walk(key: &str, value: &Value, into: &mut BTreeMap<String, String>) {
        match value {
            Value::Object(forms) if is_plural(forms) => walk(key, &forms["other"], into),
            Value::Object(fields) => {
                for (name, value) in fields {
                    walk(&[key, name].join(if key.is_empty() { "" } else { "." }), value, into);
                }
            }
            Value::String(text) => assert!(into.insert(key.to_owned(), text.clone()).is_none()),
            other => panic!("{key} is no text but {other}"),
        }
    }
    let mut all = BTreeMap::new();
    walk("", &serde_json::from_str(locale).unwrap(), &mut all);
    all
}

fn is_plural(fields: &Map<String, Value>) -> bool {
    fields.contains_key("other") && fields.keys().all(|name| FORMS.contains(&name.as_str()))
}

/// What a text leaves open: `{count}`.
fn gaps(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// The keys at which two locales do not go together.
fn differences(one: &str, other: &str) -> Vec<String> {
    let (one, other) = (texts(one), texts(other));
    let keys: BTreeSet<_> = one.keys().chain(other.keys()).collect();
    let differs = |key: &&&String| match (one.get(**key), other.get(**key)) {
        (Some(a), Some(b)) => gaps(a) != gaps(b) || a.trim().is_empty() || b.trim().is_empty(),
        _ => true,
    };
    keys.iter().filter(differs).map(|key| (*key).clone()).collect()
}

#[test]
fn both_locales_have_the_same_keys_and_leave_the_same_gaps() {
    let (id, en) = (include_str!("../../locales/id.json"), include_str!("../../locales/en.json"));
    assert_eq!(differences(id, en), [""; 0]);
    assert!(texts(id).len() > 20, "the locales were not read");
}

#[test]
fn a_difference_is_found() {
    let id = r#"{"a": {"b": {"other": "{n} laporan"}, "c": "x"}, "d": "y"}"#;
    let en = r#"{"a": {"b": {"one": "A report", "other": "{n} reports"}, "c": "x"}, "d": "y"}"#;
    assert_eq!(differences(id, en), [""; 0]);
    assert_eq!(differences(id, r#"{"a": {"b": {"other": "{n}"}}, "d": "y"}"#), ["a.c"]);
    assert_eq!(differences(id, r#"{"a": {"b": {"other": "{m}"}, "c": "x"}, "d": " "}"#), ["a.b", "d"]);
    assert_eq!(differences(id, &en.replace("\"c\"", "\"e\"")), ["a.c", "a.e"]);
}
