//! One request and its answer.

use std::time::Duration;

use gloo_net::http::{Method, RequestBuilder, Response};
use leptos::prelude::set_timeout_with_handle;
use model::Problem;
use serde::de::DeserializeOwned;
use web_sys::AbortController;

use super::{Client, ClientError, device};
use crate::json;

/// How long an answer may take on a bad network before it counts as none.
const PATIENCE: Duration = Duration::from_secs(30);

impl Client {
    /// Reads, as this device if it is one already.
    pub(super) async fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T, ClientError> {
        decoded(&self.read_text(path).await?)
    }

    /// Writes as this device, and becomes one first if it is none yet.
    pub(super) async fn write<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> Result<T, ClientError> {
        decoded(&self.write_text(method, path, body).await?)
    }

    /// Reads as nobody in particular, so that the browser may keep the answer.
    pub(super) async fn read_as_anybody<T: DeserializeOwned>(&self, path: &str) -> Result<T, ClientError> {
        decoded(&self.send(Method::GET, path, None, None).await?)
    }

    async fn read_text(&self, path: &str) -> Result<String, ClientError> {
        let token = device::kept_token();
        match self.send(Method::GET, path, token.as_deref(), None).await {
            // The token has ended; what everybody may read can be read without one.
            Err(error) if error.status() == Some(401) && token.is_some() => {
                device::forget_token();
                self.send(Method::GET, path, None, None).await
            }
            answer => answer,
        }
    }

    async fn write_text(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> Result<String, ClientError> {
        let token = self.token().await?;
        match self.send(method.clone(), path, Some(&token), body.as_deref()).await {
            Err(error) if error.status() == Some(401) => {
                device::forget_token();
                let token = self.token().await?;
                self.send(method, path, Some(&token), body.as_deref()).await
            }
            answer => answer,
        }
    }

    /// Sends a request; the answer is the text of a success.
    pub(super) async fn send(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<&str>,
    ) -> Result<String, ClientError> {
        let abort = AbortController::new().ok();
        let mut request = RequestBuilder::new(&self.url(path))
            .method(method)
            .abort_signal(abort.as_ref().map(AbortController::signal).as_ref());
        if let Some(token) = token {
            request = request.header("Authorization", &format!("Bearer {token}"));
        }
        let request = match body {
            Some(body) => request.header("Content-Type", "application/json").body(body),
            None => request.build(),
        };
        let Ok(request) = request else { return Err(ClientError::Offline) };

        let stop = abort.clone();
        let alarm = set_timeout_with_handle(move || stop.iter().for_each(AbortController::abort), PATIENCE);
        let answer = match request.send().await {
            Ok(response) => success_text(response).await,
            Err(_) => Err(ClientError::Offline),
        };
        if let Ok(alarm) = alarm {
            alarm.clear();
        }
        match answer {
            Err(ClientError::Offline) if abort.is_some_and(|abort| abort.signal().aborted()) => {
                Err(ClientError::TimedOut)
            }
            answer => answer,
        }
    }
}

async fn success_text(response: Response) -> Result<String, ClientError> {
    let status = response.status();
    let text = response.text().await.map_err(|_| ClientError::Offline)?;
    if response.ok() {
        Ok(text)
    } else {
        let problem = json::read::<Problem>(&text);
        Err(problem.map_or(ClientError::NotOurs(status), ClientError::Problem))
    }
}

/// A success that is not of our making is no success: captive portals answer 200 too.
pub(super) fn decoded<T: DeserializeOwned>(text: &str) -> Result<T, ClientError> {
    json::read(text).ok_or(ClientError::NotOurs(200))
}
