//! The query string of `GET /reports`.

use model::{BBox, FieldCode, FieldError, Sort, Status, Timestamp};

use crate::{
    catalogue::Catalogue,
    problem::ApiError,
    routes::query::{self, categories, jurisdiction, list},
    store::ReportQuery,
};

const LIMIT_DEFAULT: usize = 50;
const LIMIT_MAX: usize = 500;

/// Reads the parameters; every wrong one is named in one answer.
pub(super) fn report_query(query: &str, catalogue: &Catalogue) -> Result<ReportQuery, ApiError> {
    let mut asked = ReportQuery {
        bbox: None,
        categories: Vec::new(),
        statuses: Vec::new(),
        jurisdiction: None,
        since: None,
        sort: Sort::default(),
        limit: LIMIT_DEFAULT,
        after: None,
    };
    let mut cursor = None;
    let mut errors = query::read(query, |name, value| match name {
        "bbox" => value.parse::<BBox>().map(|bbox| asked.bbox = Some(bbox)).map_err(bbox_code),
        "category" => categories(&value, catalogue).map(|codes| asked.categories = codes),
        "status" => list(&value, |word| word.parse::<Status>().ok().map(|s| asked.statuses.push(s))),
        "jurisdiction" => jurisdiction(value, catalogue).map(|code| asked.jurisdiction = Some(code)),
        "since" => value
            .parse::<Timestamp>()
            .map(|since| asked.since = Some(since))
            .map_err(|_| FieldCode::Malformed),
        "sort" => sort(&value).map(|sort| asked.sort = sort).ok_or(FieldCode::Unknown),
        "limit" => limit(&value).map(|limit| asked.limit = limit),
        "cursor" => {
            cursor = Some(value);
            Ok(())
        }
        _ => Err(FieldCode::UnknownField),
    });
    // Read last: a cursor belongs to the question it was given for.
    if let Some(cursor) = cursor {
        match asked.read_cursor(&cursor) {
            Ok(after) => asked.after = Some(after),
            Err(_) => errors.push(FieldError::new("cursor", FieldCode::Malformed)),
        }
    }
    if errors.is_empty() { Ok(asked) } else { Err(ApiError::BadQuery(errors)) }
}

fn bbox_code(error: model::BBoxError) -> FieldCode {
    match error {
        model::BBoxError::Shape => FieldCode::Malformed,
        model::BBoxError::Range | model::BBoxError::Inverted => FieldCode::OutOfRange,
    }
}

fn sort(value: &str) -> Option<Sort> {
    match value {
        "newest" => Some(Sort::Newest),
        "supports" => Some(Sort::Supports),
        "updated" => Some(Sort::Updated),
        _ => None,
    }
}

fn limit(value: &str) -> Result<usize, FieldCode> {
    let limit = value.parse().map_err(|_| FieldCode::Malformed)?;
    if (1..=LIMIT_MAX).contains(&limit) { Ok(limit) } else { Err(FieldCode::OutOfRange) }
}
