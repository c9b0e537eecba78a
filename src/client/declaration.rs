//! `/declaration`: joining the Smart Citizen declaration.

use gloo_net::http::Method;
use model::{DeclarationCounts, ProvinceDeclarations};

use super::{Client, ClientError, request::Body};
use crate::json::{self, Value};

impl Client {
    /// How many have joined, and for which province this device has.
    pub(crate) async fn declarations(&self) -> Result<DeclarationCounts, ClientError> {
        self.read_with("declaration/counts", None, counts).await
    }

    /// Joins for a province. The same may be sent again.
    pub(crate) async fn declare(&self, province: &str) -> Result<(), ClientError> {
        let body = json::write(&model::Declaration { province: province.to_owned() });
        let answer = self.write_text(Method::PUT, "declaration", body.as_deref().map(Body::Json)).await?;
        ours(&answer, Some(province))
    }

    /// Takes the signature of this device back; false where this browser is no longer the device that gave it. It
    /// does not become a new one for this: that one has nothing to take back.
    pub(crate) async fn withdraw(&self) -> Result<bool, ClientError> {
        let Some(token) = self.held_token() else { return Ok(false) };
        match self.send(Method::DELETE, "declaration", Some(&token), None, None, false).await {
            Err(error) if error.status() == Some(401) => {
                self.forget_token(&token);
                Ok(false)
            }
            answer => ours(&answer?, None).map(|()| true),
        }
    }
}

/// An answer about something else is somebody else's (a captive portal answers 200 too).
fn ours(answer: &str, province: Option<&str>) -> Result<(), ClientError> {
    let answer = Value::parse(answer).filter(|answer| answer.text("id").as_deref() == Some("declaration"));
    match answer {
        Some(answer) if answer.text("province").as_deref() == province => Ok(()),
        _ => Err(ClientError::NotOurs(200)),
    }
}

fn counts(value: &Value) -> Option<DeclarationCounts> {
    let province = |value: &Value| {
        Some(ProvinceDeclarations {
            code: value.text("code")?,
            name: value.text("name")?,
            count: value.whole("count")?,
        })
    };
    Some(DeclarationCounts {
        total: value.whole("total")?,
        provinces: value.list("provinces", province)?,
        own: value.text("own"),
    })
}
