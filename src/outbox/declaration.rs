//! The province that was chosen for the declaration, kept until this device's data is erased: whoever withdraws and joins
//! again finds it chosen.

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
