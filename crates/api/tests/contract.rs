//! The OpenAPI document: of version 3.1, whole, and true. What answers is in it, what is in it answers.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::{fs, path::Path};

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Api, Document, Server, new_id, report};

const METHODS: [Method; 5] = [Method::GET, Method::PUT, Method::POST, Method::DELETE, Method::PATCH];

/// Every path of `API.md`, built or not, and some that must never be.
const PATHS: &[&str] = &[
    "/",
    "/site",
    "/reports",
    "/reports/{id}",
    "/reports/nearby",
    "/reports/{id}/support",
    "/reports/{id}/flag",
    "/reports/{id}/verdict",
    "/reports/{id}/evidence/{photo}",
    "/reports/{id}/contact",
    "/reports/{id}/updates",
    "/reports/{id}/updates/{uuid}",
    "/tiles/{z}/{x}/{y}",
    "/photos/{id}",
    "/participants",
    "/participants/{id}",
    "/participants/summary",
    "/statistics",
    "/devices",
    "/devices/challenge",
    "/declaration",
    "/declaration/counts",
    "/supports",
    "/contacts",
    "/metrics",
];

async fn document(server: &Server) -> Value {
    server.nobody().get("/openapi.json").await.expect(200).json()
}

fn documented(document: &Value, path: &str, method: &Method) -> bool {
    let fits = |template: &str| {
        let (template, path) = (template.split('/'), path.split('/'));
        template.clone().count() == path.clone().count()
            && template.zip(path).all(|(part, given)| part == given || part.starts_with('{'))
    };
    let paths = document["paths"].as_object().unwrap();
    let there = |operations: &Value| !operations[method.as_str().to_lowercase()].is_null();
    // A path that is written out is that path, not a value of another's parameter (OpenAPI 3.1, section 4.8.8.2).
    match paths.get(path) {
        Some(operations) => there(operations),
        None => paths.iter().any(|(template, operations)| fits(template) && there(operations)),
    }
}

/// A path of the document with its parameters filled in.
fn fill(path: &str, id: &str) -> String {
    let part = |part| match part {
        "{z}" | "{x}" | "{y}" => "0",
        part if str::starts_with(part, '{') => id,
        part => part,
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// What the router makes of a path and method, told by the problems that it alone gives.
async fn answers(server: &Server, path: &str, method: &Method, id: &str) -> bool {
    let path = fill(path, id);
    let nobody = server.nobody();
    let answer = nobody.send(nobody.request(method.clone(), &path)).await;
    !["no-route", "method"].iter().any(|kind| answer.text.contains(&format!("\"urn:warga:problem:{kind}\"")))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_answers_is_documented_and_what_is_documented_answers() {
    let server = Server::start();
    let document = document(&server).await;
    let id = server.device().await.submit(report()).await.to_string();
    let mut answering = 0;
    for path in PATHS {
        for method in &METHODS {
            let there = answers(&server, path, method, &id).await;
            assert_eq!(there, documented(&document, path, method), "{method} {path}");
            answering += usize::from(there);
        }
    }
    let operations = operations(&document);
    assert!(answering >= operations.len(), "{answering} of {} answered", operations.len());
    for (path, method, _) in operations {
        let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
        assert!(answers(&server, &path, &method, &id).await, "{method} {path} is documented only");
    }
}

/// The probe above knows the paths it tries; a route of another name would slip past it. The one way to add a
/// route without documenting it is `.route("…")` or `.route_service("…")`, so those are named.
#[test]
fn no_route_is_added_beside_the_document() {
    let routes = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/routes");
    let mut bare = Vec::new();
    let mut folders = vec![routes];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                let after = text
                    .split(".route")
                    .skip(1)
                    .filter_map(|rest| rest.strip_prefix('(').or_else(|| rest.strip_prefix("_service(")));
                bare.extend(after.map(|rest| rest.trim_start().split(',').next().unwrap().to_owned()));
            }
        }
    }
    bare.sort();
    assert_eq!(
        bare,
        [
            r#""/api/v1/""#,
            r#""/healthz""#,
            r#""/metrics""#,
            r#""/openapi.json""#,
            r#""/readyz""#,
            r#"&format!("{prefix}/")"#
        ]
    );
}

