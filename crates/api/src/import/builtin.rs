//! The profiles that are compiled in. A new one is a file in `data/import/` and a line here.

/// Name and text of each.
pub(super) const PROFILES: &[(&str, &str)] =
    &[("boston311", include_str!("../../../../data/import/boston311.toml"))];
