//! What must never come out: private reports, the names of anonymous reporters, contacts, secrets.

mod support;

use model::Visibility;
use serde_json::json;
use support::{Answer, Server, report};

#[tokio::test(flavor = "multi_thread")]
async fn a_private_report_exists_for_its_device_only() {
    let server = Server::start();
    let (owner, other, nobody) = (server.device().await, server.device().await, server.nobody());
    let draft = report().visibility("private").with("name", "Siti Aminah");
    let id = owner.submit(draft.clone()).await;

    assert_eq!(owner.report(id).await.visibility, Visibility::Private);
    assert_eq!(owner.support(id).await.supports, 1);
    for caller in [&other, &nobody] {
        caller.get_report(id).await.problem(404, "no-report");
    }
    other.put_support(id).await.problem(404, "no-report");
    other.delete_support(id).await.problem(404, "no-report");
    assert_eq!(owner.report(id).await.supports, 1);
    // That the id is taken is all that a write under it tells: the same for the same body and for another.
    let same = other.put_report(id, &draft).await;
    let another = other.put_report(id, &report()).await;
    same.problem(409, "conflict");
    assert_eq!(same.text, another.text);
    assert_eq!(owner.report(id).await.description, draft.body()["description"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_private_looks_like_what_is_not_there() {
    let server = Server::start();
    let (owner, other) = (server.device().await, server.device().await);
    let private = owner.submit(report().visibility("private")).await;
    let absent = support::new_id();
    let told = |answer: Answer| (answer.status, answer.text, answer.headers.len());
    for path in ["", "/support"] {
        let (private, absent) = (format!("/reports/{private}{path}"), format!("/reports/{absent}{path}"));
        for method in [reqwest::Method::GET, reqwest::Method::PUT, reqwest::Method::DELETE] {
            // A body would be a report of its own under the absent id.
            let ask = |path: &str| other.send(other.request(method.clone(), path));
            assert_eq!(told(ask(&private).await), told(ask(&absent).await), "{method} {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_report_is_in_no_list() {
    let server = Server::start();
    let (owner, other, nobody) = (server.device().await, server.device().await, server.nobody());
    let private = owner.submit(report().visibility("private")).await;
    let public = owner.submit(report()).await;
    owner.support(private).await;
    for query in [
        "",
        "sort=supports",
        "sort=updated",
        "bbox=107.5,-7.0,107.75,-6.8",
        "bbox=-180,-90,180,90",
        "category=road",
        "status=received",
        "jurisdiction=unassigned",
        "since=2020-01-01T00:00:00Z",
    ] {
        for caller in [&owner, &other, &nobody] {
            assert_eq!(caller.ids(query).await, [public], "{query}: {private} is in no list");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_shown_on_a_public_report_only() {
    let server = Server::start();
    let (owner, nobody) = (server.device().await, server.nobody());
    for (visibility, shown) in [("public", true), ("anonymous", false), ("private", false)] {
        let draft = report().visibility(visibility).with("name", "Siti Aminah");
        let id = support::new_id();
        let answers = [
            owner.put_report(id, &draft).await.expect(201),
            owner.put_report(id, &draft).await.expect(200),
            owner.get_report(id).await.expect(200),
        ];
        for answer in answers {
            assert_eq!(answer.text.contains("Siti"), shown, "{visibility}: {}", answer.text);
        }
    }
    let list = nobody.get("/reports").await;
    assert_eq!(list.text.matches("Siti").count(), 1);
    let unsaid = owner.submit(report().with("name", "Siti Aminah")).await;
    assert_eq!(
        nobody.report(unsaid).await.visibility,
        Visibility::Anonymous,
        "anonymous where nothing is said"
    );
    assert!(!nobody.get_report(unsaid).await.text.contains("Siti"));
}

#[tokio::test(flavor = "multi_thread")]
async fn contact_and_secret_come_back_to_nobody() {
    let server = Server::start();
    let (owner, other, nobody) = (server.device().await, server.device().await, server.nobody());
    let contact = json!({"email": "siti@contoh.id", "phone": "+62 812 3456"});
    for visibility in ["public", "anonymous", "private"] {
        let secret = "rahasia-rahasia-rahasia-rahasia";
        let draft = report().visibility(visibility).with("contact", contact.clone()).with("secret", secret);
        let id = support::new_id();
        let mut answers = vec![
            owner.put_report(id, &draft).await.expect(201),
            owner.put_report(id, &draft).await.expect(200),
            owner.put_support(id).await.expect(200),
            other.put_report(id, &draft.clone().description("Lain")).await.expect(409),
        ];
        for caller in [&owner, &other, &nobody] {
            answers.push(caller.get_report(id).await);
            answers.push(caller.get("/reports").await.expect(200));
        }
        for answer in answers {
            for word in ["contact", "siti@", "812", "secret", "rahasia"] {
                assert!(!answer.text.contains(word), "{visibility}: {word} in {}", answer.text);
            }
        }
    }
    // Not even a refusal says a wrong one again.
    let wrong = json!({"email": "siti at contoh", "phone": "nol delapan satu"});
    let answer = owner.put_report(support::new_id(), &report().with("contact", wrong)).await.expect(422);
    assert!(!answer.text.contains("contoh") && !answer.text.contains("nol"), "{}", answer.text);
}
