//! What an operation may answer besides what its own route says: the answers of the layers around all of them.
//!
//! They stand in the document once, as components, and every operation refers to them. A route names only what
//! is its own, and one that says more about a shared status keeps its own words.

use axum::http::StatusCode;
use utoipa::{
    Modify,
    openapi::{
        Content, OpenApi, PathItem, Ref, RefOr, ResponseBuilder,
        header::Header,
        path::Operation,
        schema::{ObjectBuilder, Type},
    },
};

/// An answer of the layers: its status, its name among the components, and what it means.
struct Shared {
    status: &'static str,
    name: &'static str,
    meaning: &'static str,
    /// Whether it says when to ask again.
    retry: bool,
}

const fn shared(status: &'static str, name: &'static str, meaning: &'static str) -> Shared {
    Shared { status, name, meaning, retry: false }
}

/// Bodies are read whole before a route sees the request, even where none is asked for.
const ALWAYS: [Shared; 6] = [
    shared("400", "Malformed", "What was sent cannot be read, or its parameters are wrong."),
    shared("408", "TimedOut", "What was sent did not arrive in time. Nothing was changed."),
    shared("413", "TooLarge", "More was sent than is taken. Nothing was changed."),
    Shared { retry: true, ..shared("429", "TooMany", "Too many requests. Nothing was changed.") },
    shared("500", "Fault", "A fault of the server."),
    Shared {
        retry: true,
        ..shared("503", "Unavailable", "Not possible now. Nothing was changed; send it again.")
    },
];
const WITH_TOKEN: Shared =
    shared("401", "Unauthorized", "No device token, or one that is not valid any more.");
const WITH_BODY: Shared = shared("415", "NotTaken", "The body is of a type that is not taken here.");

/// Adds to a document that has all its routes what the layers around them answer.
pub(super) struct SharedAnswers;

impl Modify for SharedAnswers {
    fn modify(&self, document: &mut OpenApi) {
        for operation in document.paths.paths.values_mut().flat_map(operations) {
            complete(operation);
        }
        let components = document.components.get_or_insert_default();
        for answer in ALWAYS.iter().chain([&WITH_TOKEN, &WITH_BODY]) {
            components.responses.insert(answer.name.to_owned(), answer.response());
        }
    }
}

/// The operations of a path.
pub(super) fn operations(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, patch, .. } = path;
    [get, put, post, delete, patch].into_iter().flatten()
}

fn complete(operation: &mut Operation) {
    let token = operation.security.is_some().then_some(&WITH_TOKEN);
    let body = operation.request_body.is_some().then_some(&WITH_BODY);
    let answers = &mut operation.responses.responses;
    for answer in ALWAYS.iter().chain(token).chain(body) {
        let reference = || Ref::from_response_name(answer.name).into();
        answers.entry(answer.status.to_owned()).or_insert_with(reference);
    }
    for (status, answer) in answers {
        // OpenAPI asks for a description; where a route has nothing to add, the status says it.
        if let RefOr::T(answer) = answer
            && answer.description.is_empty()
        {
            let reason = status.parse::<StatusCode>().ok().and_then(|status| status.canonical_reason());
            answer.description = reason.unwrap_or(status).to_owned();
        }
    }
}

impl Shared {
    fn response(&self) -> RefOr<utoipa::openapi::Response> {
        let problem = Content::new(Some(Ref::from_schema_name("Problem")));
        let mut response =
            ResponseBuilder::new().description(self.meaning).content("application/problem+json", problem);
        if self.retry {
            let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
            let mut header = Header::new(seconds);
            header.description = Some("In how many seconds to ask again, where that is known.".to_owned());
            response = response.header("Retry-After", header);
        }
        response.into()
    }
}
