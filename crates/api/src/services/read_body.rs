//! JSON as what a route takes, with every misfit named by its field.

use model::{FieldCode, FieldError};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::problem::ApiError;

/// Reads a body as an object of the contract.
pub(crate) fn read_body<T: DeserializeOwned>(body: Value) -> Result<T, ApiError> {
    // serde would take a list for an object, its entries for the fields in their order.
    if !body.is_object() {
        return Err(ApiError::Invalid(vec![FieldError::new("", FieldCode::WrongType)]));
    }
    serde_path_to_error::deserialize(body).map_err(|error| {
        let path = error.path().to_string();
        ApiError::Invalid(vec![misfit(&path, &error.into_inner().to_string())])
    })
}

/// serde tells what is wrong in words only; where it names a field, the path ends at the object around it.
fn misfit(path: &str, reason: &str) -> FieldError {
    let named = reason.split('`').nth(1).unwrap_or_default();
    let path = if path == "." { "" } else { path };
    let inside = |name: &str| match path {
        "" => name.to_owned(),
        // The path of an unknown field ends in the field itself already.
        path if path == name || path.ends_with(&format!(".{name}")) => path.to_owned(),
        path => format!("{path}.{name}"),
    };
    if reason.starts_with("unknown field") {
        FieldError::new(inside(named), FieldCode::UnknownField)
    } else if reason.starts_with("missing field") {
        FieldError::new(inside(named), FieldCode::Missing)
    } else if reason.starts_with("unknown variant") {
        FieldError::new(path, FieldCode::Unknown)
    } else if reason.starts_with("invalid type") || reason.starts_with("data did not match") {
        FieldError::new(path, FieldCode::WrongType)
    } else {
        FieldError::new(path, FieldCode::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Submission;
    use serde_json::json;

    fn error(change: impl FnOnce(&mut Value)) -> (String, FieldCode) {
        let mut body = json!({"category": "road", "description": "Lubang", "lat": -6.9, "lng": 107.6});
        change(&mut body);
        match read_body::<Submission>(body) {
            Err(ApiError::Invalid(errors)) => (errors[0].field.clone(), errors[0].code),
            other => panic!("not refused: {other:?}"),
        }
    }

    #[test]
    fn misfits_are_named_by_their_field() {
        let at = |field: &str, code| (field.to_owned(), code);
        assert_eq!(error(|b| b["lat"] = json!("-6.9")), at("lat", FieldCode::WrongType));
        assert_eq!(error(|b| b["colour"] = json!(1)), at("colour", FieldCode::UnknownField));
        assert_eq!(error(|b| b["contact"] = json!({"fax": "1"})), at("contact.fax", FieldCode::UnknownField));
        assert_eq!(error(|b| b["contact"] = json!({"email": 1})), at("contact.email", FieldCode::WrongType));
        assert_eq!(error(|b| b["visibility"] = json!("secret")), at("visibility", FieldCode::Unknown));
        assert_eq!(error(|b| b["observed_at"] = json!("yesterday")), at("observed_at", FieldCode::Malformed));
        assert_eq!(
            error(|b| b["attributes"] = json!({"a": {"b": 1}})),
            at("attributes.a", FieldCode::WrongType)
        );
        assert_eq!(error(|b| *b = json!([])), at("", FieldCode::WrongType));
        assert_eq!(
            error(|b| {
                b.as_object_mut().unwrap().remove("category");
            }),
            at("category", FieldCode::Missing)
        );
    }
}
