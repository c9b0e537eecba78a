//! One demo report.

use fastrand::Rng;
use model::{Position, Status, Timestamp};

use super::{
    history::{self, Step},
    place,
    tables::{CategoryTexts, Story, Tables},
    text::{self, Slots},
};
use crate::{
    import::ids,
    store::{ImportedReport, ImportedUpdate},
};

/// Stands in ids where a profile's name stands for imported reports.
const SOURCE: &str = "demo";
const DAY: i64 = 86_400_000;

/// The report of this number: what it says depends on the number alone, when on the day of `now` as well. `None`
/// only where a table held a place that is not on the earth.
pub(super) fn make(tables: &Tables, number: usize, now: Timestamp) -> Option<ImportedReport> {
    // Each report has numbers of its own, so that the first ones do not change when more are asked for.
    let rng = &mut Rng::with_seed(number as u64);
    let number = number.to_string();
    let today = history::today(now);

    let city = place::city(rng, &tables.cities);
    let hood = place::neighbourhood(rng, city);
    let (lat, lng) = place::point(rng, hood);
    let position = Position::new(lat, lng).ok()?;
    let weights = tables.categories.iter().map(|texts| texts.weight);
    let texts = &tables.categories[place::weighted(rng, weights)];
    let weights = texts.stories.iter().map(|story| story.openings.len() as u32);
    let story = &texts.stories[place::weighted(rng, weights)];

    let offset = city.utc_offset_hours;
    let created_at = history::created(rng, today, offset);
    let slots = Slots::draw(rng, &tables.voices, city, hood, history::hour(created_at, offset));
    let id = ids::report(SOURCE, &number, created_at);
    let description = text::describe(rng, tables, city, &slots, story);
    let has_address = rng.f64() < 0.9;
    let steps = history::steps(rng, created_at, today, texts.days, offset);
    let supports = history::supports(rng, created_at, today);
    let history: Vec<ImportedUpdate> = steps
        .iter()
        .map(|step| ImportedUpdate {
            id: ids::update(id, step.status, step.at),
            at: step.at,
            status: step.status,
            note: answer(rng, texts, story, step)
                .map(|note| slots.fill_answer(note, &history::date(step.at, offset))),
        })
        .collect();

    Some(ImportedReport {
        id,
        category: texts.code.clone(),
        description,
        position,
        address: has_address.then(|| slots.address()),
        jurisdiction: city.code.clone(),
        // Whoever has answered has it.
        agency: (!history.is_empty()).then(|| texts.agency.clone()),
        created_at,
        due_at: Some(Timestamp::from_millis(created_at.millis() + i64::from(texts.promise_days) * DAY)),
        history,
        source: None,
        source_ontime: None,
        demo: true,
        supports,
    })
}

