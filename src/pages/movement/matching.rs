//! Finding a region by what people write of it: without case, accents and marks, and with "kab." for kabupaten.

use js_sys::JsString;

/// A text without case and accents, as the browser knows them.
pub(super) fn fold(text: &str) -> String {
    // U+0300 to U+036F: what normalization form D takes off its letter (Unicode, Combining Diacritical Marks).
    let apart = String::from(JsString::from(text).normalize("NFD").to_lower_case());
    apart.chars().filter(|letter| !('\u{300}'..='\u{36f}').contains(letter)).collect()
}

/// Whether every word that is looked for begins one of the region's: of its name with its kind, or of its province.
/// Both are folded.
pub(super) fn matches(region: &str, wanted: &str) -> bool {
    words(wanted).all(|wanted| {
        let wanted = if wanted == "kab" { "kabupaten" } else { wanted };
        words(region).any(|word| word.starts_with(wanted))
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_may_be_short_and_in_any_order() {
        let [kabupaten, kota] = ["kabupaten bandung jawa barat", "kota bandung jawa barat"];
        for wanted in
            ["kab. bandung", "kab bandung", "kabupaten bandung", "bandung kab", "bandung, jawa barat", "kabu"]
        {
            assert!(matches(kabupaten, wanted), "{wanted}");
        }
        assert!(!matches(kota, "kab. bandung") && !matches(kabupaten, "kota bandung"));
        assert!(matches(kota, "bandung") && matches(kota, "kota") && matches(kota, "jawa"));
        assert!(matches(kota, "") && matches(kota, " . "));
        assert!(!matches(kota, "andung") && !matches(kota, "bandung timur"));
    }
}
