//! What an HTML page refers to: just enough of a parser for the one page Trunk writes.

/// One `name="value"` of one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    name: String,
    value: String,
}

/// One start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    /// In lower case, as are the names of attributes.
    pub(crate) name: String,
    attributes: Vec<Attribute>,
}

impl Element {
    /// The value of an attribute; empty where it stands without one.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
            .map(|attribute| attribute.value.as_str())
    }

    /// The attributes that may name a file: `href`, `src`, and `data-…`, by which the start script learns names.
    pub(crate) fn references(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes
            .iter()
            .filter(|attribute| {
                ["href", "src"].contains(&attribute.name.as_str()) || attribute.name.starts_with("data-")
            })
            .map(|attribute| (attribute.name.as_str(), attribute.value.as_str()))
    }
}

/// All start tags, in order. Comments and the content of scripts and styles hold none.
pub(crate) fn elements(html: &str) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = after(comment, "-->");
        } else if rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let (element, behind) = element(rest);
            rest = behind;
            if ["script", "style"].contains(&element.name.as_str()) {
                rest = after_raw_text(rest, &element.name);
            }
            elements.push(element);
        }
    }
    elements
}

fn after<'a>(text: &'a str, end: &str) -> &'a str {
    text.find(end).map_or("", |at| &text[at + end.len()..])
}

/// Behind `</script`, in whatever case.
fn after_raw_text<'a>(text: &'a str, name: &str) -> &'a str {
    let end = format!("</{name}");
    // ASCII only, so that positions stay the same.
    text.to_ascii_lowercase().find(&end).map_or("", |at| &text[at + end.len()..])
}

/// The element whose name `text` begins with, and what follows its tag.
fn element(text: &str) -> (Element, &str) {
    let (name, mut rest) = split(text, |c| c.is_ascii_whitespace() || c == '>' || c == '/');
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            let behind = rest.strip_prefix('>').unwrap_or(rest);
            return (Element { name: name.to_ascii_lowercase(), attributes }, behind);
        }
        // A stray `=` begins a name in HTML; taking it along keeps the loop moving.
        let skip = usize::from(rest.starts_with('='));
        let (tail, _) = split(&rest[skip..], |c| c.is_ascii_whitespace() || c == '>' || c == '/' || c == '=');
        let (name, behind) = rest.split_at(skip + tail.len());
        let (value, behind) = value(behind);
        rest = behind;
        attributes.push(Attribute { name: name.to_ascii_lowercase(), value: value.replace("&amp;", "&") });
    }
}

/// The value of the attribute whose name ends where `text` begins, and what follows it.
fn value(text: &str) -> (&str, &str) {
    let Some(rest) = text.trim_start().strip_prefix('=') else { return ("", text) };
    let rest = rest.trim_start();
    for quote in ['"', '\''] {
        if let Some(quoted) = rest.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    split(rest, |c| c.is_ascii_whitespace() || c == '>')
}

/// Splits before the first character that `ends`.
fn split(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references(html: &str) -> Vec<(String, String, String)> {
        elements(html)
            .iter()
            .flat_map(|element| {
                element
                    .references()
                    .map(|(name, value)| (element.name.clone(), name.to_owned(), value.to_owned()))
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    fn owned(expected: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
        expected.iter().map(|(e, n, v)| ((*e).to_owned(), (*n).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn finds_quoted_bare_and_single_quoted_values() {
        assert_eq!(
            references(
                "<!doctype html><LINK rel=stylesheet HREF=./app-1.css><script defer src = 'leaflet.js'></script>\
                 <meta name=\"warga-bundle\" data-js=\"./w.js\" data-wasm=./w.wasm/><img alt='a > b' src=\"x.png?a=1&amp;b=2\">"
            ),
            owned(&[
                ("link", "href", "./app-1.css"),
                ("script", "src", "leaflet.js"),
                ("meta", "data-js", "./w.js"),
                ("meta", "data-wasm", "./w.wasm/"),
                ("img", "src", "x.png?a=1&b=2"),
            ])
        );
    }

    #[test]
    fn comments_and_raw_text_hold_no_elements() {
        assert_eq!(
            references(
                "<!-- <script src=no.js> --><style>a{content:'<img src=no.png>'}</STYLE><script>'<img src=no>'</script ><a href=yes>"
            ),
            owned(&[("a", "href", "yes")])
        );
    }

    #[test]
    fn attributes_without_a_value_end_nowhere_else() {
        let all = elements("<script data-trunk defer src=a.js></script><link rel=icon href=b.svg>");
        assert_eq!(all[0].get("defer"), Some(""));
        assert_eq!(all[0].get("src"), Some("a.js"));
        assert_eq!(all[0].get("href"), None);
        assert_eq!(all[1].get("rel"), Some("icon"));
    }

    #[test]
    fn broken_markup_ends() {
        for html in
            ["<", "<a", "<a href", "<a href=", "<a href=\"x", "<a = b>", "<a =>", "<!--", "<script>", "a < b"]
        {
            elements(html);
        }
    }
}