/// What the agency writes, if it writes anything.
fn answer<'t>(rng: &mut Rng, texts: &'t CategoryTexts, story: &'t Story, step: &Step) -> Option<&'t str> {
    let (list, share) = match step.status {
        Status::Received | Status::Duplicate => return None,
        Status::Verified => (&texts.verified, 0.6),
        Status::InProgress => (&story.progress, 0.75),
        Status::Resolved => (&story.done, 0.9),
        // Whoever says no says why.
        Status::Rejected => (&texts.rejected, 1.0),
    };
    let note = text::any(rng, list);
    (rng.f64() < share).then_some(note)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashSet};

    use model::{Rules, Submission};

    use super::*;
    use crate::catalogue::Catalogue;

    const REPORTS: usize = 3000;

    fn now() -> Timestamp {
        "2026-11-22T09:00:00Z".parse().unwrap()
    }

    fn reports(now: Timestamp) -> Vec<ImportedReport> {
        let tables = Tables::read(&Catalogue::built_in().unwrap()).unwrap();
        (0..REPORTS).map(|number| make(&tables, number, now).unwrap()).collect()
    }

    #[test]
    fn the_same_all_day_and_another_day_other_ids() {
        let today = reports(now());
        assert_eq!(today, reports("2026-11-22T23:59:59Z".parse().unwrap()));
        let tomorrow = reports("2026-11-23T00:00:00Z".parse().unwrap());
        assert!(today.iter().zip(&tomorrow).all(|(a, b)| a.id != b.id && a.description == b.description));
        let ids: HashSet<_> = today.iter().map(|report| report.id).collect();
        assert_eq!(ids.len(), REPORTS);
        let updates: Vec<_> =
            today.iter().flat_map(|report| &report.history).map(|update| update.id).collect();
        assert_eq!(updates.iter().collect::<HashSet<_>>().len(), updates.len());
    }

    #[test]
    fn each_keeps_the_rules_of_a_citizens_report_and_says_that_it_is_a_demonstration() {
        let catalogue = Catalogue::built_in().unwrap();
        for report in reports(now()) {
            let length = report.description.chars().count();
            assert!((60..=350).contains(&length), "{length}: {}", report.description);
            assert!(!report.description.contains(['{', '}', '<']), "{}", report.description);
            let texts = report.history.iter().filter_map(|update| update.note.as_deref());
            for text in texts.chain([report.description.as_str()]) {
                assert!(!text.contains("  ") && !text.contains(" ,") && !text.contains(['{', '}']), "{text}");
            }
            let (lat, lng) = (report.position.lat(), report.position.lng());
            let submission = Submission {
                address: report.address.clone(),
                jurisdiction: Some(report.jurisdiction.clone()),
                ..Submission::new(&report.category, &report.description, lat, lng)
            };
            assert_eq!(submission.clone().normalized(), submission);
            assert_eq!(submission.check(Rules { categories: catalogue.categories(), now: now() }), []);
            assert!(report.demo && report.source.is_none() && report.created_at < now());
        }
    }

    #[test]
    fn each_lies_in_the_city_it_belongs_to() {
        let catalogue = Catalogue::built_in().unwrap();
        for report in reports(now()) {
            let city = catalogue.site().jurisdictions.iter().find(|j| j.code == report.jurisdiction).unwrap();
            let [west, south, east, north] = city.bbox;
            let (lat, lng) = (report.position.lat(), report.position.lng());
            assert!(west < lng && lng < east && south < lat && lat < north, "{} {lat} {lng}", city.name);
        }
    }

    #[test]
    fn together_they_look_like_a_city_at_work() {
        let reports = reports(now());
        let distinct: HashSet<_> = reports.iter().map(|report| &report.description).collect();
        assert!(distinct.len() * 100 > REPORTS * 99, "{} of {REPORTS} texts differ", distinct.len());

        let mut categories = BTreeMap::new();
        let mut cities = BTreeMap::new();
        let mut statuses = BTreeMap::new();
        for report in &reports {
            *categories.entry(report.category.as_str()).or_insert(0) += 1;
            *cities.entry(report.jurisdiction.as_str()).or_insert(0) += 1;
            let status = report.history.last().map_or(Status::Received, |update| update.status);
            *statuses.entry(status.as_str()).or_insert(0) += 1;
        }
        assert!(categories.len() == 14 && categories.values().all(|n| *n >= 30), "{categories:?}");
        assert!(cities.len() == 10 && cities.values().all(|n| *n >= 150), "{cities:?}");
        assert!(statuses.len() == 5 && statuses.values().all(|n| *n >= 100), "{statuses:?}");

        let supports: u32 = reports.iter().map(|report| report.supports).sum();
        let mean = f64::from(supports) / REPORTS as f64;
        assert!((4.0..8.0).contains(&mean), "mean {mean}");
        assert!(reports.iter().all(|report| report.supports < 60));
        assert!(reports.iter().any(|report| report.supports > 50));
        let paragraphs = reports.iter().filter(|report| report.description.contains("\n\n")).count();
        assert!(paragraphs > REPORTS / 20, "{paragraphs}");
    }
}
