//! `/participants` and what stands below it, held against the tables in `data/participants/`.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use model::{ClaimAbout, CohortEvidence, MovementSummary, Participant, ParticipantKind, Participants};
use reqwest::Method;
use support::{Answer, Api, Server};

/// What the layer on the map may cost, in bytes as they travel.
const BYTES_MAX: usize = 12 * 1024;

/// The rows of a table, each by the names of its columns.
fn table(text: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>().unwrap()
}

fn cohorts() -> Vec<BTreeMap<String, String>> {
    table(include_str!("../../../data/participants/cohorts.csv"))
}

async fn list(api: &Api) -> Participants {
    api.get("/participants").await.expect(200).read()
}

/// The bytes of an answer as they travel to a browser.
async fn travelling(server: &Server, path: &str) -> Answer {
    // Not the harness's way: it reads every answer, and these bytes are read by nobody here.
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = client.get(format!("{}/api/v1{path}", server.base())).header("accept-encoding", "gzip, br");
    Answer::of(request.send().await.unwrap()).await.unwrap().expect(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_has_every_row_of_the_tables_and_nobody_else() {
    let server = Server::start();
    let all = list(&server.nobody()).await;
    assert!(all.attribution.contains("GeoNames") && all.attribution.contains("CC BY 4.0"));
    let of = |kind: ParticipantKind| all.features.iter().filter(move |one| one.properties.kind == kind);
    let mut rows = BTreeSet::new();
    for region in all.features.iter().filter(|one| one.properties.kind.is_region()) {
        let about = &region.properties;
        assert!(about.years.is_sorted() && about.years.len() == about.sources.len());
        for ((year, evidence), source) in about.years.iter().zip(&about.evidence).zip(&about.sources) {
            let evidence = evidence.as_str().to_owned();
            rows.insert((year.to_string(), about.code.clone(), evidence, source.clone()));
        }
    }
    let row = |row: &BTreeMap<String, String>| {
        let [year, code, evidence, source] =
            ["year", "code", "evidence", "source"].map(|column| row[column].clone());
        (year, code, evidence, source)
    };
    assert_eq!(rows, cohorts().iter().map(row).collect());
    assert_eq!(rows.len(), 169);
    let order: Vec<_> = all
        .features
        .iter()
        .map(|one| if one.properties.kind.is_region() { 0 } else { one.properties.kind as u8 })
        .collect();
    assert!(order.is_sorted(), "regions, declarators, partners");
    let named: Vec<_> =
        of(ParticipantKind::Declarator).filter_map(|one| one.properties.name.clone()).collect();
    assert_eq!(named, ["Daniel Tampi", "Biondi Sandasima"], "no other name was published");
    assert_eq!(of(ParticipantKind::Declarator).count(), 34);
    assert_eq!(of(ParticipantKind::Ministry).count(), 7);
    assert_eq!(of(ParticipantKind::Industry).count(), 10);
    assert_eq!(
        of(ParticipantKind::Initiator).map(|one| one.id.as_str()).collect::<Vec<_>>(),
        ["initiator:qlue"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_is_read_by_its_id_with_all_that_is_known() {
    let server = Server::start();
    let nobody = server.nobody();
    for listed in list(&nobody).await.features {
        let answer = nobody.get(&format!("/participants/{}", listed.id)).await.expect(200);
        assert_eq!(answer.header("cache-control"), "public, max-age=300");
        let mut whole: Participant = answer.read();
        assert!(listed.properties.seat.is_none() && listed.properties.cohorts.is_empty());
        let about = &mut whole.properties;
        assert_eq!(about.seat.is_some(), listed.geometry.is_some(), "{}", listed.id);
        let years: Vec<_> = about.cohorts.iter().map(|cohort| cohort.year).collect();
        assert_eq!(years, if about.kind.is_region() { about.years.clone() } else { Vec::new() });
        (about.seat, about.cohorts) = (None, Vec::new());
        assert_eq!(whole, listed);
    }
    let lombok: Participant = nobody.get("/participants/kabupaten:52.03").await.expect(200).read();
    let cohort = &lombok.properties.cohorts[0];
    assert_eq!((cohort.year, cohort.evidence), (2017, CohortEvidence::Disputed));
    let note = cohort.note.as_ref().unwrap();
    assert!(note.id.contains("Kominfo") && note.en.contains("Kominfo") && note.id != note.en);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kabupaten_is_not_the_kota_of_its_name() {
    let server = Server::start();
    let nobody = server.nobody();
    let kota: Participant = nobody.get("/participants/kota:32.73").await.expect(200).read();
    let kabupaten: Participant = nobody.get("/participants/kabupaten:32.04").await.expect(200).read();
    assert_eq!(kota.properties.seat.as_deref(), Some("Bandung"));
    assert_eq!(kabupaten.properties.seat.as_deref(), Some("Soreang"));
    assert_ne!(kota.geometry, kabupaten.geometry);
    nobody.get("/participants/kota:32.04").await.problem(404, "no-participant");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_has_is_not_there_in_both_languages() {
    let server = Server::start();
    let nobody = server.nobody();
    for id in ["kota:99.99", "desa:32.73", "kota", "KOTA:32.73", "kota:", "declarator:93", "ministry:qlue"] {
        for (language, title) in
            [("id", "Peserta ini tidak ditemukan."), ("en", "This participant was not found.")]
        {
            let path = format!("/participants/{id}");
            let answer =
                nobody.send(nobody.request(Method::GET, &path).header("accept-language", language)).await;
            assert_eq!(answer.problem(404, "no-participant").title, title, "{id}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_and_what_is_counted_are_two_figures() {
    let server = Server::start();
    let summary: MovementSummary = server.nobody().get("/participants/summary").await.expect(200).read();
    let counted = &summary.counted;
    assert_eq!((counted.rows, counted.regions, counted.provinces), (169, 160, 29));
    assert_eq!((counted.regencies, counted.declarators), (514, 34));
    let mut seen = BTreeSet::new();
    for year in &counted.years {
        let rows: Vec<_> = cohorts().into_iter().filter(|row| row["year"] == year.year.to_string()).collect();
        assert_eq!(year.rows as usize, rows.len(), "{}", year.year);
        assert_eq!(year.evidence.iter().map(|grade| grade.rows).sum::<u32>(), year.rows, "{}", year.year);
        seen.extend(rows.into_iter().map(|row| row["code"].clone()));
        assert_eq!(year.regions_so_far as usize, seen.len(), "{}", year.year);
    }
    let said = |about, year| {
        summary
            .claims
            .iter()
            .find(|claim| claim.about == about && claim.year == year)
            .map(|claim| claim.number)
    };
    assert_eq!(said(ClaimAbout::Cohort, 2021), Some(48), "45 rows are known");
    assert_eq!(said(ClaimAbout::Total, 2021), Some(141), "137 regions are known");
    assert_eq!(said(ClaimAbout::Total, 2022), Some(191), "160 regions are known");
    assert_eq!(summary.provinces.len(), 38);
    let tiles: BTreeSet<_> = summary.provinces.iter().map(|province| province.tile).collect();
    assert_eq!(tiles.len(), 38, "no two on one tile");
    assert!(summary.provinces.iter().all(|province| province.regions <= province.regencies));
    assert_eq!(summary.provinces.iter().map(|province| province.regions).sum::<u32>(), counted.regions);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_layer_on_the_map_is_small_and_not_sent_twice() {
    let server = Server::start();
    let nobody = server.nobody();
    for path in ["/participants", "/participants/summary"] {
        let plain = nobody.get(path).await.expect(200);
        assert_eq!(plain.header("cache-control"), "public, max-age=300");
        let again = nobody.request(Method::GET, path).header("if-none-match", plain.header("etag"));
        let again = nobody.send(again).await.expect(304);
        assert_eq!((again.bytes.len(), again.header("etag")), (0, plain.header("etag")));
        assert_eq!(again.header("cache-control"), plain.header("cache-control"));
        let other = nobody.request(Method::GET, path).header("if-none-match", "\"other\"");
        assert_eq!(nobody.send(other).await.expect(200).text, plain.text);
    }
    let layer = travelling(&server, "/participants").await;
    assert_eq!(layer.header("content-encoding"), "br");
    assert!(layer.header("vary").contains("accept-encoding"));
    let bytes = layer.bytes.len();
    assert!(bytes <= BYTES_MAX, "the layer has {bytes} bytes, and may have {BYTES_MAX}");
}
