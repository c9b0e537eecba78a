//! Statistics: every public report is in its number once, and no private one in any.

mod support;

use std::collections::BTreeMap;

use model::{
    FieldCode::{Repeated, Unknown, UnknownField},
    Statistics, Status,
};
use support::{
    Api, Server, report,
    stored::{fill, imported},
};
use warga_api::store::{ImportedReport, ImportedUpdate};

async fn statistics(caller: &Api, query: &str) -> Statistics {
    let statistics: Statistics = caller.get(&format!("/statistics?{query}")).await.expect(200).read();
    assert_eq!(statistics.by.iter().map(|count| count.reports).sum::<u64>(), statistics.reports);
    assert!(statistics.by.iter().all(|count| count.reports > 0), "pairs that occur: {statistics:?}");
    statistics
}

fn by(statistics: &Statistics) -> Vec<(&str, Status, u64)> {
    statistics.by.iter().map(|count| (count.category.as_str(), count.status, count.reports)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_server_counts_nothing() {
    let server = Server::start();
    let empty = Statistics { reports: 0, by: Vec::new() };
    assert_eq!(statistics(&server.nobody(), "").await, empty);
    assert_eq!(statistics(&server.nobody(), "jurisdiction=32.73&category=road").await, empty);
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_are_counted_at_once_and_private_ones_for_nobody() {
    use Status::Received;
    let server = Server::start();
    let (owner, nobody) = (server.device().await, server.nobody());
    for (visibility, category) in [
        ("public", "road"),
        ("anonymous", "road"),
        ("private", "road"),
        ("private", "fire"),
        ("anonymous", "flood"),
    ] {
        owner.submit(report().visibility(visibility).category(category)).await;
    }
    for caller in [&owner, &nobody] {
        let all = statistics(caller, "").await;
        assert_eq!(by(&all), [("flood", Received, 1), ("road", Received, 2)]);
        assert_eq!(statistics(caller, "category=fire").await.reports, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_is_that_of_the_list_with_the_same_filter() {
    let (folder, start) = (tempfile::tempdir().unwrap(), support::now().millis() - 1_000_000);
    let at = |n: i64| model::Timestamp::from_millis(start + n);
    let reports = (0..60).map(|n| {
        let status = Status::ALL[n % Status::ALL.len()];
        let step = |status| ImportedUpdate {
            id: model::UpdateId::from_bytes(*support::id_at(at(1)).as_bytes()).unwrap(),
            at: at(1),
            status,
            note: None,
        };
        ImportedReport {
            category: ["road", "fire", "flood", "tree"][n % 4].into(),
            jurisdiction: ["32.73", "35.78", model::UNASSIGNED][n % 3].into(),
            history: (status != Status::Received).then(|| step(status)).into_iter().collect(),
            ..imported(at(0), -6.9, 107.6)
        }
    });
    fill(folder.path(), reports.collect()).await;
    let server = Server::on(folder.path());
    let nobody = server.nobody();
    let mut compared = 0;
    for query in [
        "",
        "jurisdiction=32.73",
        "jurisdiction=unassigned",
        "category=road",
        "category=road,fire",
        "jurisdiction=35.78&category=flood",
        "category=tree,flood&jurisdiction=32.73",
    ] {
        let listed = nobody.list(&format!("{query}&limit=500")).await.reports;
        let mut expected = BTreeMap::new();
        for report in &listed {
            *expected.entry((report.category.as_str(), report.status.as_str())).or_insert(0) += 1;
        }
        let counted = statistics(&nobody, query).await;
        let found = by(&counted).into_iter().map(|(category, status, n)| ((category, status.as_str()), n));
        assert_eq!(found.collect::<BTreeMap<_, _>>(), expected, "{query}");
        let order: Vec<_> = by(&counted)
            .into_iter()
            .map(|(category, of, _)| (category, Status::ALL.iter().position(|status| *status == of)))
            .collect();
        assert!(order.is_sorted(), "{order:?}");
        compared += counted.by.len();
    }
    assert!(compared > 20, "only {compared} numbers");
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_are_refused_as_the_list_refuses_them() {
    let server = Server::start();
    let nobody = server.nobody();
    for query in [
        "jurisdiction=99.99",
        "jurisdiction=",
        "jurisdiction=32.73,35.78",
        "category=ufo",
        "category=",
        "category=road,",
        "category=road&category=fire",
        "jurisdiction=x&category=y&unheard=of",
    ] {
        let [list, statistics] = [
            nobody.get(&format!("/reports?{query}")).await,
            nobody.get(&format!("/statistics?{query}")).await,
        ];
        assert_eq!(statistics.fields(400, "bad-query"), list.fields(400, "bad-query"), "{query}");
    }
    let refused =
        nobody.get("/statistics?status=received&category=ufo&jurisdiction=32.73&jurisdiction=1").await;
    let expected = [("status", UnknownField), ("category", Unknown), ("jurisdiction", Repeated)];
    assert_eq!(refused.fields(400, "bad-query"), expected.map(|(name, code)| (name.to_owned(), code)));
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_may_keep_it_for_a_minute() {
    let server = Server::start();
    let kept = async |caller: &Api| caller.get("/statistics").await.expect(200).header("cache-control");
    assert_eq!(kept(&server.nobody()).await, "public, max-age=60");
    assert_eq!(kept(&server.device().await).await, "private, no-store");
}
