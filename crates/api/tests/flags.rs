//! `PUT /reports/{id}/flag`: one word a device and report, kept for whoever looks into it and told to nobody.

mod support;

use model::{
    FieldCode::{self, ControlCharacter, Missing, TooLong, Unknown, UnknownField, WrongType},
    Flagged,
};
use serde_json::{Value, json};
use support::{
    Server, new_id, report,
    stored::{Stored, token_hash},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_device_flags_once_and_its_last_word_counts() {
    let server = Server::start();
    let (siti, budi) = (server.device().await, server.device().await);
    let id = siti.submit(report()).await;
    let flagged = Flagged { id, flagged: true };
    let first = json!({"reason": "spam"});
    for _ in 0..2 {
        assert_eq!(siti.put_flag(id, &first).await.expect(200).read::<Flagged>(), flagged);
    }
    let first_at = Stored::open(server.data()).flags(id)[0].3;
    for n in 1..3 {
        let other = json!({"reason": "other", "note": format!("  Salah alamat.\r\nDua baris, {n}. ")});
        assert_eq!(budi.put_flag(id, &other).await.expect(200).read::<Flagged>(), flagged);
    }
    siti.put_flag(id, &first).await.expect(200);
    let rows = Stored::open(server.data()).flags(id);
    let words: Vec<_> =
        rows.iter().map(|(who, reason, note, _)| (*who, reason.as_str(), note.as_deref())).collect();
    assert_eq!(
        words,
        [
            (token_hash(siti.token()), "spam", None),
            (token_hash(budi.token()), "other", Some("Salah alamat.\nDua baris, 2."))
        ]
    );
    assert_eq!(rows[0].3, first_at, "the same again is no new word");
    budi.put_flag(id, &json!({"reason": "abuse"})).await.expect(200);
    let last = &Stored::open(server.data()).flags(id)[1];
    assert_eq!((last.1.as_str(), &last.2), ("abuse", &None), "the note goes with the word it belonged to");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flag_changes_nothing_that_can_be_read() {
    let server = Server::start();
    let (siti, budi) = (server.device().await, server.device().await);
    let id = siti.submit(report()).await;
    let before = siti.get_report(id).await.text;
    budi.put_flag(id, &json!({"reason": "untrue", "note": "catatan rahasia"})).await.expect(200);
    assert_eq!(siti.get_report(id).await.text, before);
    assert!(!budi.get("/reports").await.text.contains("catatan"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reason_is_taken_and_every_wrong_field_is_named() {
    let server = Server::start();
    let device = server.device().await;
    let id = device.submit(report()).await;
    for reason in ["spam", "abuse", "personal_data", "wrong_place", "untrue", "other"] {
        device.put_flag(id, &json!({ "reason": reason })).await.expect(200);
    }
    device.put_flag(id, &json!({"reason": "other", "note": "é".repeat(500)})).await.expect(200);
    device.put_flag(id, &json!({"reason": "other", "note": null})).await.expect(200);
    let cases: [(Value, &str, FieldCode); 9] = [
        (json!({}), "reason", Missing),
        (json!({"reason": "rude"}), "reason", Unknown),
        (json!({"reason": 1}), "reason", WrongType),
        (json!({"reason": null}), "reason", WrongType),
        (json!({"reason": "spam", "note": "é".repeat(501)}), "note", TooLong),
        (json!({"reason": "spam", "note": "a\u{7}b"}), "note", ControlCharacter),
        (json!({"reason": "spam", "note": 1}), "note", WrongType),
        (json!({"reason": "spam", "colour": "red"}), "colour", UnknownField),
        (json!([]), "", WrongType),
    ];
    for (body, field, code) in cases {
        let answer = device.put_flag(id, &body).await;
        assert_eq!(answer.fields(422, "invalid"), [(field.to_owned(), code)], "{body}");
    }
    device.put_text(&format!("/reports/{id}/flag"), "{").await.problem(400, "bad-json");
    assert_eq!(Stored::open(server.data()).flags(id)[0].1, "other", "what is refused changes nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_one_may_read_can_be_flagged() {
    let server = Server::start();
    let (owner, other) = (server.device().await, server.device().await);
    let private = owner.submit(report().visibility("private")).await;
    let spam = json!({"reason": "spam"});
    other.put_flag(private, &spam).await.problem(404, "no-report");
    assert_eq!(Stored::open(server.data()).flags(private), []);
    owner.put_flag(private, &spam).await.expect(200);
    owner.put_flag(new_id(), &spam).await.problem(404, "no-report");
    owner.put("/reports/x/flag", &spam).await.problem(404, "no-report");
    let nobody = server.nobody();
    nobody.put_flag(private, &spam).await.problem(401, "no-token");
    nobody.with_token("wrong").put_flag(private, &spam).await.problem(401, "unknown-token");
}
