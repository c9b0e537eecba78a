//! The report that is being written here.

use model::{FieldError, Report, ReportId, Rules, Submission};
use serde::{Deserialize, Serialize};

use crate::{
    client::{Client, ClientError},
    json, local, random,
};

const KEPT: &str = "warga.draft";

/// What was typed so far. Its id is made with it and never changes, so however often it is sent, it is one report.
///
/// What a later version of the portal adds must have a default: nobody's text is lost to an update.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Draft {
    id: ReportId,
    secret: String,
    /// The code of the chosen category, empty before one is chosen.
    pub(crate) category: String,
    /// What the citizen wrote.
    pub(crate) description: String,
    /// The place in words.
    pub(crate) address: String,
    /// The chosen place, `[lat, lng]` in degrees.
    pub(crate) place: Option<[f64; 2]>,
    /// The body as it was first sent, from the moment it is: the server may have taken it in even if no answer
    /// came, so until it answers nothing else may be sent under this id.
    sealed: Option<Submission>,
}

/// Why a draft was not sent.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum SendError {
    /// It breaks a rule of the server's; the draft is open again.
    #[error("to be completed: {0:?}")]
    Fields(Vec<FieldError>),
    /// Something else was sent under its id. The draft is open again under an id of its own, and what to do is for
    /// the citizen to decide: nothing is sent by itself.
    #[error("the id was taken")]
    Taken,
    /// The server did not take it in, or its answer did not arrive. The draft stays sealed.
    #[error(transparent)]
    Client(#[from] ClientError),
}

impl Draft {
    /// The draft that is kept here, or a new one; none only in a browser without randomness.
    pub(crate) fn kept_or_new() -> Option<Self> {
        local::get(KEPT).and_then(|text| json::read(&text)).or_else(Self::new)
    }

    fn new() -> Option<Self> {
        Some(Self {
            id: random::report_id()?,
            secret: random::secret()?,
            category: String::new(),
            description: String::new(),
            address: String::new(),
            place: None,
            sealed: None,
        })
    }

    /// Keeps it on this device. False when the browser refuses.
    pub(crate) fn keep(&self) -> bool {
        json::write(self).is_some_and(|text| local::set(KEPT, &text))
    }

    /// Whether it has been sent without an answer, and can only be sent again.
    pub(crate) fn is_sealed(&self) -> bool {
        self.sealed.is_some()
    }

    /// Checks it by the rules the server checks it by, and seals it: from now on nothing else may be sent under
    /// its id.
    ///
    /// # Errors
    /// Everything that is to be mended first.
    pub(crate) fn seal(&mut self, rules: Rules<'_>) -> Result<(), Vec<FieldError>> {
        if self.sealed.is_some() {
            return Ok(());
        }
        // Made while this device's clock was far ahead: the server would refuse the id until that day.
        if self.id.check_made_by(rules.now).is_err() {
            self.renew();
        }
        let submission = self.submission();
        let errors = submission.check(rules);
        if errors.is_empty() {
            self.sealed = Some(submission);
            Ok(())
        } else {
            Err(errors)
        }
    }

    /// Sends what was sealed. On success the draft is no longer kept; where the server refuses it for good, it is
    /// open again.
    pub(crate) async fn send(&mut self, client: &Client) -> Result<Report, SendError> {
        let Some(submission) = &self.sealed else { return Err(SendError::Fields(Vec::new())) };
        match client.put_report(self.id, submission).await {
            Ok(report) => {
                local::remove(KEPT);
                Ok(report)
            }
            Err(ClientError::Problem(problem)) if matches!(problem.status, 400 | 413 | 415 | 422) => {
                // Refused for what it says: nothing stands under the id, so it may be mended and sent again.
                self.sealed = None;
                if problem.errors.is_empty() {
                    return Err(ClientError::Problem(problem).into());
                }
                let errors = problem.errors.into_iter().map(|e| FieldError::new(e.field, e.code));
                Err(SendError::Fields(errors.collect()))
            }
            Err(error) if error.status() == Some(409) => {
                self.sealed = None;
                self.renew();
                Err(SendError::Taken)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Another id and secret for the same text.
    fn renew(&mut self) {
        if let (Some(id), Some(secret)) = (random::report_id(), random::secret()) {
            self.id = id;
            self.secret = secret;
        }
    }

    fn submission(&self) -> Submission {
        let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.trim().is_empty());
        // Without a place there is no position to check: NaN is what the rules call out of range.
        let [lat, lng] = self.place.unwrap_or([f64::NAN; 2]);
        let submission = Submission {
            address: filled(&self.address),
            secret: Some(self.secret.clone()),
            ..Submission::new(&self.category, &self.description, lat, lng)
        };
        submission.normalized()
    }
}
