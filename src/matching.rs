//! Finding a participant by what somebody types: without accents and capitals, and without the spaces on which spellings
//! differ ("Tanjung Pinang", "Tanjungpinang").

use js_sys::JsString;
use model::ParticipantKind;

/// The words with which a region's kind is written before its name.
const KINDS: [(&str, ParticipantKind); 7] = [
    ("kabupaten", ParticipantKind::Kabupaten),
    ("kab", ParticipantKind::Kabupaten),
    ("kota", ParticipantKind::Kota),
    ("deklarator", ParticipantKind::Declarator),
    ("regency", ParticipantKind::Kabupaten),
    ("city", ParticipantKind::Kota),
    ("declarator", ParticipantKind::Declarator),
];

/// What is looked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wanted {
    /// Only this kind, where its word was typed before a name.
    kind: Option<ParticipantKind>,
    words: Vec<String>,
    /// All that was typed, without its spaces: what looks like a kind may begin a name ("Kota Waringin").
    whole: String,
}

/// How well somebody is what is looked for: the first is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Match {
    /// The name begins with it.
    Begins,
    /// It stands in the name.
    InName,
    /// Only together with the province.
    WithProvince,
}

impl Wanted {
    /// Reads what was typed, in small letters and without accents; nothing where that is nothing.
    pub(crate) fn read(folded: &str) -> Option<Self> {
        let mut words: Vec<String> = words(folded).map(str::to_owned).collect();
        let (first, whole) = (words.first()?, words.concat());
        let kind = KINDS.into_iter().find(|(word, _)| word == first).map(|(_, kind)| kind);
        if kind.is_some() {
            words.remove(0);
        }
        Some(Self { kind, words, whole })
    }

    /// Whether somebody is it: of a kind, with a name (of a region also without its kind's word) and a province, both in
    /// small letters and without accents.
    pub(crate) fn is(&self, kind: ParticipantKind, name: &str, province: &str) -> Option<Match> {
        let is_kind = |word: &&str| kind.is_region() && KINDS.iter().any(|(known, _)| known == word);
        let name: String = words(name).skip_while(is_kind).collect();
        if self.kind.is_some() && name.starts_with(&self.whole) {
            return Some(Match::Begins);
        }
        if self.kind.is_some_and(|wanted| wanted != kind) {
            return None;
        }
        let province: String = words(province).collect();
        let whole = self.words.concat();
        if name.starts_with(&whole) {
            Some(Match::Begins)
        } else if name.contains(&whole) {
            Some(Match::InName)
        } else {
            let told = |word: &String| name.contains(word.as_str()) || province.contains(word.as_str());
            (province.contains(&whole) || self.words.iter().all(told)).then_some(Match::WithProvince)
        }
    }
}

/// A text in small letters and without accents, by the browser: the compiler's own tables would be loaded first.
pub(crate) fn folded(text: &str) -> String {
    // U+0300 to U+036F: what normalization form D takes off its letter (Unicode, Combining Diacritical Marks).
    let apart = String::from(JsString::from(text).normalize("NFD").to_lower_case());
    apart.chars().filter(|letter| !('\u{300}'..='\u{36f}').contains(letter)).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ParticipantKind::{Declarator, Kabupaten, Kota};

    fn is(typed: &str, kind: ParticipantKind, name: &str, province: &str) -> Option<Match> {
        Wanted::read(typed)?.is(kind, name, province)
    }

    #[test]
    fn a_kind_may_be_written_in_every_way_and_left_out() {
        for typed in ["kab bandung", "kab. bandung", "kab.bandung", "kabupaten bandung"] {
            assert_eq!(
                is(typed, Kabupaten, "kabupaten bandung", "jawa barat"),
                Some(Match::Begins),
                "{typed}"
            );
            assert_eq!(is(typed, Kota, "kota bandung", "jawa barat"), None, "{typed}");
        }
        assert_eq!(is("bandung", Kabupaten, "kabupaten bandung", "jawa barat"), Some(Match::Begins));
        assert_eq!(is("bandung", Kota, "kota bandung", "jawa barat"), Some(Match::Begins));
        assert_eq!(is("kota bandung", Kabupaten, "kabupaten bandung", "jawa barat"), None);
        assert_eq!(is("kota", Kota, "kota bandung", "jawa barat"), Some(Match::Begins));
        assert_eq!(
            is("kotabaru", Kabupaten, "kabupaten kotabaru", "kalimantan selatan"),
            Some(Match::Begins)
        );
        assert_eq!(is("deklarator aceh", Declarator, "", "aceh"), Some(Match::WithProvince));
        assert_eq!(is("declarator aceh", Declarator, "", "aceh"), Some(Match::WithProvince));
        assert_eq!(is("city bandung", Kota, "kota bandung", "jawa barat"), Some(Match::Begins));
        assert_eq!(is("regency bandung", Kota, "kota bandung", "jawa barat"), None);
        let waringin = ("kabupaten kotawaringin timur", "kalimantan tengah");
        assert_eq!(is("kota waringin", Kabupaten, waringin.0, waringin.1), Some(Match::Begins));
    }

    #[test]
    fn spaces_make_no_difference_and_a_province_helps() {
        assert!(is("tanjung pinang", Kota, "kota tanjungpinang", "kepulauan riau").is_some());
        assert!(is("tanjungpinang", Kota, "kota tanjung pinang", "kepulauan riau").is_some());
        assert_eq!(is("timur", Kabupaten, "kabupaten lombok timur", "ntb"), Some(Match::InName));
        assert_eq!(is("jawa barat", Kota, "kota bogor", "jawa barat"), Some(Match::WithProvince));
        assert_eq!(is("bogor jawa", Kota, "kota bogor", "jawa barat"), Some(Match::WithProvince));
        assert_eq!(is("bogor bali", Kota, "kota bogor", "jawa barat"), None);
        assert!(Match::Begins < Match::InName && Match::InName < Match::WithProvince);
    }

    #[test]
    fn nothing_typed_is_nothing_wanted() {
        assert_eq!(Wanted::read(""), None);
        assert_eq!(Wanted::read(" . "), None);
    }
}
