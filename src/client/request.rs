//! One request and its answer.

use std::time::Duration;

use gloo_net::http::{Method, RequestBuilder, Response};
use leptos::prelude::{document, set_timeout_with_handle};
use model::{Problem, ProblemField};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, Blob, RequestCache};

use super::{Client, ClientError, Stop};
use crate::json::{self, Value};

/// How long an answer may take on a bad network before it counts as none.
const PATIENCE: Duration = Duration::from_secs(30);
/// The same for a photo: 400 KB at 20 kbit/s.
const PATIENCE_FOR_PHOTOS: Duration = Duration::from_secs(180);

/// What a request carries.
#[derive(Clone, Copy)]
pub(super) enum Body<'a> {
    Json(&'a str),
    Jpeg(&'a Blob),
}

impl Body<'_> {
    fn kind(self) -> &'static str {
        match self {
            Self::Json(_) => "application/json",
            Self::Jpeg(_) => "image/jpeg",
        }
    }

    fn patience(self) -> Duration {
        match self {
            Self::Json(_) => PATIENCE,
            Self::Jpeg(_) => PATIENCE_FOR_PHOTOS,
        }
    }
}

impl Client {
    /// Reads, as this device if it is one already.
    pub(super) async fn read<T: DeserializeOwned>(
        &self,
        path: &str,
        stop: Option<Stop>,
    ) -> Result<T, ClientError> {
        decoded(&self.read_text(path, stop).await?)
    }

    /// The same, field by field.
    pub(super) async fn read_with<T>(
        &self,
        path: &str,
        stop: Option<Stop>,
        read: fn(&Value) -> Option<T>,
    ) -> Result<T, ClientError> {
        with(&self.read_text(path, stop).await?, read)
    }

    /// Writes as this device, and becomes one first if it is none yet.
    pub(super) async fn write<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> Result<T, ClientError> {
        decoded(&self.write_text(method, path, body.as_deref().map(Body::Json)).await?)
    }

    /// Reads as nobody in particular, so that the browser may keep the answer.
    pub(super) async fn read_as_anybody<T>(
        &self,
        path: &str,
        read: fn(&Value) -> Option<T>,
    ) -> Result<T, ClientError> {
        with(&self.send(Method::GET, path, None, None, None, false).await?, read)
    }

    /// The same for a map, where answers are left behind before they come; `fresh` as in [`Self::send`].
    pub(super) async fn read_part(&self, path: &str, stop: Stop, fresh: bool) -> Result<Value, ClientError> {
        let text = self.send(Method::GET, path, None, None, Some(stop), fresh).await?;
        Value::parse(&text).ok_or(ClientError::NotOurs(200))
    }

    /// The text of an answer that is read, as this device if it is one already.
    pub(super) async fn read_text(&self, path: &str, stop: Option<Stop>) -> Result<String, ClientError> {
        let token = self.held_token();
        match (self.send(Method::GET, path, token.as_deref(), None, stop.clone(), false).await, token) {
            // The token has ended; what everybody may read can be read without one.
            (Err(error), Some(token)) if error.status() == Some(401) => {
                self.forget_token(&token);
                self.send(Method::GET, path, None, None, stop, false).await
            }
            (answer, _) => answer,
        }
    }

    /// The text of the answer to what this device writes.
    pub(super) async fn write_text(
        &self,
        method: Method,
        path: &str,
        body: Option<Body<'_>>,
    ) -> Result<String, ClientError> {
        let token = self.token().await?;
        match self.send(method.clone(), path, Some(&token), body, None, false).await {
            Err(error) if error.status() == Some(401) => {
                self.forget_token(&token);
                let token = self.token().await?;
                self.send(method, path, Some(&token), body, None, false).await
            }
            answer => answer,
        }
    }

    /// Sends a request; the answer is the text of a success. One that is to be `fresh` is not the browser's own, however
    /// new that is; it is asked whether it still holds.
    pub(super) async fn send(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<Body<'_>>,
        stop: Option<Stop>,
        fresh: bool,
    ) -> Result<String, ClientError> {
        let stop = stop.unwrap_or_else(Stop::new);
        let mut request = RequestBuilder::new(&self.url(path))
            .method(method)
            .abort_signal(stop.0.as_ref().map(AbortController::signal).as_ref());
        if fresh {
            request = request.cache(RequestCache::NoCache);
        }
        if let Some(language) = document().document_element().and_then(|root| root.get_attribute("lang")) {
            request = request.header("Accept-Language", &language);
        }
        if let Some(token) = token {
            request = request.header("Authorization", &format!("Bearer {token}"));
        }
        let request = match body {
            Some(body) => {
                let bytes = match body {
                    Body::Json(text) => JsValue::from_str(text),
                    Body::Jpeg(blob) => JsValue::from(blob),
                };
                request.header("Content-Type", body.kind()).body(bytes)
            }
            None => request.build(),
        };
        let Ok(request) = request else { return Err(ClientError::Offline) };

        let late = stop.clone();
        let alarm = set_timeout_with_handle(move || late.now(), body.map_or(PATIENCE, Body::patience));
        let answer = match request.send().await {
            Ok(response) => success_text(response).await,
            Err(_) => Err(ClientError::Offline),
        };
        if let Ok(alarm) = alarm {
            alarm.clear();
        }
        match answer {
            Err(ClientError::Offline) if stop.is_stopped() => Err(ClientError::TimedOut),
            answer => answer,
        }
    }
}

async fn success_text(response: Response) -> Result<String, ClientError> {
    let status = response.status();
    let wait = response.headers().get("Retry-After").and_then(|seconds| seconds.parse().ok());
    let text = response.text().await.map_err(|_| ClientError::Offline)?;
    if response.ok() {
        Ok(text)
    } else {
        Err(match (Value::parse(&text).and_then(|value| problem(&value)), wait) {
            // A server in trouble also names a time; then the trouble is what people hear of.
            (Some(problem), Some(seconds)) if status == 429 => ClientError::Wait(problem, seconds),
            (Some(problem), _) => ClientError::Problem(problem),
            (None, _) => ClientError::NotOurs(status),
        })
    }
}

fn problem(value: &Value) -> Option<Problem> {
    let field = |value: &Value| {
        Some(ProblemField {
            field: value.text("field")?,
            code: value.word("code")?,
            message: value.text("message")?,
        })
    };
    Some(Problem {
        kind: value.text("type")?,
        title: value.text("title")?,
        status: value.whole("status")?.try_into().ok()?,
        instance: value.text("instance"),
        // Only where fields are what is wrong.
        errors: value.list("errors", field).unwrap_or_default(),
    })
}

fn with<T>(text: &str, read: fn(&Value) -> Option<T>) -> Result<T, ClientError> {
    Value::parse(text).and_then(|value| read(&value)).ok_or(ClientError::NotOurs(200))
}

/// A success that is not of our making is no success: captive portals answer 200 too.
pub(super) fn decoded<T: DeserializeOwned>(text: &str) -> Result<T, ClientError> {
    json::read(text).ok_or(ClientError::NotOurs(200))
}
