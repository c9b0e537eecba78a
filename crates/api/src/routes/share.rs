//! What a shared link shows where no program runs: messengers read the page's head, and nothing else.

use std::fmt::Write as _;

use model::Report;

use crate::{catalogue::Catalogue, words::Language};

/// Characters of a description that a preview shows.
const PREVIEW: usize = 200;

/// Where the page stands, as far as the request tells: `https://host/prefix`, without a slash at its end.
pub(super) struct Place(pub(super) Option<String>);

/// The page with a report's title, text and picture in its head. Only for what everybody may read.
pub(super) fn tell(
    page: &str,
    report: &Report,
    catalogue: &Catalogue,
    language: Language,
    place: &Place,
) -> String {
    let category = catalogue.categories().iter().find(|category| category.code == report.category);
    let name = category.map_or(report.category.as_str(), |category| match language {
        Language::Indonesian => &category.name.id,
        Language::English => &category.name.en,
    });
    let heading = match &report.address {
        Some(address) => format!("{name}, {address}"),
        None => name.to_owned(),
    };
    let heading = if report.demo { format!("{} – {heading}", language.demo()) } else { heading };
    let title = escaped(&language.page_title(&heading));
    let text = escaped(&preview(&report.description));

    let mut head = format!("<title>{title}</title>\n    <meta name=\"description\" content=\"{text}\">");
    let mut add = |property: &str, content: &str| {
        // Writing to a string does not fail.
        let _ = write!(head, "\n    <meta property=\"og:{property}\" content=\"{content}\">");
    };
    add("type", "article");
    add("site_name", "Warga");
    add("title", &title);
    add("description", &text);
    if let Place(Some(place)) = place {
        add("url", &escaped(&format!("{place}/reports/{}", report.id)));
        if let Some(photo) = report.photos.first() {
            add("image", &escaped(&format!("{place}/api/v1/photos/{}?size=full", photo.id)));
            add("image:width", &photo.width.to_string());
            add("image:height", &photo.height.to_string());
        }
    }
    in_place_of(&in_place_of(page, "<meta name=\"description\"", ">", ""), "<title>", "</title>", &head)
}

/// `page` with the first stretch from `start` to `end` replaced; as it is when there is none.
fn in_place_of(page: &str, start: &str, end: &str, by: &str) -> String {
    let found = page.find(start).and_then(|from| {
        let to = page[from..].find(end)?;
        Some((from, from + to + end.len()))
    });
    match found {
        Some((from, to)) => format!("{}{by}{}", &page[..from], &page[to..]),
        None => page.to_owned(),
    }
}

/// One line, cut between characters.
fn preview(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(PREVIEW) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// What a citizen wrote, as text inside an attribute or an element.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_citizen_wrote_stays_text() {
        assert_eq!(escaped(r#"a"><script>&'"#), "a&quot;&gt;&lt;script&gt;&amp;&#39;");
    }

    #[test]
    fn a_preview_is_one_line_of_bounded_length() {
        assert_eq!(preview("satu\n\n  dua"), "satu dua");
        assert_eq!(preview(&"é".repeat(300)).chars().count(), PREVIEW + 1);
    }

    #[test]
    fn a_page_without_the_stretch_stays_as_it_is() {
        assert_eq!(in_place_of("<p>a</p>", "<title>", "</title>", "x"), "<p>a</p>");
        assert_eq!(in_place_of("<title>a</title>b", "<title>", "</title>", "x"), "xb");
    }
}
