//! Answers to a category's questions: what is right comes back as it was given, what is wrong is named.

mod support;

use model::{
    AttributeValue,
    FieldCode::{Blank, ControlCharacter, Malformed, OutOfRange, Repeated, TooLong, Unknown, WrongType},
    Report, Site,
};
use serde_json::{Value, json};
use support::{Server, new_id, report};

#[tokio::test(flavor = "multi_thread")]
async fn the_questions_are_offered_with_their_categories() {
    let server = Server::start();
    let site: Site = server.nobody().get("/site").await.expect(200).read();
    let flood = site.categories.iter().find(|category| category.code == "flood").unwrap();
    let codes: Vec<_> = flood.attributes.iter().map(|question| question.code.as_str()).collect();
    assert_eq!(codes, ["depth_cm", "since", "cause"]);
    assert!(flood.attributes[2].values.iter().any(|value| value.key == "drain"));
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_come_back_with_the_report() {
    let server = Server::start();
    let (device, nobody) = (server.device().await, server.nobody());
    for (category, answers) in [
        ("flood", json!({"depth_cm": 30.5, "since": "2026-01-02T03:04:05+07:00", "cause": "drain"})),
        ("waste", json!({"kinds": ["rubble", "household"]})),
        ("street_light", json!({"pole_number": "LT-07/B", "state": "out"})),
        ("other", json!({"wish": "Pasang rambu.\nLalu awasi."})),
        ("fire", json!({"burning": "land"})),
        ("road", json!({})),
    ] {
        let draft = report().category(category).with("attributes", answers.clone());
        let id = new_id();
        let created = device.put_report(id, &draft).await.expect(201).json();
        assert_eq!(created["attributes"], answers);
        assert_eq!(nobody.get_report(id).await.expect(200).json()["attributes"], answers);
        assert_eq!(device.put_report(id, &draft).await.expect(200).json()["attributes"], answers);
    }
    let typed = json!({"pole_number": "  LT-07 \n"});
    let id = device.submit(report().category("street_light").with("attributes", typed)).await;
    let kept: Report = device.report(id).await;
    assert_eq!(
        kept.attributes["pole_number"],
        AttributeValue::Text("LT-07".into()),
        "trimmed as other texts"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_answer_is_named_by_its_question() {
    let server = Server::start();
    let device = server.device().await;
    for (category, code, answer, wrong) in [
        ("road", "colour", json!("red"), Unknown),
        ("road", "Damage", json!("pothole"), Unknown),
        ("road", "depth_cm", json!(30), Unknown),
        ("road", "damage", json!("Berlubang"), Unknown),
        ("road", "damage", json!(""), Unknown),
        ("road", "damage", json!(1), WrongType),
        ("road", "damage", json!(["pothole"]), WrongType),
        ("road", "damage", json!(null), WrongType),
        ("road", "damage", json!({"key": "pothole"}), WrongType),
        ("road", "damage", json!(true), WrongType),
        ("fire", "emergency", json!("ya"), Unknown),
        ("waste", "kinds", json!("rubble"), WrongType),
        ("waste", "kinds", json!([]), Blank),
        ("waste", "kinds", json!(["rubble", "snow"]), Unknown),
        ("waste", "kinds", json!(["rubble", "rubble"]), Repeated),
        ("waste", "kinds", json!(["rubble", 1]), WrongType),
        ("waste", "since", json!("kemarin"), Malformed),
        ("waste", "since", json!("2026-02-30T00:00:00Z"), Malformed),
        ("waste", "since", json!(1_700_000_000), WrongType),
        ("flood", "depth_cm", json!("30"), WrongType),
        ("flood", "depth_cm", json!(-1e300), OutOfRange),
        ("flood", "depth_cm", json!(1_000_001), OutOfRange),
        ("street_light", "pole_number", json!("a".repeat(201)), TooLong),
        ("street_light", "pole_number", json!("a\nb"), ControlCharacter),
        ("street_light", "pole_number", json!(" "), Blank),
        ("street_light", "pole_number", json!(7), WrongType),
        ("other", "wish", json!("a".repeat(1001)), TooLong),
        ("other", "wish", json!("a\tb"), ControlCharacter),
    ] {
        let id = new_id();
        let draft = report().category(category).with("attributes", json!({ code: answer }));
        let answer = device.put_report(id, &draft).await;
        let expected = [(format!("attributes.{code}"), wrong)];
        assert_eq!(answer.fields(422, "invalid"), expected, "{:?}", draft.body());
        device.get_report(id).await.problem(404, "no-report");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_wrong_answers_are_named_in_one_refusal() {
    let server = Server::start();
    let answers = json!({"a": 1, "cause": "snow", "depth_cm": "deep", "since": "2026-01-02T03:04:05Z"});
    let draft = report().category("flood").with("attributes", answers);
    let answer = server.device().await.put_report(new_id(), &draft).await;
    let expected = [("depth_cm", WrongType), ("cause", Unknown), ("a", Unknown)];
    let expected = expected.map(|(code, wrong)| (format!("attributes.{code}"), wrong));
    assert_eq!(answer.fields(422, "invalid"), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_of_an_unknown_category_answers_no_questions() {
    let server = Server::start();
    let draft = report().category("ufo").with("attributes", json!({"damage": "pothole"}));
    let answer = server.device().await.put_report(new_id(), &draft).await;
    let fields: Vec<Value> =
        answer.fields(422, "invalid").into_iter().map(|(field, _)| field.into()).collect();
    assert_eq!(fields, ["category", "attributes.damage"]);
}
