//! Until when an answer was promised, and what became of that.

use leptos::prelude::*;
use model::{Report, Status, Timestamp};

use super::pieces::time;
use crate::{
    components::Icon,
    format,
    ui::IntoPart as _,
    words::{Words, speech},
};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// There is time yet.
    Open,
    /// The time is over, by so many days begun.
    Late(u64),
    /// Done in time.
    Kept,
    /// Done, but so many days begun after it.
    KeptLate(u64),
}

/// The promise of a report, if there is one: what is rejected or told elsewhere was never promised to be solved.
#[component]
pub(super) fn PromiseNote(report: Report) -> impl IntoView {
    let speech = speech();
    let now = Timestamp::from_millis(js_sys::Date::now() as i64);
    report.due_at.and_then(|due| Some((due, standing(&report, due, now)?))).map(|(due, standing)| {
        let promised = speech.text(move |words| words.report_due(&format::date(words, due)));
        let (name, told) = (name(standing), speech.text(move |words| told(words, standing)));
        view! {
            <p class="promise" data-promise=name>
                <Icon name="clock" />
                <span>
                    {time(due, promised)}
                    <strong>{told}</strong>
                </span>
            </p>
        }
        .into_part()
    })
}

fn standing(report: &Report, due: Timestamp, now: Timestamp) -> Option<Standing> {
    // A day that has begun counts: who waits an hour too long already waits too long.
    let days_after = |at: Timestamp| {
        let over = at.millis() - due.millis();
        (over > 0).then(|| over.unsigned_abs().div_ceil(DAY.unsigned_abs()))
    };
    match report.status {
        Status::Received | Status::Verified | Status::InProgress => {
            Some(days_after(now).map_or(Standing::Open, Standing::Late))
        }
        Status::Resolved => Some(days_after(report.status_since).map_or(Standing::Kept, Standing::KeptLate)),
        Status::Rejected | Status::Duplicate => None,
    }
}

fn name(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::Late(_) => "late",
        Standing::Kept => "kept",
        Standing::KeptLate(_) => "kept-late",
    }
}

fn told(words: Words, standing: Standing) -> String {
    match standing {
        Standing::Open => String::new(),
        Standing::Late(days) => words.report_late(days),
        Standing::Kept => words.report_kept().to_owned(),
        Standing::KeptLate(days) => words.report_kept_late(days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(status: Status, since: &str) -> Report {
        let json = format!(
            r#"{{"id": "0190163d-8694-739b-aea5-966c26f8ad91", "category": "road", "description": "x",
                "lat": 0, "lng": 0, "visibility": "anonymous", "status": "{status}", "status_since": "{since}",
                "supports": 0, "created_at": "2026-01-01T00:00:00Z", "updated_at": "{since}",
                "jurisdiction": "32.73", "demo": false}}"#
        );
        serde_json::from_str(&json).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    const DUE: &str = "2026-01-10T00:00:00Z";

    #[test]
    fn an_open_report_is_late_from_the_first_moment_after() {
        for status in [Status::Received, Status::Verified, Status::InProgress] {
            let report = report(status, "2026-01-02T00:00:00Z");
            let on = |now: &str| standing(&report, at(DUE), at(now));
            assert_eq!(on("2026-01-09T23:00:00Z"), Some(Standing::Open));
            assert_eq!(on(DUE), Some(Standing::Open));
            assert_eq!(on("2026-01-10T00:00:01Z"), Some(Standing::Late(1)));
            assert_eq!(on("2026-01-11T00:00:00Z"), Some(Standing::Late(1)));
            assert_eq!(on("2026-01-12T12:00:00Z"), Some(Standing::Late(3)));
        }
    }

    #[test]
    fn what_is_solved_is_measured_by_the_day_it_was_solved() {
        let now = at("2026-06-01T00:00:00Z");
        let on = |since: &str| standing(&report(Status::Resolved, since), at(DUE), now);
        assert_eq!(on("2026-01-09T00:00:00Z"), Some(Standing::Kept));
        assert_eq!(on("2026-01-14T00:00:00Z"), Some(Standing::KeptLate(4)));
    }

    #[test]
    fn what_is_not_taken_on_has_no_promise() {
        for status in [Status::Rejected, Status::Duplicate] {
            assert_eq!(standing(&report(status, DUE), at(DUE), at("2026-06-01T00:00:00Z")), None);
        }
    }
}
