//! Query strings: what every route that reads one does alike.

use std::{borrow::Cow, collections::HashMap};

use model::{FieldCode, FieldError, UNASSIGNED};

use crate::catalogue::Catalogue;

/// Gives every parameter of a query string to `take`; gives back all that are refused, to be told in one answer.
///
/// A parameter that stands there twice is refused as well: whichever of the two were taken, half of the callers
/// would have meant the other.
pub(super) fn read<'q>(
    query: &'q str,
    mut take: impl FnMut(&str, Cow<'q, str>) -> Result<(), FieldCode>,
) -> Vec<FieldError> {
    let mut times = HashMap::new();
    let mut errors = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let times: &mut usize = times.entry(name.clone()).or_default();
        *times += 1;
        let taken = match times {
            1 => take(&name, value),
            2 => Err(FieldCode::Repeated),
            _ => Ok(()),
        };
        if let Err(code) = taken {
            errors.push(FieldError::new(name, code));
        }
    }
    errors
}

/// Gives each word of a comma-separated list to `take`, which knows it or not.
pub(super) fn list(value: &str, mut take: impl FnMut(&str) -> Option<()>) -> Result<(), FieldCode> {
    value.split(',').try_for_each(|word| take(word.trim())).ok_or(FieldCode::Unknown)
}

/// Reads a list of categories that this server offers.
pub(super) fn categories(value: &str, catalogue: &Catalogue) -> Result<Vec<String>, FieldCode> {
    let mut codes = Vec::new();
    list(value, |code| catalogue.has_category(code).then(|| codes.push(code.to_owned())))?;
    Ok(codes)
}

/// Reads a government that takes reports here, or the word for none.
pub(super) fn jurisdiction(value: Cow<'_, str>, catalogue: &Catalogue) -> Result<String, FieldCode> {
    let known = value == UNASSIGNED || catalogue.has_jurisdiction(&value);
    if known { Ok(value.into_owned()) } else { Err(FieldCode::Unknown) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refused_and_every_repeated_parameter_is_named() {
        let mut taken = Vec::new();
        let errors = read("a=1&b=2&a=3&%61=4&c=%2C", |name, value| {
            taken.push(format!("{name}={value}"));
            if name == "b" { Err(FieldCode::Unknown) } else { Ok(()) }
        });
        assert_eq!(taken, ["a=1", "b=2", "c=,"]);
        let errors: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.code)).collect();
        assert_eq!(errors, [("b", FieldCode::Unknown), ("a", FieldCode::Repeated)]);
    }
}
