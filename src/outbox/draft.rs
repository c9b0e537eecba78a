//! The report that is being written here.

use std::collections::BTreeMap;

use model::{FieldError, PhotoId, ReportId, Submission, Visibility};
use serde::{Deserialize, Serialize};

use super::{Shot, Terms, photo_store};
use crate::{json, local, random};

const KEPT: &str = "warga.draft";

/// What was typed so far. Its id is made with it and never changes, so however often it is sent, it is one report.
///
/// What a later version of the portal adds must have a default: nobody's text is lost to an update.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Draft {
    pub(super) id: ReportId,
    pub(super) secret: String,
    /// The code of the chosen category, empty before one is chosen.
    pub(crate) category: String,
    /// What the citizen wrote.
    pub(crate) description: String,
    /// The place in words.
    pub(crate) address: String,
    /// The chosen place, `[lat, lng]` in degrees.
    pub(crate) place: Option<[f64; 2]>,
    /// How far off the place may be, in metres, where the device found it.
    #[serde(default)]
    pub(crate) accuracy: Option<f64>,
    /// Whether the place is told in words only; what was chosen on the map waits meanwhile.
    #[serde(default)]
    pub(crate) by_words: bool,
    /// The code of the jurisdiction that goes with a place in words, empty before one is chosen.
    #[serde(default)]
    pub(crate) jurisdiction: String,
    /// Answers as they were typed, by [`answer_key`]: whoever tries another category finds them again.
    #[serde(default)]
    pub(crate) answers: BTreeMap<String, Vec<String>>,
    /// The photos, the first one first. Their bytes are in `photo_store`.
    #[serde(default)]
    pub(crate) photos: Vec<PhotoId>,
    /// Who may see it.
    #[serde(default)]
    pub(crate) visibility: Visibility,
    /// The name that is shown where the citizen wants one to be.
    #[serde(default)]
    pub(crate) name: String,
    /// For the agency only.
    #[serde(default)]
    pub(crate) email: String,
    /// For the agency only.
    #[serde(default)]
    pub(crate) phone: String,
    /// The body as it was first sent, from the moment it is: the server may have taken it in even if no answer
    /// came, so until it answers nothing else may be sent under this id.
    pub(super) sealed: Option<Submission>,
}

/// Where the answer to a question is found in a draft.
pub(crate) fn answer_key(category: &str, question: &str) -> String {
    format!("{category}.{question}")
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
            accuracy: None,
            by_words: false,
            jurisdiction: String::new(),
            answers: BTreeMap::new(),
            photos: Vec::new(),
            visibility: Visibility::default(),
            name: String::new(),
            email: String::new(),
            phone: String::new(),
            sealed: None,
        })
    }

    /// Keeps it on this device. False when the browser refuses.
    pub(crate) fn keep(&self) -> bool {
        json::write(self).is_some_and(|text| local::set(KEPT, &text))
    }

    /// The same, unless it was deleted meanwhile or another has taken its place.
    pub(crate) fn keep_again(&self) {
        if self.is_kept() {
            self.keep();
        }
    }

    /// Whether this is the draft that is kept here.
    pub(super) fn is_kept(&self) -> bool {
        let kept: Option<Self> = local::get(KEPT).and_then(|text| json::read(&text));
        kept.is_some_and(|kept| kept.id == self.id)
    }

    /// Forgets what is kept here, photos too, and begins anew; the same draft only in a browser without randomness.
    pub(crate) async fn discarded(self) -> Self {
        local::remove(KEPT);
        photo_store::forget(&self.photos).await;
        Self::new().unwrap_or(self)
    }

    /// Whether it has been sent without an answer, and can only be sent again.
    pub(crate) fn is_sealed(&self) -> bool {
        self.sealed.is_some()
    }

    /// Checks it by the rules the server checks it by; gives what would be sent.
    ///
    /// # Errors
    /// Everything that is to be mended first.
    pub(crate) fn checked(&mut self, terms: &Terms<'_>) -> Result<Submission, Vec<FieldError>> {
        if let Some(sealed) = &self.sealed {
            return Ok(sealed.clone());
        }
        // Made while this device's clock was far ahead: the server would refuse the id until that day.
        if self.id.check_made_by(terms.now).is_err() {
            self.renew();
        }
        let submission = self.submission(terms);
        let errors = self.errors(&submission, terms);
        if errors.is_empty() { Ok(submission) } else { Err(errors) }
    }

    /// Takes note of the photos that belong to it.
    pub(crate) fn hold(&mut self, shots: &[Shot]) {
        self.photos = shots.iter().map(|shot| shot.id).collect();
    }

    /// No longer kept: it has arrived.
    pub(super) async fn arrived(&self) {
        if self.is_kept() {
            local::remove(KEPT);
        }
        photo_store::forget(&self.photos).await;
    }

    /// Another id and secret for the same text.
    pub(super) fn renew(&mut self) {
        if let (Some(id), Some(secret)) = (random::report_id(), random::secret()) {
            self.id = id;
            self.secret = secret;
        }
    }
}
