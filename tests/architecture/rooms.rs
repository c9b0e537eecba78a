//! Which room may use which: section 2 of the design, as a table.

use crate::{
    names::{Name, module_of, names},
    source::{Kind, Source},
};

/// The rooms of the portal, and which of them each may use besides itself. What stands beside the rooms in `src/`
/// (`route`, `words`, `settings`, …) is open to all of them.
const ARROWS: [(&str, &[&str]); 5] = [
    ("pages", &["components", "map", "outbox", "client"]),
    ("components", &["map", "outbox", "client"]),
    ("map", &[]),
    // What waits is sent through the client, which alone knows where to.
    ("outbox", &["client"]),
    ("client", &[]),
];

/// What puts the rooms together, and may therefore use all of them; nobody uses it.
const ROOT: [&str; 3] = ["app", "later", ""];

/// What a module beside the rooms may use. Were it to use a page, every room that uses it would.
const BESIDE_USES: [&str; 1] = ["client"];

/// Crates that are known in one place only. `settings` reads `site.json`, which says where the API is: before
/// that there is no client to read it with.
const CRATES: [(&str, &[&str]); 3] =
    [("gloo_net", &["client", "settings"]), ("leaflet", &["map"]), ("geo", GEO_IS_KNOWN_TO)];

/// Who counts in the world's steps: whoever asks for tiles, says what is on them, or draws it. What is only shown is not.
const GEO_IS_KNOWN_TO: &[&str] = &["map", "client", "outbox", "pages", "world"];

/// The default of the setting that says where the API is stands in `settings`; nobody else knows.
const API_ADDRESS: [(&str, &[&str]); 1] = [("api/v1", &["client", "settings"])];

/// Names of the browser that are known in one place only: its ways to a server, and to what it keeps. `local` is
/// where small things are kept that nobody waits for.
const BROWSER: [(&str, &[&str]); 13] = [
    ("XmlHttpRequest", &["client"]),
    ("fetch_with_str", &["client"]),
    ("fetch_with_request", &["client"]),
    ("EventSource", &["client"]),
    ("WebSocket", &["client"]),
    ("send_beacon", &["client"]),
    ("indexed_db", &["outbox"]),
    ("IdbFactory", &["outbox"]),
    ("IdbDatabase", &["outbox"]),
    ("caches", &["outbox"]),
    ("CacheStorage", &["outbox"]),
    ("local_storage", &["outbox", "local"]),
    ("session_storage", &["outbox", "local"]),
];

/// The only rooms that keep anything; a page gives what was entered to the outbox.
const KEEPERS: [&str; 2] = ["client", "outbox"];

/// What a file of the portal does that its room may not, as `file:line: …`.
pub(crate) fn breaches(source: &Source) -> Vec<String> {
    let module = module_of(&source.path);
    let room = module.first().map_or("", String::as_str);
    let mut found = Vec::new();
    for name in names(source) {
        if let Some(why) = breach(room, &module, &name) {
            found.push(format!("{}:{}: {} ({why})", source.path, name.line, name.path.join("::")));
        }
    }
    for (at, token) in source.tokens.iter().enumerate() {
        let misplaced = match &token.kind {
            Kind::Word(word) if word == "use" && module.is_empty() && is_public(source, at) => {
                Some("a room is named by its path, not through the root".to_owned())
            }
            Kind::Word(word) => elsewhere(&BROWSER, word, room),
            Kind::Text(text) if text.contains("api/v1") => elsewhere(&API_ADDRESS, "api/v1", room),
            _ => None,
        };
        if let Some(why) = misplaced {
            found.push(format!("{}:{}: {why}", source.path, token.line));
        }
    }
    found
}

fn breach(room: &str, module: &[String], name: &Name) -> Option<String> {
    let [first, rest @ ..] = name.path.as_slice() else { return None };
    if first != "crate" {
        return elsewhere(&CRATES, first, room);
    }
    let target = rest.first().map_or("", String::as_str);
    if ROOT.contains(&room) {
        return None;
    }
    if target == "*" {
        return Some("names every room at once".to_owned());
    }
    if ["app", "later"].contains(&target) {
        return Some("nobody uses what puts the rooms together".to_owned());
    }
    if target == "pages" && room == "pages" {
        let (page, other) = (module.get(1), rest.get(1));
        return (page.is_some() && other != page).then(|| "a page never imports another page".to_owned());
    }
    if target == "local" && is_room(room) && !KEEPERS.contains(&room) {
        return Some("what a citizen entered is kept by the outbox".to_owned());
    }
    let arrows = ARROWS.iter().find(|(from, _)| *from == room).map_or(&BESIDE_USES[..], |(_, to)| *to);
    let allowed = !is_room(target) || target == room || arrows.contains(&target);
    (!allowed)
        .then(|| format!("no arrow leads from {} to {target}", if is_room(room) { room } else { "beside" }))
}

/// Whether this `use` gives on what it takes in: `pub use`, `pub(crate) use`.
fn is_public(source: &Source, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        let before = &source.tokens[before];
        before.word() == Some("pub") || before.is(')')
    })
}

