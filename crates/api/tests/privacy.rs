//! What must never come out: private reports, the names of anonymous reporters, contacts, secrets.

mod support;

use model::Visibility;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use support::{Answer, Api, Draft, Names, Operation, Server, new_id, picture, report};

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
async fn not_even_a_refusal_says_a_contact_again() {
    let server = Server::start();
    let owner = server.device().await;
    let wrong = json!({"email": "siti at contoh", "phone": "nol delapan satu"});
    let answer = owner.put_report(new_id(), &report().with("contact", wrong)).await.expect(422);
    assert!(!answer.text.contains("contoh") && !answer.text.contains("nol"), "{}", answer.text);
}

/// What no answer may ever hold, whoever asks.
const NEVER: [&str; 4] = ["siti@contoh.id", "812 3456", "rahasia-rahasia-rahasia", "Siti"];
/// What the private report says; only its own device reads that.
const PRIVATE_WORDS: &str = "Pungutan di loket tujuh.";

/// A private report, an anonymous one and a public one of one device, with everything in them that is not for all.
struct Reports {
    server: Server,
    operations: Vec<Operation>,
    owner: Api,
    private: Told,
    anonymous: Told,
    public: Told,
}

/// A report and its photo; where no photo can be sent, an id that none has.
struct Told {
    report: String,
    photo: String,
}

impl Reports {
    async fn sent() -> Self {
        let server = Server::start();
        server.ready().await;
        let document = server.nobody().get("/openapi.json").await.json();
        let operations = Operation::all(&document);
        let owner = server.device().await;
        let photos = operations.iter().any(|operation| operation.path == "/photos/{id}");
        let whole = report()
            .with("contact", json!({"email": "siti@contoh.id", "phone": "+62 812 3456"}))
            .with("secret", "rahasia-rahasia-rahasia-rahasia");
        let named = whole.clone().with("name", "Siti Aminah");
        let send = async |draft: Draft| Told::send(&owner, draft, photos).await;
        Self {
            private: send(named.clone().visibility("private").description(PRIVATE_WORDS)).await,
            anonymous: send(named.visibility("anonymous")).await,
            public: send(whole.visibility("public").with("name", "Budi")).await,
            server,
            operations,
            owner,
        }
    }

    /// What can be asked for everywhere of one thing in every place, with nobody's ids in the other places.
    fn places(&self) -> impl Iterator<Item = (&Operation, usize)> {
        let places = self
            .operations
            .iter()
            .flat_map(|operation| (0..operation.parameters().len()).map(move |place| (operation, place)));
        // A participant is nobody's: there is no private one to ask for. A tile is among the lists.
        let nobodys = [Names::Participant, Names::Tile];
        places.filter(move |(operation, place)| !nobodys.contains(&operation.parameters()[*place]))
    }
}

impl Told {
    async fn send(owner: &Api, draft: Draft, photos: bool) -> Self {
        let photo = new_id().to_string();
        let draft = if photos {
            let request = owner.request(Method::PUT, &format!("/photos/{photo}"));
            owner
                .send(request.header("content-type", "image/jpeg").body(picture::jpeg(64, 48)))
                .await
                .expect(201);
            draft.with("photos", json!([photo]))
        } else {
            draft
        };
        let report = owner.submit(draft).await;
        owner.support(report).await;
        Self { report: report.to_string(), photo }
    }

    /// Ids that nothing has.
    fn absent() -> Self {
        Self { report: new_id().to_string(), photo: new_id().to_string() }
    }

    fn id(&self, of: Names) -> &str {
        match of {
            Names::Report => &self.report,
            Names::Photo => &self.photo,
            Names::Participant => "kota:32.73",
            // The whole world, in which every report lies.
            Names::Tile => "0",
        }
    }

    /// The parameters of an operation, all of them this one's.
    fn parameters(&self, operation: &Operation) -> Vec<String> {
        operation.parameters().into_iter().map(|of| self.id(of).to_owned()).collect()
    }
}

/// Whether an operation makes what is not there: that an id is taken is all that it tells of it.
fn creates(operation: &Operation) -> bool {
    operation.method == Method::PUT && ["/reports/{id}", "/photos/{id}"].contains(&operation.path.as_str())
}

/// All that a caller is told, but for what is different each time it asks.
async fn told(caller: &Api, request: RequestBuilder, ids: &[String]) -> (u16, Value, Vec<String>) {
    let answer = caller.send(request).await;
    let mut text = answer.text.clone();
    for id in ids {
        text = text.replace(id, "ID");
    }
    let mut body: Value = serde_json::from_str(&text).unwrap_or(Value::String(text));
    if let Some(fields) = body.as_object_mut() {
        fields.remove("instance");
    }
    let mut names: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
    names.sort_unstable();
    (answer.status, body, names)
}

