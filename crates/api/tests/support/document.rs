//! A server's own OpenAPI document, held against what that server answers.
//!
//! Strict: a status, a content type or a field of which the document says nothing is a defect of one of the two.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use jsonschema::Validator;
use reqwest::Method;
use serde_json::{Map, Value, json};

use super::Answer;

/// The document, and what of it was compiled so far: a test looks at few of its schemas, but many times.
pub(crate) struct Document {
    paths: Map<String, Value>,
    components: Value,
    compiled: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Document {
    pub(crate) fn new(mut document: Value) -> Self {
        let mut components = document["components"].take();
        for schema in components["schemas"].as_object_mut().into_iter().flat_map(Map::values_mut) {
            close_below(schema);
        }
        let Value::Object(paths) = document["paths"].take() else { panic!("a document without paths") };
        Self { paths, components, compiled: Mutex::default() }
    }

    /// What the document does not say of this answer to a request for a path below `/api/v1`.
    pub(crate) fn misfit(&self, method: &Method, path: &str, answer: &Answer) -> Option<String> {
        let head = *method == Method::HEAD;
        let word = if head { "get".to_owned() } else { method.as_str().to_lowercase() };
        let operation =
            self.template(path).and_then(|template| Some((template, self.paths[template].get(&word)?)));
        let Some((template, operation)) = operation else {
            return self.refusal(path, head, answer);
        };
        let (status, responses) = (answer.status.to_string(), &operation["responses"]);
        let named = if responses[&status].is_null() { "default" } else { &status };
        let response = match responses[named]["$ref"].as_str() {
            Some(reference) => self.component(reference),
            None => &responses[named],
        };
        if response.is_null() {
            return Some(format!("{word} {template} does not say that it answers {status}"));
        }
        let kind = answer.header("content-type");
        let Some(content) = response["content"].as_object() else {
            return (!answer.text.is_empty()).then(|| format!("{word} {template} {status} has no body"));
        };
        let Some(media) = content.get(kind.split(';').next().unwrap_or_default()) else {
            return Some(format!("{word} {template} {status} is not said to be {kind:?}"));
        };
        // What is no JSON (a photo) is described by its content type alone; the answer to a HEAD has no body.
        if head || !is_json(&kind) {
            return None;
        }
        let schema = media.get("schema").unwrap_or(&Value::Bool(false));
        self.errors(&format!("{word} {template} {named} {kind}"), schema, &answer.text)
    }

    /// What is asked for and not documented is refused, and a refusal is a problem document everywhere.
    fn refusal(&self, path: &str, head: bool, answer: &Answer) -> Option<String> {
        if path == "/openapi.json" {
            return None;
        }
        let kind = answer.header("content-type");
        if answer.status < 400 || kind != "application/problem+json" {
            return Some(format!("{} {kind:?}, of which the document knows nothing", answer.status));
        }
        let problem = json!({ "$ref": "#/components/schemas/Problem" });
        if head { None } else { self.errors("refusal", &problem, &answer.text) }
    }

    /// The documented path that this one is of. Where two fit (`/reports/nearby`), a word beats a parameter.
    fn template(&self, path: &str) -> Option<&str> {
        let parts: Vec<_> = path.split('/').collect();
        let fits = |template: &&String| {
            let names: Vec<_> = template.split('/').collect();
            names.len() == parts.len()
                && names
                    .iter()
                    .zip(&parts)
                    .all(|(name, part)| name == part || (name.starts_with('{') && !part.is_empty()))
        };
        self.paths
            .keys()
            .filter(fits)
            .min_by_key(|template| template.matches('{').count())
            .map(String::as_str)
    }

    fn component(&self, reference: &str) -> &Value {
        let inside = reference.strip_prefix("#/components").unwrap();
        self.components.pointer(inside).unwrap_or_else(|| panic!("{reference} leads nowhere"))
    }

    /// What is wrong with a value by a schema of the document.
    pub(crate) fn misfit_of(&self, schema: &Value, value: &Value) -> Option<String> {
        self.compile(schema).validate(value).err().map(|error| error.to_string())
    }

    fn errors(&self, key: &str, schema: &Value, text: &str) -> Option<String> {
        let body: Value = match serde_json::from_str(text) {
            Ok(body) => body,
            Err(error) => return Some(format!("no JSON: {error}")),
        };
        let known = self.compiled.lock().unwrap().get(key).cloned();
        let validator = known.unwrap_or_else(|| {
            let validator = Arc::new(self.compile(schema));
            self.compiled.lock().unwrap().insert(key.to_owned(), validator.clone());
            validator
        });
        // Asked first because it is the quicker question.
        if validator.is_valid(&body) {
            return None;
        }
        let errors = validator.iter_errors(&body).map(|error| format!("{}: {error}", error.instance_path()));
        Some(errors.collect::<Vec<_>>().join("; "))
    }

    /// A schema that stands anywhere in the document, with what it refers to.
    fn compile(&self, schema: &Value) -> Validator {
        let mut schema = schema.clone();
        close(&mut schema);
        schema["components"] = self.components.clone();
        // The dialect of OpenAPI 3.1; nothing outside the document is ever fetched.
        jsonschema::draft202012::options().offline().should_validate_formats(true).build(&schema).unwrap()
    }
}

fn is_json(kind: &str) -> bool {
    kind.starts_with("application/json") || kind.starts_with("application/problem+json")
}

/// Makes a schema refuse the fields it does not name, and those within it as well. A schema that says nothing
/// stays open: it stands for any JSON.
fn close(schema: &mut Value) {
    close_below(schema);
    let describes = ["$ref", "allOf", "anyOf", "oneOf", "properties", "additionalProperties"];
    if let Some(fields) = schema.as_object_mut()
        && describes.iter().any(|keyword| fields.contains_key(*keyword))
    {
        fields.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
    }
}

/// The parts of an `allOf` stay open, or each would refuse the fields of the others; the whole around them sees
/// what they have named.
fn close_below(schema: &mut Value) {
    let Some(keywords) = schema.as_object_mut() else { return };
    for (keyword, value) in keywords {
        match (keyword.as_str(), value) {
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => parts.iter_mut().for_each(close_below),
            ("prefixItems", Value::Array(parts)) => parts.iter_mut().for_each(close),
            ("properties", Value::Object(fields)) => fields.values_mut().for_each(close),
            ("items" | "additionalProperties", schema) => close(schema),
            _ => {}
        }
    }
}
