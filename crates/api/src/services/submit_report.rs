//! A citizen's report is taken in, once.

use model::{FieldCode, FieldError, Position, Report, ReportId, Rules, Submission, UNASSIGNED};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::{
    App, auth, clock,
    problem::ApiError,
    services::read_body::read_body,
    store::{DeviceId, Hash, NewReport, Put, StoredBody},
};

/// What came of a submission.
pub(crate) enum Submitted {
    /// It was new, and is durable now.
    New(Report),
    /// The same was sent before.
    Again(Report),
}

/// Takes in the body that was sent under an id.
///
/// The same body under the same id is the same report, however often it comes: sameness is looked at before the
/// body is checked, so that a report stays acknowledged even if the rules have changed since.
pub(crate) async fn submit_report(
    app: &App,
    id: ReportId,
    body: Value,
    device: DeviceId,
) -> Result<Submitted, ApiError> {
    let sent = Sent { device, body_hash: body_hash(&body)?, secret_hash: secret_hash(&body) };
    if let Some(stored) = app.store.stored_body(id).await? {
        return again(app, id, &sent, stored).await;
    }

    let now = clock::now();
    if id.check_made_by(now).is_err() {
        return Err(ApiError::Invalid(vec![FieldError::new("id", FieldCode::Future)]));
    }
    let submission = read_body::<Submission>(body)?.normalized();
    let errors = submission.check(Rules { categories: app.catalogue.categories(), now });
    let (true, Ok(position)) = (errors.is_empty(), Position::new(submission.lat, submission.lng)) else {
        return Err(ApiError::Invalid(errors));
    };

    let new = NewReport {
        id,
        jurisdiction: jurisdiction(app, &submission),
        submission,
        position,
        device: sent.device,
        body_hash: sent.body_hash,
        secret_hash: sent.secret_hash,
        at: now,
    };
    match app.store.put_report(new).await? {
        Put::Created(report) => Ok(Submitted::New(*report)),
        // Another request with this id was quicker.
        Put::Taken(stored) => again(app, id, &sent, stored).await,
        Put::PhotosMissing(places) => {
            let missing = |place| FieldError::new(format!("photos[{place}]"), FieldCode::PhotoMissing);
            Err(ApiError::Invalid(places.into_iter().map(missing).collect()))
        }
    }
}

struct Sent {
    device: DeviceId,
    body_hash: Hash,
    secret_hash: Option<Hash>,
}

/// Something stands under the id: is it this, from the same device or from one that knows its secret?
async fn again(app: &App, id: ReportId, sent: &Sent, stored: StoredBody) -> Result<Submitted, ApiError> {
    if stored.body_hash != sent.body_hash {
        return Err(ApiError::Conflict);
    }
    if stored.device == Some(sent.device)
        && let Some(report) = app.store.report(id, Some(sent.device)).await?
    {
        return Ok(Submitted::Again(report));
    }
    // Another token, or one from which a replay under a renewed one has taken a private report just now. Two
    // absent secrets are equal too, but prove nothing.
    if sent.secret_hash.is_none() || stored.secret_hash != sent.secret_hash {
        return Err(ApiError::Conflict);
    }
    let report = app.store.set_owner(id, sent.device).await?.ok_or(ApiError::NoReport)?;
    Ok(Submitted::Again(report))
}

/// The hint decides while no boundaries are known; a hint at nobody is nobody's.
fn jurisdiction(app: &App, submission: &Submission) -> String {
    submission
        .jurisdiction
        .as_deref()
        .filter(|code| app.catalogue.has_jurisdiction(code))
        .unwrap_or(UNASSIGNED)
        .to_owned()
}

/// A hash over what the body says, not how it is written: white space and the order of keys make no difference.
fn body_hash(body: &Value) -> Result<Hash, ApiError> {
    // serde_json keeps objects in the order of their keys, which the test below holds it to.
    let canonical = serde_json::to_vec(body).map_err(|_| ApiError::BadJson)?;
    Ok(Sha256::digest(canonical).into())
}

fn secret_hash(body: &Value) -> Option<Hash> {
    body.get("secret").and_then(Value::as_str).map(auth::hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_the_order_of_keys_make_no_other_body() {
        let hash_of = |text: &str| body_hash(&serde_json::from_str(text).unwrap()).unwrap();
        let plain = hash_of(r#"{"category":"road","attributes":{"a":1,"b":2}}"#);
        assert_eq!(plain, hash_of(r#"{ "attributes": {"b":2, "a":1}, "category": "road" }"#));
        assert_ne!(plain, hash_of(r#"{"category":"road","attributes":{"a":1,"b":3}}"#));
    }
}
