//! A problem document (RFC 9457): how the API says that it did not do what was asked.

use serde::{Deserialize, Serialize};

use crate::FieldCode;

/// The body of every answer that is not a success, `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
        "type": "urn:warga:problem:invalid",
        "title": "Ada isian yang perlu diperbaiki.",
        "status": 422,
        "errors": [{ "field": "description", "code": "blank", "message": "Bagian ini wajib diisi." }],
    })))]
pub struct Problem {
    /// A stable URI reference that names the kind of problem, `urn:warga:problem:…`.
    #[serde(rename = "type")]
    pub kind: String,
    /// One sentence in the caller's language.
    pub title: String,
    /// The HTTP status code again.
    pub status: u16,
    /// Which occurrence this is, `urn:uuid:…`: the id under which the server's log tells more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// For input: which fields are wrong, and how.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
}

/// One wrong field of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProblemField {
    /// The field's name as it stands in the JSON or the query.
    pub field: String,
    /// What is wrong with it.
    pub code: FieldCode,
    /// The same in a sentence, in the caller's language.
    pub message: String,
}
