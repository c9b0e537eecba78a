//! The way to who says so.

use leptos::prelude::*;

use super::Icon;
use crate::{
    ui::{IntoPart as _, Part},
    words::{Words, speech},
};

/// A link to a source elsewhere, called by its host: who reads it knows where it leads before pressing.
pub(crate) fn source_link(url: &str) -> Part {
    // In a narrow column it breaks after a dot, not in the middle of a word.
    let words = host(url).split_inclusive('.').map(|word| view! { {word.to_owned()}<wbr /> }.into_part());
    let host: Vec<Part> = words.collect();
    view! {
        <a class="source" href=url.to_owned() rel="noopener external">
            <span class="unseen">{speech().say(Words::movement_source_of)}" "</span>
            <span>{host}</span>
            <Icon name="external" />
        </a>
    }
    .into_part()
}

/// Several of them, each once.
pub(crate) fn source_links(urls: &[String]) -> Part {
    let mut seen: Vec<&String> = Vec::new();
    for url in urls {
        if !seen.contains(&url) {
            seen.push(url);
        }
    }
    let links: Vec<Part> =
        seen.into_iter().map(|url| view! { <li>{source_link(url)}</li> }.into_part()).collect();
    view! { <ul class="sources">{links}</ul> }.into_part()
}

/// The host of an address, without what stands before most of them.
fn host(url: &str) -> &str {
    let after = url.split_once("//").map_or(url, |(_, after)| after);
    let host = after.split(['/', '?', '#']).next().unwrap_or(after);
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_called_by_its_host() {
        assert_eq!(host("https://www.antaranews.com/berita/1?page=2"), "antaranews.com");
        assert_eq!(host("http://rtikkediri.or.id"), "rtikkediri.or.id");
        assert_eq!(host("https://m.timesindonesia.co.id#atas"), "m.timesindonesia.co.id");
    }
}
