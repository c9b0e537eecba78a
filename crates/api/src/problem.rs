//! How the API says that it did not do what was asked: one error type for all routes.
//!
//! A route returns [`ApiError`]; [`render`] turns it, and every bare failure of the framework (unknown route,
//! wrong method, a panic), into one problem document in the caller's language.

use std::sync::Arc;

use axum::{
    Json,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use model::{FieldError, Problem, ProblemField};
use utoipa::{
    Modify,
    openapi::{OpenApi, RefOr, Schema},
};

use crate::{photos::PhotoError, request_id::RequestId, store::StoreError, words::Language};

/// Wrong fields that are named in one answer: more than any form has. A body may have tens of thousands of names that
/// nobody knows, and telling each would make the answer eight times as long as what was sent.
const ERRORS_MAX: usize = 50;

/// Every way in which a call can fail.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum ApiError {
    /// The body is not JSON.
    #[error("the body is not JSON")]
    BadJson,
    /// The body is not said to be JSON.
    #[error("the body is not application/json")]
    NotJson,
    /// The body is larger than the route takes.
    #[error("the body is too large")]
    TooLarge,
    /// Parameters of the query or the path are wrong.
    #[error("bad parameters: {0:?}")]
    BadQuery(Vec<FieldError>),
    /// Fields of the body are wrong.
    #[error("invalid fields: {0:?}")]
    Invalid(Vec<FieldError>),
    /// No token, where one is needed.
    #[error("no device token")]
    NoToken,
    /// A token that no device holds.
    #[error("unknown device token")]
    UnknownToken,
    /// No such route.
    #[error("no such route")]
    NoRoute,
    /// No such report, or none that the caller may know of.
    #[error("no such report")]
    NoReport,
    /// No such participant.
    #[error("no such participant")]
    NoParticipant,
    /// The route does not know the method.
    #[error("method not allowed")]
    Method,
    /// No such photo, or none that the caller may know of.
    #[error("no such photo")]
    NoPhoto,
    /// No such tile of the map.
    #[error("no such tile")]
    NoTile,
    /// The bytes are no picture of a kind that is taken.
    #[error("not a JPEG, PNG or WebP")]
    NotPhoto,
    /// A picture as newer iPhones keep it, which no browser but theirs can show.
    #[error("a HEIC photo")]
    HeicPhoto,
    /// More bytes than a photo may have.
    #[error("the photo is too large")]
    PhotoTooLarge,
    /// More pixels than a photo may have.
    #[error("the photo has too many pixels")]
    PhotoTooManyPixels,
    /// A picture that ends too early or cannot be made out.
    #[error("the photo is broken")]
    BrokenPhoto,
    /// Only the device that sent a report may do this to it.
    #[error("not the reporter's device")]
    NotReporter,
    /// Something else stands under this id.
    #[error("something else stands under this id")]
    Conflict,
    /// The device has signed the declaration for another province.
    #[error("joined already")]
    AlreadyJoined,
    /// The body did not arrive in time.
    #[error("the body took too long")]
    Timeout,
    /// More requests than one may send; again after so many seconds.
    #[error("too many requests, again in {retry_after} s")]
    TooMany {
        /// In whole seconds, at least one.
        retry_after: u32,
    },
    /// As many at once as the server can bear; again after so many seconds.
    #[error("busy, again in {retry_after} s")]
    Busy {
        /// In whole seconds, at least one.
        retry_after: u32,
    },
    /// The map is still being loaded; again after so many seconds.
    #[error("the map is not loaded yet, again in {retry_after} s")]
    NotLoaded {
        /// In whole seconds, at least one.
        retry_after: u32,
    },
    /// It took the server too long; whether it was done is not known. Again after so many seconds.
    #[error("not answered in time, again in {retry_after} s")]
    Overdue {
        /// In whole seconds, at least one.
        retry_after: u32,
    },
    /// The server could not do it now; nothing was changed.
    #[error("unavailable")]
    Unavailable,
    /// A fault of ours.
    #[error("internal error")]
    Internal,
}

