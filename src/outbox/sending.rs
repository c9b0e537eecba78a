//! Sending a draft: its photos first, then the report that names them.

use model::{FieldCode, FieldError, PhotoId, Report, Submission};

use super::{Draft, Shot, photo_store};
use crate::{
    client::{Client, ClientError},
    random,
};

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
    /// It was deleted from this device before its report had left.
    #[error("deleted")]
    Withdrawn,
    /// A photo did not go up. The report has not been sent, the draft is open.
    #[error("a photo: {0}")]
    Photo(ClientError),
    /// The server did not take it in, or its answer did not arrive. The draft stays sealed.
    #[error(transparent)]
    Client(#[from] ClientError),
}

/// How often a report is put whose photos the server says it does not have: as it is, after they have gone up once more
/// (they were another device's, or had been there too long), and under ids of their own (another report has them).
const ROUNDS: u8 = 3;

impl Draft {
    /// Sends what was checked, or what was sealed before. On success the draft is no longer kept; where the server
    /// refuses it for good, it is open again. `on_photo` is told which photo goes up, counted from 1.
    ///
    /// # Errors
    /// [`SendError`] says what is to be done.
    pub(crate) async fn send(
        &mut self,
        client: &Client,
        mut submission: Submission,
        shots: &mut [Shot],
        on_photo: impl Fn(usize),
    ) -> Result<Report, SendError> {
        let mut round = 1;
        let was_kept = self.is_kept();
        loop {
            if self.sealed.is_none() {
                self.upload(client, shots, &on_photo).await?;
                if was_kept && !self.is_kept() {
                    return Err(SendError::Withdrawn);
                }
                submission.photos.clone_from(&self.photos);
                // Sealed, and kept so, before the report is on the network.
                self.sealed = Some(submission.clone());
                self.keep();
            }
            match self.put(client).await {
                Err(SendError::Fields(errors))
                    if round < ROUNDS && !shots.is_empty() && errors.iter().all(is_photo_missing) =>
                {
                    round += 1;
                    for shot in shots.iter_mut() {
                        shot.is_up = false;
                        if round == ROUNDS {
                            shot.renew().await;
                        }
                    }
                    self.hold(shots);
                }
                sent => return sent,
            }
        }
    }

    /// Brings up the photos that are not there yet, each under the id it was kept by.
    async fn upload(
        &mut self,
        client: &Client,
        shots: &mut [Shot],
        on_photo: &impl Fn(usize),
    ) -> Result<(), SendError> {
        let mut outcome = Ok(());
        for (place, shot) in (1..).zip(shots.iter_mut()) {
            if shot.is_up {
                continue;
            }
            on_photo(place);
            let mut sent = client.put_photo(shot.id, &shot.blob).await;
            if sent.as_ref().is_err_and(is_of_the_id) {
                shot.renew().await;
                sent = client.put_photo(shot.id, &shot.blob).await;
            }
            if let Err(error) = sent {
                outcome = Err(photo_refused(error));
                break;
            }
            shot.is_up = true;
        }
        // Also after a failure: a photo may have another id now, and only the draft says which are its own.
        self.hold(shots);
        outcome
    }

    async fn put(&mut self, client: &Client) -> Result<Report, SendError> {
        let Some(submission) = &self.sealed else { return Err(SendError::Fields(Vec::new())) };
        match client.put_report(self.id, submission).await {
            Ok(report) => {
                self.arrived().await;
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
}

impl Shot {
    /// Another id for the same picture.
    async fn renew(&mut self) {
        if let Some(id) = random::photo_id() {
            let before: PhotoId = std::mem::replace(&mut self.id, id);
            photo_store::keep(id, &self.blob).await;
            photo_store::forget(&[before]).await;
        }
    }
}

/// A clock that is far ahead spoils every id, and has a sentence of its own.
fn photo_refused(error: ClientError) -> SendError {
    match &error {
        ClientError::Problem(problem) => {
            let ahead =
                problem.errors.iter().any(|error| error.field == "id" && error.code == FieldCode::Future);
            if ahead {
                return SendError::Fields(vec![FieldError::new("id", FieldCode::Future)]);
            }
            SendError::Photo(error)
        }
        _ => SendError::Photo(error),
    }
}

fn is_photo_missing(error: &FieldError) -> bool {
    error.code == FieldCode::PhotoMissing
}

/// Whether a photo was refused for the id it came under: another picture has it, or a clock that was ahead made it.
fn is_of_the_id(error: &ClientError) -> bool {
    match error {
        ClientError::Problem(problem) => {
            problem.status == 409 || problem.errors.iter().any(|error| error.field == "id")
        }
        _ => false,
    }
}
