//! Holds the house to its plan (`docs/ARCHITECTURE.md`): imports run one way, and each room alone knows what it
//! is there for. Reads the sources as they stand; every rule is shown to catch what it forbids.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

#[path = "architecture/locales.rs"]
mod locales;
#[path = "architecture/names.rs"]
mod names;
#[path = "architecture/native.rs"]
mod native;
#[path = "architecture/rooms.rs"]
mod rooms;
#[path = "architecture/source.rs"]
mod source;
#[path = "architecture/styles.rs"]
mod styles;
#[path = "architecture/wording.rs"]
mod wording;

use source::Source;

#[test]
fn in_the_portal_imports_run_one_way() {
    let sources = Source::all_below("src");
    assert_eq!(rooms::empty_rooms(&sources), [""; 0], "rooms without a file: has the house moved?");
    let found: Vec<_> = sources.iter().flat_map(rooms::breaches).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn what_people_read_in_the_portal_comes_from_the_locales() {
    let found: Vec<_> = Source::all_below("src").iter().flat_map(wording::words_in_views).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
