//! The OpenAPI document: of version 3.1, whole, and true. What answers is in it, what is in it answers.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod support;

use std::{fs, path::Path};

use reqwest::Method;
use serde_json::Value;
use support::{Server, report};

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

/// What the router makes of a path and method, told by the problems that it alone gives.
async fn answers(server: &Server, path: &str, method: &Method, id: &str) -> bool {
    let path = path
        .split('/')
        .map(|part| match part {
            "{z}" | "{x}" | "{y}" => "0",
            part if part.starts_with('{') => id,
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/");
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
        [r#""/api/v1/""#, r#""/healthz""#, r#""/openapi.json""#, r#""/readyz""#, r#"&format!("{prefix}/")"#]
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
            let kind = if status.starts_with('2') { "application/json" } else { "application/problem+json" };
            let content = &response["content"];
            assert!(!content[kind]["schema"].is_null(), "{method} {path} {status}: {content}");
        }
        let asked_for = operation["security"].as_array();
        for scheme in asked_for.into_iter().flatten().flat_map(|choice| choice.as_object().unwrap().keys()) {
            assert!(schemes.contains_key(scheme), "{method} {path}: {scheme}");
        }
        assert_eq!(asked_for.is_some(), responses.contains_key("401"), "{method} {path}: a token, or no 401");
        for name in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
            let parameters = operation["parameters"].as_array().unwrap();
            assert!(parameters.iter().any(|p| p["name"] == name && p["in"] == "path"), "{method} {path}");
        }
    }
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