impl ApiError {
    fn status(&self) -> StatusCode {
        match self {
            Self::BadJson | Self::BadQuery(_) => StatusCode::BAD_REQUEST,
            Self::NotJson | Self::NotPhoto | Self::HeicPhoto => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge | Self::PhotoTooLarge | Self::PhotoTooManyPixels => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Invalid(_) | Self::BrokenPhoto => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NoToken | Self::UnknownToken => StatusCode::UNAUTHORIZED,
            Self::NotReporter => StatusCode::FORBIDDEN,
            Self::NoRoute | Self::NoReport | Self::NoPhoto | Self::NoParticipant | Self::NoTile => {
                StatusCode::NOT_FOUND
            }
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict | Self::AlreadyJoined => StatusCode::CONFLICT,
            Self::Timeout => StatusCode::REQUEST_TIMEOUT,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy { .. } | Self::NotLoaded { .. } | Self::Overdue { .. } | Self::Unavailable => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable last part of the problem's `type`, and the key of its title in the locales.
    fn name(&self) -> &'static str {
        match self {
            Self::BadJson => "bad-json",
            Self::NotJson => "not-json",
            Self::TooLarge => "too-large",
            Self::BadQuery(_) => "bad-query",
            Self::Invalid(_) => "invalid",
            Self::NoToken => "no-token",
            Self::UnknownToken => "unknown-token",
            Self::NoRoute => "no-route",
            Self::NoReport => "no-report",
            Self::NoPhoto => "no-photo",
            Self::NoParticipant => "no-participant",
            Self::NoTile => "no-tile",
            Self::NotPhoto => "not-photo",
            Self::HeicPhoto => "heic-photo",
            Self::PhotoTooLarge => "photo-too-large",
            Self::PhotoTooManyPixels => "photo-too-many-pixels",
            Self::BrokenPhoto => "broken-photo",
            Self::NotReporter => "not-reporter",
            Self::AlreadyJoined => "already-joined",
            Self::Timeout => "timeout",
            Self::TooMany { .. } => "too-many",
            Self::Busy { .. } => "busy",
            Self::NotLoaded { .. } => "not-loaded",
            Self::Overdue { .. } => "overdue",
            Self::Method => "method",
            Self::Conflict => "conflict",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }

    /// What a status that some layer set by itself means.
    fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NoRoute,
            StatusCode::REQUEST_TIMEOUT => Self::Timeout,
            StatusCode::METHOD_NOT_ALLOWED => Self::Method,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::NotJson,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            status if status.is_client_error() => Self::BadQuery(Vec::new()),
            _ => Self::Internal,
        }
    }

    /// When it may be asked again, in seconds, where that is known.
    fn retry_after(&self) -> Option<u32> {
        match self {
            Self::TooMany { retry_after }
            | Self::Busy { retry_after }
            | Self::NotLoaded { retry_after }
            | Self::Overdue { retry_after } => Some(*retry_after),
            _ => None,
        }
    }

    fn document(&self, language: Language, request: Option<RequestId>) -> Problem {
        let fields: &[FieldError] = match self {
            Self::BadQuery(errors) | Self::Invalid(errors) => errors,
            _ => &[],
        };
        Problem {
            kind: format!("urn:warga:problem:{}", self.name()),
            title: language.problem(self.name()),
            status: self.status().as_u16(),
            instance: request.map(RequestId::urn),
            errors: fields
                .iter()
                .take(ERRORS_MAX)
                .map(|error| ProblemField {
                    field: error.field.clone(),
                    code: error.code,
                    message: language.field(error.code.as_str()),
                })
                .collect(),
        }
    }
}

/// Says in a document how many wrong fields a problem names at most.
pub(crate) struct NamedErrors;

impl Modify for NamedErrors {
    fn modify(&self, document: &mut OpenApi) {
        let schemas = document.components.as_mut().map(|components| &mut components.schemas);
        if let Some(RefOr::T(Schema::Object(problem))) =
            schemas.and_then(|schemas| schemas.get_mut("Problem"))
            && let Some(RefOr::T(Schema::Array(errors))) = problem.properties.get_mut("errors")
        {
            errors.max_items = Some(ERRORS_MAX);
        }
    }
}

impl From<StoreError> for ApiError {
    /// The one place where a failure of the store is logged, but for a commit: what the writer has said once must not
    /// be said again by each of the thousand requests that were in it, onto a disk that may be full.
    fn from(error: StoreError) -> Self {
        if error.is_interruption() {
            // A question that was too expensive, not a fault.
            tracing::warn!(%error, "a read took too long");
        } else if !matches!(error, StoreError::NotCommitted(_)) {
            tracing::error!(%error, "the store failed");
        }
        match error {
            StoreError::Corrupt { .. } | StoreError::Migration(_) => Self::Internal,
            _ => Self::Unavailable,
        }
    }
}

impl From<PhotoError> for ApiError {
    fn from(error: PhotoError) -> Self {
        match error {
            PhotoError::Format => Self::NotPhoto,
            PhotoError::Heic => Self::HeicPhoto,
            PhotoError::TooManyPixels => Self::PhotoTooManyPixels,
            PhotoError::Broken => Self::BrokenPhoto,
        }
    }
}

impl From<object_store::Error> for ApiError {
    /// The one place where a failure of the photos' folder or bucket is logged.
    fn from(error: object_store::Error) -> Self {
        tracing::error!(%error, "the photos' store failed");
        Self::Unavailable
    }
}