/// Of every operation: whoever asks for somebody's private report, or for its photo, is told what those are told
/// who ask for nothing at all.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_private_looks_like_what_is_not_there() {
    let reports = Reports::sent().await;
    let (other, nobody) = (reports.server.device().await, reports.server.nobody());
    let (mut compared, absent) = (0, Told::absent());
    for (operation, place) in reports.places() {
        // Where an id can be made, what is taken by a private report looks like what is taken by any other.
        let (kind, like) = if creates(operation) { ("taken", &reports.public) } else { ("absent", &absent) };
        // In the other places of the path stands what may be read, so that nothing else is in the way.
        let with = |told: &Told| {
            let mut parameters = reports.public.parameters(operation);
            parameters[place] = told.id(operation.parameters()[place]).to_owned();
            parameters
        };
        let (private, like) = (with(&reports.private), with(like));
        for caller in [&other, &nobody] {
            let asked = told(caller, operation.ask(caller, &private), &private).await;
            let expected = told(caller, operation.ask(caller, &like), &like).await;
            assert_eq!(asked, expected, "{} {} is not as {kind}", operation.method, operation.path);
            assert!(asked.0 >= 400, "{} {}: {}", operation.method, operation.path, asked.0);
            compared += 1;
            if operation.method == Method::GET {
                let [private, like] = [&private, &like].map(|ids| {
                    let path = operation.path.replace("{id}", &ids[0]);
                    (caller.request(Method::HEAD, &path), ids)
                });
                let asked = told(caller, private.0, private.1).await;
                assert_eq!(asked, told(caller, like.0, like.1).await, "HEAD {}", operation.path);
            }
        }
    }
    assert!(compared >= 8, "only {compared} compared");
    let kept = reports.owner.get(&format!("/reports/{}", reports.private.report)).await.expect(200);
    assert!(kept.text.contains(PRIVATE_WORDS), "and nobody has changed it: {}", kept.text);
    assert!(kept.text.contains(r#""supports":1"#), "{}", kept.text);
}

/// Of everything that is read without saying whose: it is in none, not even for its own device.
#[tokio::test(flavor = "multi_thread")]
async fn a_private_report_is_in_no_list() {
    let reports = Reports::sent().await;
    let (other, nobody) = (reports.server.device().await, reports.server.nobody());
    let lists = reports
        .operations
        .iter()
        .filter(|operation| operation.method == Method::GET)
        .filter(|operation| operation.parameters().iter().all(|of| *of == Names::Tile));
    // The map follows within a second.
    nobody.tile_until((0, 0, 0), |tile| tile.points.len() == 2).await;
    let mut with_public = 0;
    for operation in lists {
        for caller in [&reports.owner, &other, &nobody] {
            for request in operation.ask_in_all_ways(caller, &reports.public.parameters(operation)) {
                let answer = caller.send(request).await;
                for word in [&reports.private.report, &reports.private.photo, PRIVATE_WORDS] {
                    assert!(!answer.text.contains(word), "{}: {}", operation.path, answer.text);
                }
                with_public += usize::from(answer.text.contains(&reports.public.report));
            }
        }
    }
    assert!(with_public >= 3 * 6, "the public report is in {with_public} lists only");
}

/// Of every operation, whoever asks for whatever report.
#[tokio::test(flavor = "multi_thread")]
async fn contact_secret_and_an_anonymous_name_come_back_to_nobody() {
    let reports = Reports::sent().await;
    let (other, nobody) = (reports.server.device().await, reports.server.nobody());
    let (mut answers, mut read): (Vec<Answer>, usize) = (Vec::new(), 0);
    // The owner last: what it does may change something.
    for caller in [&nobody, &other, &reports.owner] {
        for operation in &reports.operations {
            for told in [&reports.private, &reports.anonymous, &reports.public] {
                for request in operation.ask_in_all_ways(caller, &told.parameters(operation)) {
                    answers.push(caller.send(request).await);
                }
            }
        }
    }
    for answer in &answers {
        for word in NEVER {
            assert!(!answer.text.contains(word), "{word} in {}", answer.text);
        }
        read += usize::from(answer.text.contains("Budi"));
    }
    assert!(read >= 6, "only {read} answers show a public report with its name");
}
