//! `/reports/{id}/support`.

use gloo_net::http::Method;
use model::{ReportId, Support};

use super::{Client, ClientError};

impl Client {
    /// Sets whether this device supports a report.
    pub(crate) async fn set_support(&self, id: ReportId, supported: bool) -> Result<Support, ClientError> {
        let method = if supported { Method::PUT } else { Method::DELETE };
        let answer: Support = self.write(method, &format!("reports/{id}/support"), None).await?;
        // An answer about something else is somebody else's (a captive portal answers 200 too).
        if answer.id == id { Ok(answer) } else { Err(ClientError::NotOurs(200)) }
    }
}