impl IntoResponse for ApiError {
    /// A bare status that carries the error to [`render`], which knows the caller's language.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Middleware: every failure leaves as a problem document.
pub(crate) async fn render(request: Request, next: Next) -> Response {
    let language = Language::of(request.headers());
    let id = request.extensions().get::<RequestId>().copied();
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let error = response
        .extensions()
        .get::<Arc<ApiError>>()
        .map_or_else(|| ApiError::of_status(status), |error| ApiError::clone(error));
    let mut answer = (error.status(), Json(error.document(language, id))).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    if error.status() == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if matches!(error, ApiError::Timeout) {
        // The rest of the body may still come; nothing after it can be made out.
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    keep(response.headers(), headers, &[header::ALLOW, header::RETRY_AFTER]);
    if let Some(seconds) = error.retry_after() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

fn keep(from: &HeaderMap, to: &mut HeaderMap, names: &[header::HeaderName]) {
    for name in names {
        if let Some(value) = from.get(name) {
            to.insert(name, value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        sync::{Mutex, PoisonError},
    };

    use model::FieldCode;
    use tracing::Level;

    use super::*;

    /// What is logged goes here.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What is logged when a failure of the store is answered.
    fn logged(error: StoreError) -> String {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(Level::TRACE)
            .with_ansi(false)
            .without_time()
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || drop(ApiError::from(error)));
        String::from_utf8(log.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn a_failure_of_the_store_is_logged_once_and_as_what_it_is() {
        let full = logged(StoreError::full());
        assert!(full.trim_start().starts_with("ERROR") && full.lines().count() == 1, "{full}");
        let slow = logged(StoreError::interrupted());
        assert!(slow.trim_start().starts_with("WARN") && slow.lines().count() == 1, "{slow}");
        assert_eq!(logged(StoreError::not_committed()), "");
    }

    #[test]
    fn a_problem_names_fifty_wrong_fields_at_most() {
        let errors = (0..10_000).map(|n| FieldError::new(n.to_string(), FieldCode::UnknownField)).collect();
        let document = ApiError::Invalid(errors).document(Language::Indonesian, None);
        assert_eq!(document.errors.len(), 50);
        assert_eq!(document.errors[49].field, "49", "the first ones");
    }

    #[test]
    fn the_document_says_how_many_wrong_fields_are_named() {
        #[derive(utoipa::OpenApi)]
        #[openapi(components(schemas(Problem)))]
        struct Document;

        let mut document = <Document as utoipa::OpenApi>::openapi();
        NamedErrors.modify(&mut document);
        let errors = "/components/schemas/Problem/properties/errors/maxItems";
        assert_eq!(serde_json::to_value(&document).unwrap().pointer(errors), Some(&ERRORS_MAX.into()));
    }

    #[test]
    fn every_problem_and_every_field_error_has_its_sentence_in_both_languages() {
        let kinds = [
            ApiError::BadJson,
            ApiError::NotJson,
            ApiError::TooLarge,
            ApiError::BadQuery(Vec::new()),
            ApiError::Invalid(Vec::new()),
            ApiError::NoToken,
            ApiError::UnknownToken,
            ApiError::NoRoute,
            ApiError::NoReport,
            ApiError::NoPhoto,
            ApiError::NoParticipant,
            ApiError::NoTile,
            ApiError::NotPhoto,
            ApiError::HeicPhoto,
            ApiError::PhotoTooLarge,
            ApiError::PhotoTooManyPixels,
            ApiError::BrokenPhoto,
            ApiError::NotReporter,
            ApiError::Method,
            ApiError::Conflict,
            ApiError::AlreadyJoined,
            ApiError::Timeout,
            ApiError::TooMany { retry_after: 1 },
            ApiError::Busy { retry_after: 1 },
            ApiError::NotLoaded { retry_after: 1 },
            ApiError::Overdue { retry_after: 1 },
            ApiError::Unavailable,
            ApiError::Internal,
        ];
        let codes = [
            FieldCode::Blank,
            FieldCode::TooLong,
            FieldCode::TooMany,
            FieldCode::ControlCharacter,
            FieldCode::OutOfRange,
            FieldCode::Unknown,
            FieldCode::Repeated,
            FieldCode::Malformed,
            FieldCode::WrongType,
            FieldCode::UnknownField,
            FieldCode::Missing,
            FieldCode::Future,
            FieldCode::PhotoMissing,
            FieldCode::Other,
        ];
        for language in Language::ALL {
            for kind in &kinds {
                assert_ne!(language.problem(kind.name()), kind.name(), "{language:?}");
            }
            for code in codes {
                assert_ne!(language.field(code.as_str()), code.as_str(), "{language:?}");
            }
        }
    }
}
