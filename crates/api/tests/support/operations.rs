//! The operations of a server's document, and how each is asked: tests that walk them take a new route up by
//! themselves.

use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use super::{Api, picture};

/// One method of one path.
pub(crate) struct Operation {
    pub(crate) method: Method,
    /// Below `/api/v1`, with its parameters in braces.
    pub(crate) path: String,
    query: Vec<Parameter>,
    body: Option<Body>,
}

/// A parameter of the query, with everything that is worth asking for.
struct Parameter {
    name: String,
    required: bool,
    values: Vec<Value>,
}

enum Body {
    /// The document's own example.
    Json(Value),
    /// A photo that no other test sends: who sends the same bytes again owns them.
    Photo,
}

/// What a parameter of a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Report,
    Photo,
    /// Of a table that is the same for everybody.
    Participant,
    /// A number of a tile's address. That of the whole world is made of noughts.
    Tile,
}

impl Operation {
    /// Every operation of a document. What is not understood fails the test: whoever adds it says here how it
    /// is asked.
    pub(crate) fn all(document: &Value) -> Vec<Self> {
        let mut all = Vec::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
                let parameters = operation["parameters"].as_array().into_iter().flatten();
                let query = parameters.filter(|parameter| parameter["in"] == "query");
                all.push(Self {
                    query: query.map(|parameter| Parameter::read(document, parameter)).collect(),
                    body: Body::read(document, &operation["requestBody"]),
                    method,
                    path: path.clone(),
                });
            }
        }
        all
    }

    /// What the parameters of the path name, in their order.
    pub(crate) fn parameters(&self) -> Vec<Names> {
        let parts: Vec<_> = self.path.split('/').collect();
        let pairs = parts.windows(2).filter(|pair| pair[1].starts_with('{'));
        pairs
            .map(|pair| match pair {
                ["reports", "{id}"] => Names::Report,
                ["participants", "{id}"] => Names::Participant,
                ["tiles", "{z}"] | ["{z}", "{x}"] | ["{x}", "{y}"] => Names::Tile,
                ["photos", "{id}"] | ["evidence", "{photo}"] => Names::Photo,
                other => panic!("{}: say here what {other:?} names", self.path),
            })
            .collect()
    }

    /// Asks with the path's parameters filled in, and with everything that is required.
    pub(crate) fn ask(&self, caller: &Api, parameters: &[String]) -> RequestBuilder {
        self.ask_for(caller, parameters, &[])
    }

    /// Asks once without anything that can be left out of the query, and once for every value of each of those.
    pub(crate) fn ask_in_all_ways(&self, caller: &Api, parameters: &[String]) -> Vec<RequestBuilder> {
        let mut requests = vec![self.ask(caller, parameters)];
        for parameter in self.query.iter().filter(|parameter| !parameter.required) {
            for value in &parameter.values {
                requests.push(self.ask_for(caller, parameters, &[(&parameter.name, value)]));
            }
        }
        requests
    }

    fn ask_for(&self, caller: &Api, parameters: &[String], more: &[(&str, &Value)]) -> RequestBuilder {
        let mut parameters = parameters.iter();
        let path = self.path.split('/').map(|part| match part.starts_with('{') {
            true => parameters.next().unwrap(),
            false => part,
        });
        let mut request = caller.request(self.method.clone(), &path.collect::<Vec<_>>().join("/"));
        let required = self.query.iter().filter(|parameter| parameter.required);
        let required = required.map(|parameter| (parameter.name.as_str(), &parameter.values[0]));
        for (name, value) in required.chain(more.iter().copied()) {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            request = request.query(&[(name, value)]);
        }
        match &self.body {
            None => request,
            Some(Body::Json(body)) => request.json(body),
            Some(Body::Photo) => request.header("content-type", "image/jpeg").body(picture::jpeg(32, 24)),
        }
    }
}

impl Parameter {
    /// The words where there is a choice of them, else the example.
    fn read(document: &Value, parameter: &Value) -> Self {
        let name = parameter["name"].as_str().unwrap().to_owned();
        let schema = followed(document, &parameter["schema"]);
        let values = match schema["enum"].as_array() {
            Some(words) => words.clone(),
            None => vec![example(document, parameter)],
        };
        Self { name, required: parameter["required"] == true, values }
    }
}

impl Body {
    fn read(document: &Value, body: &Value) -> Option<Self> {
        let content = followed(document, body)["content"].as_object()?;
        Some(match content.get("application/json") {
            Some(media) => Self::Json(example(document, media)),
            None if content.keys().any(|kind| kind.starts_with("image/")) => Self::Photo,
            None => panic!("say here what to send as {:?}", content.keys()),
        })
    }
}

/// The example of a parameter or a body, or else of its schema.
fn example(document: &Value, holder: &Value) -> Value {
    let schema = followed(document, &holder["schema"]);
    let examples = [&holder["example"], &schema["example"], &schema["examples"][0]];
    examples
        .into_iter()
        .find(|example| !example.is_null())
        .unwrap_or_else(|| panic!("{holder} has no example"))
        .clone()
}

fn followed<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let pointer = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    pointer.map_or(value, |pointer| document.pointer(pointer).unwrap())
}
