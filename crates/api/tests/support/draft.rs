//! Reports on their way in, and their ids.

use std::time::{SystemTime, UNIX_EPOCH};

use model::{PhotoId, ReportId, Timestamp};
use serde_json::{Value, json};

/// The body of a `PUT /reports/{id}`.
#[derive(Debug, Clone)]
pub(crate) struct Draft(Value);

/// A plain report that is right as it stands: a hole in a road of Bandung.
pub(crate) fn report() -> Draft {
    Draft(json!({
        "category": "road",
        "description": "Lubang besar di depan pasar.\nSudah dua minggu.",
        "lat": -6.9175,
        "lng": 107.6191,
    }))
}

impl Draft {
    pub(crate) fn category(self, code: &str) -> Self {
        self.with("category", code)
    }

    pub(crate) fn description(self, text: impl Into<String>) -> Self {
        self.with("description", text.into())
    }

    pub(crate) fn at(self, lat: f64, lng: f64) -> Self {
        self.with("lat", lat).with("lng", lng)
    }

    pub(crate) fn visibility(self, word: &str) -> Self {
        self.with("visibility", word)
    }

    pub(crate) fn photos(self, ids: &[PhotoId]) -> Self {
        self.with("photos", ids.iter().map(PhotoId::to_string).collect::<Vec<_>>())
    }

    pub(crate) fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.0[field] = value.into();
        self
    }

    pub(crate) fn without(mut self, field: &str) -> Self {
        self.0.as_object_mut().unwrap().remove(field);
        self
    }

    /// The same said in another way: other white space, the fields in another order.
    pub(crate) fn rewritten(&self) -> String {
        let fields = self.0.as_object().unwrap().iter().rev();
        let fields: Vec<_> = fields.map(|(name, value)| format!("\t{} :\n {}", json!(name), value)).collect();
        format!(" {{\r\n{} }} ", fields.join(" ,\n"))
    }

    pub(crate) fn body(&self) -> &Value {
        &self.0
    }
}

/// A new id, as a phone makes it now.
pub(crate) fn new_id() -> ReportId {
    id_at(now())
}

/// A new id, as a phone makes it whose clock shows `at`.
pub(crate) fn id_at(at: Timestamp) -> ReportId {
    let mut random = [0; 10];
    getrandom::fill(&mut random).unwrap();
    ReportId::from_parts(at, random)
}

/// A new id of a photo, as a phone makes it now.
pub(crate) fn new_photo_id() -> PhotoId {
    photo_id_at(now())
}

/// A new id of a photo, as a phone makes it whose clock shows `at`.
pub(crate) fn photo_id_at(at: Timestamp) -> PhotoId {
    let mut random = [0; 10];
    getrandom::fill(&mut random).unwrap();
    PhotoId::from_parts(at, random)
}

pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Timestamp::from_millis(since.as_millis().try_into().unwrap())
}
