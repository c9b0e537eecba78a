//! What this very server offers, said in its document: the categories, governments and provinces of its tables.

use model::{Province, Status, UNASSIGNED};
use utoipa::{
    Modify,
    openapi::{
        OpenApi, RefOr,
        path::{Operation, Parameter, ParameterIn},
        schema::{Object, Schema},
    },
};

use crate::catalogue::Catalogue;

use super::shared_answers::operations;

/// Names in a document what can be asked for and sent, so that a reader need not try.
pub(super) struct Offered<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) provinces: &'a [Province],
}

impl Modify for Offered<'_> {
    fn modify(&self, document: &mut OpenApi) {
        let site = self.catalogue.site();
        let categories: Vec<_> = site.categories.iter().map(|category| category.code.as_str()).collect();
        let mut jurisdictions: Vec<_> = site.jurisdictions.iter().map(|known| known.code.as_str()).collect();
        jurisdictions.push(UNASSIGNED);
        let statuses = Status::ALL.map(Status::as_str);
        for operation in document.paths.paths.values_mut().flat_map(operations) {
            for (name, schema) in queries(operation) {
                match name {
                    "category" => schema.pattern = Some(list_of(&categories)),
                    "status" => schema.pattern = Some(list_of(&statuses)),
                    "jurisdiction" => schema.enum_values = Some(one_of(&jurisdictions)),
                    _ => {}
                }
            }
        }
        let schemas = &mut document.components.get_or_insert_default().schemas;
        let provinces: Vec<_> = self.provinces.iter().map(|province| province.code.as_str()).collect();
        for (schema, field, words) in
            [("Submission", "category", &categories), ("Declaration", "province", &provinces)]
        {
            if let Some(RefOr::T(Schema::Object(schema))) = schemas.get_mut(schema)
                && let Some(RefOr::T(Schema::Object(field))) = schema.properties.get_mut(field)
            {
                field.enum_values = Some(one_of(words));
            }
        }
    }
}

/// The parameters of an operation's query that are plain values.
fn queries(operation: &mut Operation) -> impl Iterator<Item = (&str, &mut Object)> {
    operation.parameters.iter_mut().flatten().filter_map(|parameter| match parameter {
        RefOr::T(Parameter {
            name,
            parameter_in: ParameterIn::Query,
            schema: Some(RefOr::T(Schema::Object(schema))),
            ..
        }) => Some((name.as_str(), schema)),
        _ => None,
    })
}

fn one_of(words: &[&str]) -> Vec<serde_json::Value> {
    words.iter().map(|word| (*word).into()).collect()
}

/// Words of ours with commas between them. They are letters, digits, `_` and `-`, which mean themselves.
fn list_of(words: &[&str]) -> String {
    let word = words.join("|");
    format!("^(?:{word})(?:,(?:{word}))*$")
}
