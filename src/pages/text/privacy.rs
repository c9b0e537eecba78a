//! What is sent, who sees it, how long it is kept. What the server does is told in `docs/operating.md` as well.

use leptos::prelude::*;

use super::{erase::Erase, heading, lead, paragraph, points};
use crate::{
    settings::settings,
    ui::{IntoPart as _, Part},
    words::{Words, speech},
};

pub(super) fn parts() -> Vec<Part> {
    vec![
        lead(Words::privacy_lead),
        heading(Words::privacy_sent),
        points(vec![
            Words::privacy_sent_report,
            Words::privacy_sent_photos,
            Words::privacy_sent_person,
            Words::privacy_sent_token,
            Words::privacy_sent_declaration,
        ]),
        heading(Words::privacy_seen),
        points(vec![
            Words::privacy_seen_public,
            Words::privacy_seen_private,
            Words::privacy_seen_contact,
            Words::privacy_seen_others,
        ]),
        heading(Words::privacy_kept),
        points(vec![
            Words::privacy_kept_reports,
            Words::privacy_kept_contact,
            Words::privacy_kept_photos,
            Words::privacy_kept_flags,
            Words::privacy_kept_address,
        ]),
        heading(Words::privacy_trackers),
        paragraph(Words::privacy_trackers_text),
        strangers(),
        heading(Words::privacy_device),
        points(vec![
            Words::privacy_device_language,
            Words::privacy_device_token,
            Words::privacy_device_draft,
            Words::privacy_device_declaration,
        ]),
        paragraph(Words::privacy_device_files),
        view! { <Erase /> }.into_part(),
    ]
}

/// Who else sees something of this device, on a site that has a street map or a search for places of somebody's.
fn strangers() -> Part {
    let speech = speech();
    let settings = settings();
    let tells = |url: Option<&str>, say: fn(Words, &str) -> String| {
        let host = url.and_then(host)?.to_owned();
        Some(view! { <p>{speech.text(move |words| say(words, &host))}</p> })
    };
    let tiles = tells(settings.tiles.as_ref().map(|tiles| tiles.url.as_str()), Words::privacy_tiles);
    let search = tells(settings.search.as_ref().map(|search| search.url.as_str()), Words::privacy_search);
    (tiles, search).into_part()
}

/// The host in a pattern of addresses, if it names one. A part of it may stand for one of many: `{s}.tile.example`.
fn host(url: &str) -> Option<&str> {
    let (_, after) = url.split_once("//")?;
    let host = after.split('/').next()?;
    Some(host.trim_start_matches("{s}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_of_addresses_names_its_host() {
        assert_eq!(host("https://tile.openstreetmap.org/{z}/{x}/{y}.png"), Some("tile.openstreetmap.org"));
        assert_eq!(host("https://{s}.tile.example/{z}/{x}/{y}.png"), Some("tile.example"));
        assert_eq!(host("//tiles.example:8080/{z}"), Some("tiles.example:8080"));
        assert_eq!(host("tiles/{z}"), None);
    }
}