/// Path, method and the operation itself.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let mut all = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            all.push((path.clone(), method.clone(), operation.clone()));
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_openapi_3_1_and_every_reference_leads_somewhere() {
    let server = Server::start();
    let document = document(&server).await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."), "{}", document["openapi"]);
    let mut open = vec![&document];
    let mut references = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                    let pointer = reference.strip_prefix('#').unwrap();
                    assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
                    references += 1;
                }
                open.extend(fields.values());
            }
            Value::Array(values) => open.extend(values),
            _ => {}
        }
    }
    assert!(references > 10, "only {references} references");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_says_what_it_answers_and_who_may_ask() {
    let server = Server::start();
    let document = document(&server).await;
    let schemes = document["components"]["securitySchemes"].as_object().unwrap();
    for (path, method, operation) in operations(&document) {
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path}");
        for (status, response) in responses {
            let reference = response["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
            let response = reference.map_or(response, |pointer| document.pointer(pointer).unwrap());
            assert_ne!(response["description"].as_str().unwrap_or(""), "", "{method} {path} {status}");
            if status == "304" {
                assert!(response["content"].is_null(), "{method} {path}: a 304 has no body");
                continue;
            }
            let content = response["content"].as_object().unwrap();
            assert!(content.values().all(|kind| !kind["schema"].is_null()), "{method} {path} {status}");
            if !status.starts_with('2') {
                let kinds: Vec<_> = content.keys().collect();
                assert_eq!(kinds, ["application/problem+json"], "{method} {path} {status}");
            }
        }
        let asked_for = operation["security"].as_array();
        for scheme in asked_for.into_iter().flatten().flat_map(|choice| choice.as_object().unwrap().keys()) {
            assert!(schemes.contains_key(scheme), "{method} {path}: {scheme}");
        }
        for name in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
            let parameters = operation["parameters"].as_array().unwrap();
            assert!(parameters.iter().any(|p| p["name"] == name && p["in"] == "path"), "{method} {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_asked_for_where_the_document_says_so() {
    let server = Server::start();
    let (nobody, wrong) = (server.nobody(), server.nobody().with_token("wrong"));
    let mut with_token = 0;
    for (path, method, operation) in operations(&document(&server).await) {
        let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
        let choices = operation["security"].as_array().cloned().unwrap_or_default();
        let without = choices.is_empty() || choices.iter().any(|choice| choice == &json!({}));
        let path = fill(&path, &new_id().to_string());
        let ask = async |caller: &Api| caller.send(caller.request(method.clone(), &path)).await.status;
        assert_eq!(ask(&nobody).await == 401, !without, "{method} {path} without a token");
        assert_eq!(ask(&wrong).await == 401, !choices.is_empty(), "{method} {path} with a wrong one");
        with_token += usize::from(!without);
    }
    assert!(with_token >= 3, "only {with_token} ask for a token");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_documents_server_is_this_one_under_any_prefix() {
    for prefix in ["", "/lapor"] {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::with(folder.path(), &["--prefix", prefix]);
        assert_eq!(document(&server).await["servers"][0]["url"], format!("{prefix}/api/v1"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_runs_it_can_ask_how_it_is() {
    let server = Server::start();
    for path in ["/healthz", "/readyz"] {
        let answer = reqwest::get(format!("{}{path}", server.base())).await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert!(!answer.text().await.unwrap().is_empty());
    }
}

/// A document as small as one can be, with a schema of every form that is closed in another way.
fn small() -> Document {
    let schema = json!({ "$ref": "#/components/schemas/Near" });
    let ok = json!({ "content": { "application/json": { "schema": schema } } });
    let photo = json!({ "content": { "image/jpeg": {} } });
    let failure = json!({ "$ref": "#/components/responses/Failure" });
    let problem = json!({ "schema": { "$ref": "#/components/schemas/Problem" } });
    Document::new(json!({
        "paths": {
            "/things": { "get": { "responses": { "200": ok, "default": failure } } },
            "/things/{id}": { "get": { "responses": { "200": ok } }, "delete": { "responses": { "204": {} } } },
            "/things/photo": { "get": { "responses": { "200": photo } } },
        },
        "components": {
            "responses": { "Failure": { "content": { "application/problem+json": problem } } },
            "schemas": {
                "Thing": {
                    "type": "object",
                    "required": ["id"],
                    "properties": {
                        "id": { "type": "string", "format": "uuid" },
                        "parts": { "type": "array", "items": { "$ref": "#/components/schemas/Part" } },
                        "words": { "type": "object", "additionalProperties": { "type": "string" } },
                    },
                },
                "Part": { "type": "object", "properties": { "size": { "type": "integer", "maximum": 9 } } },
                "Near": {
                    "allOf": [
                        { "$ref": "#/components/schemas/Thing" },
                        { "type": "object", "required": ["distance"], "properties": { "distance": { "type": "number" } } },
                    ],
                },
                "Problem": { "type": "object", "properties": { "status": { "type": "integer" } } },
            },
        },
    }))
}

fn answer(status: u16, kind: &str, text: &str) -> Answer {
    let headers = [("content-type".parse().unwrap(), kind.parse().unwrap())].into_iter().collect();
    Answer { status, headers, text: text.to_owned(), bytes: text.into() }
}

const THING: &str =
    r#"{"id":"0190163d-8694-739b-aea5-966c26f8ad91","distance":1.5,"parts":[{"size":9}],"words":{"a":"b"}}"#;

#[test]
fn an_answer_that_fits_the_document_is_let_through() {
    let (document, json, failure) = (small(), "application/json", "application/problem+json");
    for (method, path, answer) in [
        (Method::GET, "/things", answer(200, json, THING)),
        (Method::GET, "/things/1", answer(200, "application/json; charset=utf-8", THING)),
        (Method::HEAD, "/things/1", answer(200, json, "")),
        (Method::DELETE, "/things/1", answer(204, "", "")),
        (Method::GET, "/things", answer(503, failure, r#"{"status":503}"#)),
        (Method::GET, "/things/photo", answer(200, "image/jpeg", "…")),
        // What is not documented is refused.
        (Method::PUT, "/things/1", answer(405, failure, "{}")),
        (Method::GET, "/things/1/2", answer(404, failure, "{}")),
        (Method::GET, "/things/", answer(404, failure, "{}")),
    ] {
        assert_eq!(document.misfit(&method, path, &answer), None, "{method} {path} {answer:?}");
    }
}

#[test]
fn an_answer_of_which_the_document_says_nothing_is_caught() {
    let (document, json, failure) = (small(), "application/json", "application/problem+json");
    let with = |from: &str, to: &str| {
        assert_eq!(THING.matches(from).count(), 1);
        answer(200, json, &THING.replace(from, to))
    };
    for (method, path, answer) in [
        (Method::GET, "/things/1", answer(201, json, THING)),
        (Method::GET, "/things/1", answer(503, failure, "{}")),
        (Method::GET, "/things/1", answer(200, "text/plain", THING)),
        (Method::HEAD, "/things/1", answer(200, "text/plain", "")),
        (Method::GET, "/things/photo", answer(200, json, THING)),
        (Method::DELETE, "/things/1", answer(204, json, "{}")),
        (Method::GET, "/things", answer(503, failure, r#"{"status":"503"}"#)),
        (Method::GET, "/things", answer(503, failure, r#"{"stack":"…"}"#)),
        (Method::GET, "/things", answer(200, json, "not JSON")),
        (Method::GET, "/things", answer(200, json, "[]")),
        (Method::GET, "/things", with(r#""distance":1.5"#, r#""distance":"1.5""#)),
        (Method::GET, "/things", with(r#""distance":1.5,"#, "")),
        (Method::GET, "/things", with(r#""distance""#, r#""owner":1,"distance""#)),
        (Method::GET, "/things", with("0190163d-8694", "0190163d8694")),
        (Method::GET, "/things", with(r#""size":9"#, r#""size":10"#)),
        (Method::GET, "/things", with(r#""size":9"#, r#""size":9,"weight":1"#)),
        (Method::GET, "/things", with(r#""b""#, "1")),
        (Method::PUT, "/things/1", answer(200, json, THING)),
        (Method::GET, "/elsewhere", answer(200, json, "{}")),
        (Method::GET, "/elsewhere", answer(404, "text/plain", "")),
        (Method::GET, "/elsewhere", answer(404, failure, r#"{"stack":"…"}"#)),
    ] {
        assert!(document.misfit(&method, path, &answer).is_some(), "{method} {path} {answer:?}");
    }
}

/// The same with the real document: whatever is taken out of it, some answer does not fit any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_says_too_little_is_caught() {
    let server = Server::start();
    let device = server.device().await;
    let id = device.submit(report()).await;
    let (whole, path) = (document(&server).await, format!("/reports/{id}"));
    let read = device.get_report(id).await;
    let fits = |document: Value| Document::new(document).misfit(&Method::GET, &path, &read).is_none();
    assert!(fits(whole.clone()));
    let fields: Value = read.json();
    for field in fields.as_object().unwrap().keys() {
        let mut less = whole.clone();
        let properties = less.pointer_mut("/components/schemas/Report/properties").unwrap();
        assert!(properties.as_object_mut().unwrap().remove(field).is_some(), "{field}");
        assert!(!fits(less), "{field} is not missed");
    }
    let mut less = whole;
    let responses = less.pointer_mut("/paths/~1reports~1{id}/get/responses").unwrap();
    assert!(responses.as_object_mut().unwrap().remove("200").is_some());
    assert!(!fits(less), "the status is not missed");
}

/// A schema and its examples, wherever the document puts them.
fn examples(document: &Value, holder: &Value) -> Vec<Value> {
    let mut found: Vec<Value> = holder.get("example").cloned().into_iter().collect();
    match &holder["examples"] {
        // Of a media type or a parameter: examples by name. Of a schema: a list.
        Value::Object(named) => found.extend(named.values().map(|example| example["value"].clone())),
        Value::Array(list) => found.extend(list.iter().cloned()),
        _ => {}
    }
    for inside in ["schema", "$ref"] {
        if let Some(reference) = holder[inside].as_str().and_then(|reference| reference.strip_prefix('#')) {
            found.extend(examples(document, document.pointer(reference).unwrap()));
        } else if holder[inside].is_object() {
            found.extend(examples(document, &holder[inside]));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_body_parameter_and_success_has_an_example_that_is_right() {
    let server = Server::start();
    let document = document(&server).await;
    let closed = Document::new(document.clone());
    let mut held = 0;
    for (path, method, operation) in operations(&document) {
        let mut holders = Vec::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            holders.push((format!("parameter {}", parameter["name"]), parameter));
        }
        let mut bodies = vec![("body", &operation["requestBody"])];
        for (status, response) in operation["responses"].as_object().unwrap() {
            if status.starts_with('2') {
                bodies.push((status, response));
            }
        }
        for (what, whose) in bodies {
            for (kind, media) in whose["content"].as_object().into_iter().flatten() {
                if kind == "application/json" {
                    holders.push((format!("{what} {kind}"), media));
                }
            }
        }
        for (what, holder) in holders {
            let examples = examples(&document, holder);
            assert!(!examples.is_empty(), "{method} {path} {what} has no example");
            for example in examples {
                let wrong = closed.misfit_of(&holder["schema"], &example);
                assert_eq!(wrong, None, "{method} {path} {what}: {example}");
                held += 1;
            }
        }
    }
    assert!(held > 20, "only {held} examples");
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        for example in examples(&document, schema) {
            assert_eq!(closed.misfit_of(schema, &example), None, "{name}: {example}");
        }
    }
}

/// The example of a report is one that this server takes, and so is what it refuses refused by the document.
#[tokio::test(flavor = "multi_thread")]
async fn the_example_of_a_submission_is_taken_in() {
    let server = Server::start();
    let device = server.device().await;
    let document = document(&server).await;
    let example = &document["components"]["schemas"]["Submission"]["example"];
    device.put(&format!("/reports/{}", new_id()), example).await.expect(201);
    let mut other = example.clone();
    other["category"] = json!("ufo");
    let reference = json!({ "$ref": "#/components/schemas/Submission" });
    assert!(Document::new(document.clone()).misfit_of(&reference, &other).is_some());
}