fn is_room(name: &str) -> bool {
    ARROWS.iter().any(|(room, _)| *room == name)
}

/// Why a name does not belong where it stands.
fn elsewhere(known: &[(&str, &[&str])], name: &str, room: &str) -> Option<String> {
    let (_, places) = known.iter().find(|(known, _)| *known == name)?;
    (!places.contains(&room)).then(|| format!("only {} knows {name}", places.join(" and ")))
}

/// The rooms that have no file: a checker that reads nothing finds nothing.
pub(crate) fn empty_rooms(sources: &[Source]) -> Vec<&'static str> {
    let has_files =
        |room: &str| sources.iter().any(|source| module_of(&source.path).first().is_some_and(|m| m == room));
    ARROWS.iter().map(|(room, _)| *room).filter(|room| !has_files(room)).collect()
}

#[test]
fn forbidden_imports_are_caught_where_they_stand() {
    for (path, line) in [
        ("src/components/card.rs", "use crate::pages::HomePage;"),
        ("src/components/card.rs", "use crate::{format, pages::home::Row};"),
        ("src/components/card.rs", "let route = super::super::pages::home::row();"),
        ("src/components/card.rs", "use crate::app::mount;"),
        ("src/pages/home.rs", "use crate::pages::report::Title;"),
        ("src/pages/home.rs", "use super::report::Title;"),
        ("src/pages/home.rs", "use crate::pages::*;"),
        ("src/pages/new_report/place.rs", "use super::super::report::Title;"),
        ("src/pages/home.rs", "mod tests { use super::super::report; }"),
        ("src/components/card.rs", "use crate::*;"),
        ("src/lib.rs", "mod pages; pub(crate) use pages::HomePage;"),
        ("src/map/pins.rs", "use crate::client::Client;"),
        ("src/map/pins.rs", "crate::outbox::Draft::kept();"),
        ("src/client/reports.rs", "use crate::outbox::Draft;"),
        ("src/client/mod.rs", "use crate::map::{self};"),
        ("src/outbox/draft.rs", "use crate::map::Pin as P;"),
        ("src/format.rs", "use crate::components::Failure;"),
        ("src/site.rs", "use crate::outbox::Draft;"),
        ("src/pages/home.rs", "use gloo_net::http::Request;"),
        ("src/outbox/draft.rs", "let request = ::gloo_net::http::Request::get(url);"),
        ("src/components/card.rs", "use leaflet as l;"),
        ("src/pages/home.rs", "let map: leaflet::Map;"),
        ("src/components/card.rs", "use geo::Bins;"),
        ("src/pages/home.rs", "window.local_storage();"),
        ("src/pages/home.rs", "use crate::local;"),
        ("src/client/device.rs", "window().indexed_db()"),
        ("src/pages/text/erase.rs", "window().caches()"),
        ("src/pages/home.rs", "window().fetch_with_str(url)"),
        ("src/outbox/draft.rs", r#"let url = format!("/api/v1/reports/{id}");"#),
    ] {
        let source = Source::new(path, &format!("//! Docs.\n\n{line}\n"));
        let found = breaches(&source);
        assert_eq!(found.len(), 1, "{path}: {line}: {found:?}");
        assert!(found[0].starts_with(&format!("{path}:3: ")), "{found:?}");
    }
}

#[test]
fn what_is_allowed_is_let_through() {
    for (path, line) in [
        (
            "src/pages/home.rs",
            "use crate::{client::client, components::Failure, map::Pin, outbox::Draft, route::Route};",
        ),
        (
            "src/pages/new_report.rs",
            "mod place; use self::place::Place; use crate::pages::new_report::place;",
        ),
        ("src/pages/new_report/place.rs", "use super::{FieldProblem, has_error};"),
        ("src/pages/mod.rs", "mod home; pub(crate) use home::HomePage; pub use self::home::Row;"),
        (
            "src/components/card.rs",
            "use super::StatusBadge; use crate::{client, map, outbox, words::speech};",
        ),
        (
            "src/map/marks.rs",
            "use leaflet::{Map, Point}; use geo::WorldPoint; use crate::settings::Settings;",
        ),
        ("src/map/handle.rs", "self.handle.leaflet(); // crate::pages::home"),
        ("src/outbox/draft.rs", "use crate::{client::Client, local}; use model::Report;"),
        ("src/outbox/erase.rs", "window().indexed_db(); window().caches(); local::remove_all(OURS);"),
        ("src/client/device.rs", "use gloo_net::http::Method; use crate::local;"),
        ("src/app.rs", "use crate::{client, components, map, outbox, pages::HomePage};"),
        ("src/lib.rs", "mod app; fn start() { app::mount(); crate::pages::x(); }"),
        ("src/main.rs", "fn main() { warga::start(); }"),
        ("src/site.rs", "use crate::client::Client;"),
        ("src/route.rs", r#"let href = format!("reports/{id}"); // not /api/v1"#),
    ] {
        assert_eq!(breaches(&Source::new(path, line)), [""; 0], "{path}: {line}");
    }
}
