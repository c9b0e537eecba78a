//! An answer of the server, read to its end.

use model::{FieldCode, Problem};
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Status, headers and body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// The body; what is no text in it stands as U+FFFD.
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    /// Reads an answer. A problem document names its own request; that is looked at here and left out of the text, so
    /// that what is told to two callers can be compared.
    pub(crate) async fn of(response: reqwest::Response) -> reqwest::Result<Self> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await?.to_vec();
        let mut answer = Self { status, headers, text: String::from_utf8_lossy(&bytes).into_owned(), bytes };
        // The answer to a HEAD has the headers only.
        if answer.header("content-type") == "application/problem+json" && !answer.text.is_empty() {
            let instance = format!(r#","instance":"urn:uuid:{}""#, answer.request_id());
            assert!(answer.text.contains(&instance), "{instance} is not in {}", answer.text);
            answer.text = answer.text.replace(&instance, "");
        }
        Ok(answer)
    }

    /// The id of the request, as the answer tells it.
    #[track_caller]
    pub(crate) fn request_id(&self) -> uuid::Uuid {
        let id: uuid::Uuid = self.header("x-request-id").parse().unwrap();
        assert_eq!(id.get_version_num(), 7);
        id
    }

    /// Fails the test, with what was answered, when the status is another.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The value of a header; empty when there is none. Several of one name are joined as HTTP joins them.
    pub(crate) fn header(&self, name: &str) -> String {
        let values: Vec<_> = self.headers.get_all(name).iter().map(|v| v.to_str().unwrap()).collect();
        values.join(", ")
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json", "{}", self.text);
        serde_json::from_str(&self.text).unwrap()
    }

    /// The body as a word of the model.
    #[track_caller]
    pub(crate) fn read<T: DeserializeOwned>(&self) -> T {
        serde_json::from_value(self.json()).unwrap()
    }

    /// The body as a problem document of this status and kind, with everything RFC 9457 and `API.md` ask of one.
    #[track_caller]
    pub(crate) fn problem(&self, status: u16, kind: &str) -> Problem {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        let problem: Problem = serde_json::from_str(&self.text).unwrap();
        assert_eq!(problem.kind, format!("urn:warga:problem:{kind}"));
        assert_eq!(problem.status, status);
        assert!(!problem.title.is_empty());
        assert!(problem.errors.iter().all(|error| !error.message.is_empty()), "{}", self.text);
        let kept = self.header("cache-control");
        assert!(kept.contains("no-store"), "a failure that may be kept: {kept}");
        problem
    }

    /// The fields a problem document names, and what is wrong with each.
    #[track_caller]
    pub(crate) fn fields(&self, status: u16, kind: &str) -> Vec<(String, FieldCode)> {
        self.problem(status, kind).errors.into_iter().map(|error| (error.field, error.code)).collect()
    }
}
