//! Randomness from the browser, for ids and secrets that are made here.

use js_sys::Date;
use model::{PhotoId, ReportId, Timestamp};

/// `N` random bytes.
///
/// `crypto.getRandomValues` exists in every browser that runs this module; were it missing, the error surfaces
/// as no id, and nothing is sent under a guessable one.
fn bytes<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

/// A new id for a report: the time by this device's clock, and chance.
pub(crate) fn report_id() -> Option<ReportId> {
    Some(ReportId::from_parts(Timestamp::from_millis(Date::now() as i64), bytes()?))
}

/// The same for a photo.
pub(crate) fn photo_id() -> Option<PhotoId> {
    Some(PhotoId::from_parts(Timestamp::from_millis(Date::now() as i64), bytes()?))
}

/// 128 random bits as 32 hexadecimal digits.
pub(crate) fn secret() -> Option<String> {
    Some(bytes::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}
