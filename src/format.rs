//! Numbers and dates as the reader's language writes them, by the browser's own `Intl`.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use model::Timestamp;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::words::{Language, Words};

const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// `12.345` or `12,345`. By hand: a map names a hundred of them in a frame, for which `Intl` takes three.
pub(crate) fn number(words: Words, n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(if words.language() == Language::Indonesian { '.' } else { ',' });
        }
        text.push(digit);
    }
    text
}

/// `1,2 rb` or `1.2k`: a number that has to be short, cut rather than rounded, so that it never says too much.
pub(crate) fn short(words: Words, n: u64) -> String {
    let (unit, say): (u64, fn(Words, &str) -> String) = match n {
        ..1000 => return n.to_string(),
        1000..1_000_000 => (1000, Words::map_thousands),
        _ => (1_000_000, Words::map_millions),
    };
    let (whole, tenth) = (n / unit, n % unit * 10 / unit);
    let comma = if words.language() == Language::Indonesian { ',' } else { '.' };
    let told = if whole < 10 && tenth > 0 { format!("{whole}{comma}{tenth}") } else { whole.to_string() };
    say(words, &told)
}

/// `12.345,5` or `12,345.5`.
pub(crate) fn decimal(words: Words, n: f64) -> String {
    let formatter = Intl::NumberFormat::new(&locales(words), &Object::new());
    apply(&formatter.format(), &JsValue::from_f64(n))
}

/// `12 Maret 2026`.
pub(crate) fn date(words: Words, at: Timestamp) -> String {
    with_style(words, at, &[("dateStyle", "long")])
}

/// The same of a day, `YYYY-MM-DD`; nothing for what is none.
pub(crate) fn day(words: Words, day: &str) -> Option<String> {
    // Its noon in Greenwich is the same day in all of Indonesia, and nearly everywhere else.
    format!("{day}T12:00:00Z").parse().ok().map(|noon| date(words, noon))
}

/// `12 Mar 2026 14.05`, in the reader's time zone.
pub(crate) fn date_time(words: Words, at: Timestamp) -> String {
    with_style(words, at, &[("dateStyle", "medium"), ("timeStyle", "short")])
}

/// `kemarin`, `3 hari yang lalu`; a date once it is older than a month.
pub(crate) fn ago(words: Words, at: Timestamp) -> String {
    recent(words, at).unwrap_or_else(|| date(words, at))
}

/// `3 hari yang lalu · 12 Mar 2026 14.05`: how long ago, and when exactly; the latter alone when it is long ago.
pub(crate) fn moment(words: Words, at: Timestamp) -> String {
    let exact = date_time(words, at);
    recent(words, at).map(|ago| format!("{ago} · {exact}")).unwrap_or(exact)
}

/// How long ago something within the last month was.
fn recent(words: Words, at: Timestamp) -> Option<String> {
    let age = (Date::now() - at.millis() as f64).max(0.0);
    let (value, unit) = match age {
        age if age < MINUTE => return Some(words.app_just_now().to_owned()),
        age if age < HOUR => (age / MINUTE, "minute"),
        age if age < DAY => (age / HOUR, "hour"),
        age if age < 30.0 * DAY => (age / DAY, "day"),
        _ => return None,
    };
    let formatter = Intl::RelativeTimeFormat::new(&locales(words), &options(&[("numeric", "auto")]));
    Some(formatter.format(-value.floor(), unit).into())
}

fn with_style(words: Words, at: Timestamp, style: &[(&str, &str)]) -> String {
    let formatter = Intl::DateTimeFormat::new(&locales(words), &options(style));
    apply(&formatter.format(), &JsValue::from_f64(at.millis() as f64))
}

fn locales(words: Words) -> Array {
    Array::of1(&words.language().tag().into())
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (key, value) in pairs {
        // Setting a property of a plain object does not fail.
        let _ = Reflect::set(&object, &(*key).into(), &(*value).into());
    }
    object
}

fn apply(format: &Function, value: &JsValue) -> String {
    format
        .call1(&JsValue::UNDEFINED, value)
        .ok()
        .and_then(|text| text.dyn_into::<js_sys::JsString>().ok())
        .map_or_else(
            // A browser without the language data writes it plainly.
            || String::from(js_sys::JsString::from(value.clone())),
            String::from,
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDONESIAN: Words = Words::new(Language::Indonesian);
    const ENGLISH: Words = Words::new(Language::English);

    #[test]
    fn thousands_are_parted_as_the_language_parts_them() {
        for (n, indonesian, english) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1000, "1.000", "1,000"),
            (123_456, "123.456", "123,456"),
            (1_234_567, "1.234.567", "1,234,567"),
        ] {
            assert_eq!((number(INDONESIAN, n).as_str(), number(ENGLISH, n).as_str()), (indonesian, english));
        }
    }

    #[test]
    fn a_short_number_never_says_too_much() {
        for (n, indonesian, english) in [
            (999, "999", "999"),
            (1000, "1 rb", "1k"),
            (1999, "1,9 rb", "1.9k"),
            (12_999, "12 rb", "12k"),
            (999_999, "999 rb", "999k"),
            (1_000_000, "1 jt", "1M"),
            (2_560_000, "2,5 jt", "2.5M"),
        ] {
            assert_eq!((short(INDONESIAN, n).as_str(), short(ENGLISH, n).as_str()), (indonesian, english));
        }
    }
}
