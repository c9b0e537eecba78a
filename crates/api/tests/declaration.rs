//! Joining the declaration: at most one province a device, and the counts are always the number of devices.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use model::{
    DeclarationCounts, DeclarationId, Declared,
    FieldCode::{self, Missing, Unknown, UnknownField, WrongType},
};
use reqwest::Method;
use serde_json::json;
use support::{
    Server,
    stored::{Stored, token_hash},
};

fn told(province: Option<&str>) -> Declared {
    Declared { id: DeclarationId::Declaration, province: province.map(str::to_owned) }
}

/// The provinces that anybody has signed for, and how many devices have.
fn signed(counts: &DeclarationCounts) -> BTreeMap<&str, u64> {
    let signed = counts.provinces.iter().filter(|province| province.count > 0);
    signed.map(|province| (province.code.as_str(), province.count)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_joins_once_and_can_withdraw() {
    let server = Server::start();
    let (siti, budi) = (server.device().await, server.device().await);
    assert_eq!(siti.withdraw().await, told(None), "withdrawing what was never signed changes nothing");
    for _ in 0..3 {
        assert_eq!(siti.join("32").await, told(Some("32")));
    }
    assert_eq!(budi.join("32").await, told(Some("32")));
    let counts = siti.declaration_counts().await;
    assert_eq!((counts.total, signed(&counts)), (2, BTreeMap::from([("32", 2)])));

    // Withdrawing is of one's own word only, and makes another province possible.
    for _ in 0..3 {
        assert_eq!(siti.withdraw().await, told(None));
    }
    assert_eq!(siti.join("11").await, told(Some("11")));
    let counts = siti.declaration_counts().await;
    assert_eq!((counts.total, signed(&counts)), (2, BTreeMap::from([("11", 1), ("32", 1)])));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_province_takes_a_withdrawal_first() {
    let server = Server::start();
    let device = server.device().await;
    device.join("32").await;
    let refused = device.put_declaration("11").await.problem(409, "already-joined");
    assert!(refused.title.contains("Batalkan dulu"), "{}", refused.title);
    let request = device.request(Method::PUT, "/declaration").header("accept-language", "en");
    let refused = device.send(request.json(&json!({"province": "11"}))).await;
    assert!(refused.problem(409, "already-joined").title.contains("Withdraw first"));
    assert_eq!(device.join("32").await, told(Some("32")), "and nothing was changed");
    assert_eq!(device.declaration_counts().await.own.as_deref(), Some("32"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_province_is_told_and_one_s_own_only_to_its_device() {
    let server = Server::start();
    let (siti, budi, nobody) = (server.device().await, server.device().await, server.nobody());
    siti.join("32").await;
    let all = nobody.declaration_counts().await;
    assert_eq!((all.total, all.own.as_deref()), (1, None));
    let codes: Vec<_> = all.provinces.iter().map(|province| province.code.as_str()).collect();
    assert!(codes.len() == 38 && codes.is_sorted(), "{codes:?}");
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 38, "none stands twice");
    assert!(all.provinces.iter().all(|province| !province.name.is_empty()));

    assert_eq!(siti.declaration_counts().await.own.as_deref(), Some("32"));
    let unsigned = budi.get("/declaration/counts").await.expect(200);
    assert!(!unsigned.text.contains("\"own\""), "{}", unsigned.text);
    siti.withdraw().await;
    assert_eq!(siti.declaration_counts().await.own, None);

    let kept = async |caller: &support::Api| caller.get("/declaration/counts").await.header("cache-control");
    assert_eq!(kept(&nobody).await, "public, max-age=60");
    assert_eq!(kept(&siti).await, "private, no-store");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_province_is_told_so() {
    let server = Server::start();
    let device = server.device().await;
    for province in ["", "00", "3", "32 ", "32.73", "Jawa Barat", "unassigned"] {
        let refused = device.put_declaration(province).await.fields(422, "invalid");
        assert_eq!(refused, [("province".to_owned(), Unknown)], "{province:?}");
    }
    let one = |field: &str, code: FieldCode| vec![(field.to_owned(), code)];
    for (body, expected) in [
        (json!({}), one("province", Missing)),
        (json!({"province": 32}), one("province", WrongType)),
        (json!({"province": null}), one("province", WrongType)),
        (json!({"province": "32", "name": "Siti"}), one("name", UnknownField)),
        (json!(["32"]), one("", WrongType)),
    ] {
        assert_eq!(device.put("/declaration", &body).await.fields(422, "invalid"), expected, "{body}");
    }
    device.put_text("/declaration", r#"{"province": "32""#).await.problem(400, "bad-json");
    device.send(device.request(Method::PUT, "/declaration").body("{}")).await.problem(415, "not-json");
    assert_eq!(device.declaration_counts().await.total, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_needed_and_one_that_has_ended_is_told() {
    let server = Server::start();
    let nobody = server.nobody();
    nobody.put_declaration("32").await.problem(401, "no-token");
    nobody.delete("/declaration").await.problem(401, "no-token");
    let ended = nobody.with_token("ended");
    ended.put_declaration("32").await.problem(401, "unknown-token");
    ended.delete("/declaration").await.problem(401, "unknown-token");
    ended.get("/declaration/counts").await.problem(401, "unknown-token");
    assert_eq!(nobody.declaration_counts().await.total, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_provinces_that_race_one_wins() {
    let server = Server::start();
    let codes = ["11", "32", "96"];
    for _ in 0..20 {
        let device = server.device().await;
        let racing: Vec<_> = codes
            .map(|code| {
                let device = device.clone();
                tokio::spawn(async move { (code, device.put_declaration(code).await) })
            })
            .into();
        let mut won = Vec::new();
        for task in racing {
            let (code, answer) = task.await.unwrap();
            if answer.status == 200 {
                assert_eq!(answer.read::<Declared>(), told(Some(code)));
                won.push(code);
            } else {
                answer.problem(409, "already-joined");
            }
        }
        assert_eq!(won.len(), 1, "{won:?}");
        assert_eq!(device.declaration_counts().await.own.as_deref(), Some(won[0]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_counts_are_the_rows_after_many_at_once_and_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::on(folder.path());
    let codes = ["11", "32", "51", "96"];
    let mut racing = Vec::new();
    for n in 0..24 {
        let device = server.device().await;
        racing.push(tokio::spawn(async move {
            for turn in 0..4 {
                device.join(codes[(n + turn) % codes.len()]).await;
                device.withdraw().await;
            }
            // A third of them goes.
            if n % 3 > 0 {
                device.join(codes[n % codes.len()]).await;
            }
            (n, device)
        }));
    }
    let mut expected = BTreeMap::new();
    let mut first = None;
    for task in racing {
        let (n, device) = task.await.unwrap();
        if n % 3 > 0 {
            expected.insert(token_hash(device.token()), codes[n % codes.len()].to_owned());
            first.get_or_insert((device, codes[n % codes.len()]));
        }
    }
    assert_eq!(Stored::open(server.data()).declarations(), expected);
    let mut rows = BTreeMap::new();
    for province in expected.values() {
        *rows.entry(province.as_str()).or_insert(0) += 1;
    }
    let before = server.nobody().declaration_counts().await;
    assert_eq!((before.total, signed(&before)), (16, rows));

    server.terminate();
    assert_eq!(server.ended().code(), Some(0));
    let server = Server::on(folder.path());
    assert_eq!(server.nobody().declaration_counts().await, before);
    let (device, province) = first.unwrap();
    let device = server.nobody().with_token(device.token());
    assert_eq!(device.declaration_counts().await.own.as_deref(), Some(province));
    assert_eq!(device.join(province).await, told(Some(province)));
}
