//! `/reports/{id}/flag`.

use gloo_net::http::Method;
use model::{Flag, Flagged, ReportId};

use super::{Client, ClientError};
use crate::json;

impl Client {
    /// Says that a report should not stand here as it does. What this device says later takes the place of what it
    /// said before, so the same may be sent again.
    pub(crate) async fn flag(&self, id: ReportId, flag: &Flag) -> Result<(), ClientError> {
        let path = format!("reports/{id}/flag");
        let answer: Flagged = self.write(Method::PUT, &path, json::write(flag)).await?;
        // An answer about something else is somebody else's (a captive portal answers 200 too).
        if answer.id == id { Ok(()) } else { Err(ClientError::NotOurs(200)) }
    }
}
