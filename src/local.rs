//! Small things a browser keeps for us (`localStorage`). It may refuse: then nothing is kept, and nothing breaks.

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

pub(crate) fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// False when the browser did not keep it (private window, full disk, storage switched off).
pub(crate) fn set(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

pub(crate) fn remove(key: &str) {
    if let Some(storage) = storage() {
        // What cannot be removed was never kept.
        let _ = storage.remove_item(key);
    }
}

/// Whether it keeps anything.
pub(crate) fn works() -> bool {
    storage().is_some()
}

/// Forgets everything of ours: whatever stands under a name that begins like this.
pub(crate) fn remove_all(start: &str) {
    let Some(storage) = storage() else { return };
    let count = storage.length().unwrap_or_default();
    // All names first: they move up when one is removed.
    let names: Vec<String> = (0..count).filter_map(|nth| storage.key(nth).ok()?).collect();
    names.iter().filter(|name| name.starts_with(start)).for_each(|name| remove(name));
}
