//! The province that was chosen for the declaration, until the choice is of no more use.

use crate::local;

const KEPT: &str = "warga.declaration";

/// The province that was chosen here before, by its code.
pub(crate) fn chosen_province() -> Option<String> {
    local::get(KEPT)
}

/// Keeps the choice for when the page is opened again. A browser that keeps nothing still shows it until then.
pub(crate) fn choose_province(code: &str) {
    local::set(KEPT, code);
}
