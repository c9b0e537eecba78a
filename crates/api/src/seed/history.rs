//! When a demo report was sent, and what came of it until today.

use fastrand::Rng;
use model::{Status, Timestamp};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// How far back reports reach: eighteen months.
const REACH_DAYS: f64 = 548.0;
/// How many people report in each hour of their day.
const HOURS: [u32; 24] = [1, 1, 0, 0, 1, 3, 8, 9, 8, 7, 7, 6, 6, 5, 5, 6, 7, 8, 8, 8, 7, 6, 4, 2];

/// A step in a report's life.
pub(super) struct Step {
    pub(super) at: Timestamp,
    pub(super) status: Status,
}

/// The beginning of the day of `now` (UTC). Nothing of the demo is younger, so that it is the same all day.
pub(super) fn today(now: Timestamp) -> Timestamp {
    Timestamp::from_millis(now.millis().div_euclid(DAY) * DAY)
}

/// When a report was sent: recently more often than long ago, by day more often than by night.
pub(super) fn created(rng: &mut Rng, today: Timestamp, utc_offset_hours: i64) -> Timestamp {
    let days_ago = 1 + (REACH_DAYS * rng.f64().powf(1.45)) as i64;
    let hour = super::place::weighted(rng, HOURS.into_iter()) as i64;
    let within = rng.i64(0..HOUR);
    // The local day that began `days_ago` days before today; it ends before today does anywhere in Indonesia.
    let midnight = today.millis() - days_ago * DAY - utc_offset_hours * HOUR;
    Timestamp::from_millis(midnight + hour * HOUR + within)
}

/// What an agency did until today. `days` is how long such a thing takes, typically.
pub(super) fn steps(
    rng: &mut Rng,
    created: Timestamp,
    today: Timestamp,
    days: f64,
    offset: i64,
) -> Vec<Step> {
    let verified = office_after(rng, created.millis(), 0.6, offset);
    let begun = office_after(rng, verified, days * 0.35, offset);
    let done = office_after(rng, begun, days * 0.65, offset);
    let fate = rng.f64();
    // Some things are left lying, at every stage: that is what the public history is for.
    let plan: &[(i64, Status)] = if fate < 0.05 {
        &[]
    } else if fate < 0.11 {
        &[(verified, Status::Rejected)]
    } else if fate < 0.17 {
        &[(verified, Status::Verified)]
    } else if fate < 0.25 {
        &[(verified, Status::Verified), (begun, Status::InProgress)]
    } else if fate < 0.37 {
        &[(verified, Status::Verified), (begun, Status::Resolved)]
    } else {
        &[(verified, Status::Verified), (begun, Status::InProgress), (done, Status::Resolved)]
    };
    plan.iter()
        .filter(|(at, _)| *at < today.millis())
        .map(|&(at, status)| Step { at: Timestamp::from_millis(at), status })
        .collect()
}

/// How many support a report: most a few, some very many, fewer than sixty (a Pareto law of the second kind with
/// scale 4 and exponent 4/3, cut off there). A new report has not been seen by many yet.
pub(super) fn supports(rng: &mut Rng, created: Timestamp, today: Timestamp) -> u32 {
    const SCALE: f64 = 4.0;
    const EXPONENT: f64 = 4.0 / 3.0;
    const MOST: f64 = 60.0;
    let below_most = 1.0 - (1.0 + MOST / SCALE).powf(-EXPONENT);
    let drawn = SCALE * ((1.0 - rng.f64() * below_most).powf(-1.0 / EXPONENT) - 1.0);
    let seen = ((today.millis() - created.millis()) as f64 / (7.0 * DAY as f64)).min(1.0).sqrt();
    (drawn * seen) as u32
}

/// The hour of an instant on a local clock, 0 to 23.
pub(super) fn hour(at: Timestamp, utc_offset_hours: i64) -> i64 {
    (at.millis() + utc_offset_hours * HOUR).rem_euclid(DAY) / HOUR
}

/// The day of an instant in Indonesian, without its year: `14 Maret`.
pub(super) fn date(at: Timestamp, utc_offset_hours: i64) -> String {
    const MONTHS: [&str; 12] = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ];
    let local = jiff::Timestamp::from_millisecond(at.millis() + utc_offset_hours * HOUR).unwrap_or_default();
    let date = local.to_zoned(jiff::tz::TimeZone::UTC).date();
    let month = usize::try_from(date.month() - 1).ok().and_then(|at| MONTHS.get(at)).unwrap_or(&"");
    format!("{} {month}", date.day())
}

/// An instant in office hours about `days` after another: the delays are log-normal, as those of real work are.
fn office_after(rng: &mut Rng, at: i64, days: f64, utc_offset_hours: i64) -> i64 {
    // Twelve uniform numbers make a normal one well enough.
    let normal = (0..12).map(|_| rng.f64()).sum::<f64>() - 6.0;
    let delay = (days * DAY as f64 * (normal * 0.8).exp()) as i64;
    office_time(rng, at + delay.max(10 * MINUTE), utc_offset_hours)
}

/// Moves an instant into the office hours that follow it: Monday to Saturday, 8 to 16 local time.
fn office_time(rng: &mut Rng, at: i64, utc_offset_hours: i64) -> i64 {
    let offset = utc_offset_hours * HOUR;
    let (mut day, hour) = ((at + offset).div_euclid(DAY), (at + offset).rem_euclid(DAY) / HOUR);
    // 1970-01-01 was a Thursday, so day 3 was the first Sunday.
    let is_sunday = |day: i64| day.rem_euclid(7) == 3;
    if (8..16).contains(&hour) && !is_sunday(day) {
        return at;
    }
    if hour >= 16 {
        day += 1;
    }
    if is_sunday(day) {
        day += 1;
    }
    // Not before `at`: on the same day the office opens after it, any other day is later.
    day * DAY - offset + 8 * HOUR + rng.i64(0..3 * HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn offices_answer_on_working_days() {
        let mut rng = Rng::with_seed(1);
        // A Saturday evening in Bandung becomes Monday morning.
        let answered = office_time(&mut rng, at("2026-11-21T12:00:00Z").millis(), 7);
        assert!(
            (at("2026-11-23T01:00:00Z").millis()..at("2026-11-23T04:00:00Z").millis()).contains(&answered)
        );
        let noon = at("2026-11-20T05:00:00Z").millis();
        assert_eq!(office_time(&mut rng, noon, 7), noon);
    }

    #[test]
    fn days_are_told_as_they_are_where_the_report_is() {
        assert_eq!(date(at("2026-03-13T17:30:00Z"), 7), "14 Maret");
        assert_eq!(date(at("2026-12-31T15:00:00Z"), 8), "31 Desember");
    }

    #[test]
    fn steps_follow_each_other_as_the_model_allows() {
        let mut rng = Rng::with_seed(1);
        let today = today(at("2026-11-22T09:00:00Z"));
        for _ in 0..3000 {
            let created = created(&mut rng, today, 8);
            assert!(created < today && today.millis() - created.millis() < 551 * DAY);
            let (mut status, mut last) = (Status::Received, created);
            for step in steps(&mut rng, created, today, 7.0, 8) {
                assert!(status.may_become(step.status) && step.at > last && step.at < today);
                (status, last) = (step.status, step.at);
            }
        }
    }
}
