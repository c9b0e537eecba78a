//! Ids that follow from the source, so that the same row is the same report on every server.

use model::{ReportId, Timestamp, UpdateId};
use sha2::{Digest as _, Sha256};

/// A UUIDv7 of the time the source took the report in and of 80 bits of SHA-256 over profile and source id.
pub(crate) fn report(profile: &str, source_id: &str, opened: Timestamp) -> ReportId {
    ReportId::from_parts(opened, ten_bytes(&[profile, source_id]))
}

/// The id of the step that brought a report to `status`. It follows from the report's id, so that two reports never
/// share one, whatever else they have in common.
pub(crate) fn update(report: ReportId, status: model::Status, at: Timestamp) -> UpdateId {
    UpdateId::from_parts(at, ten_bytes(&[&report.to_string(), status.as_str()]))
}

/// The first ten bytes of SHA-256 over the parts, a zero byte after each: no two lists of parts read the same.
fn ten_bytes(parts: &[&str]) -> [u8; 10] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
        hash.update([0]);
    }
    let hash = hash.finalize();
    std::array::from_fn(|i| hash[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_follows_from_profile_source_and_time_and_from_nothing_else() {
        let at = Timestamp::from_millis(1_420_089_609_000);
        let id = report("boston311", "101001240734", at);
        // Fixed for good: another value here would import every file a second time.
        assert_eq!(id.to_string(), "014aa3ef-cb28-7a29-879d-057a235e0dc2");
        let opened_later = report("boston311", "101001240734", Timestamp::from_millis(at.millis() + 5000));
        let closed = Timestamp::from_millis(at.millis() + 60_000);
        assert_ne!(
            update(id, model::Status::Resolved, closed),
            update(opened_later, model::Status::Resolved, closed),
            "a row whose opening was corrected is another report, with steps of its own"
        );
        assert_ne!(id, report("boston31", "1101001240734", at));
        assert_ne!(id, report("boston311", "101001240734", Timestamp::from_millis(at.millis() + 1)));
    }
}
