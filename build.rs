//! Turns `locales/*.json` into a method a message, so that a missing key or a wrong parameter does not compile.
//!
//! The portal carries both languages as plain text: no parser, no lookup, no request before the first picture.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

use serde_json::{Map, Value};

/// Sections that only the API speaks from.
const NOT_IN_THE_PORTAL: [&str; 1] = ["problem"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        // Splitting the bundle (crates/xtask/src/portal/split.rs) needs to know what refers to what.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
        // Addresses are written in seven bits a byte, with a sign: with a stack of 768 KiB in place of a whole MiB below
        // them those of all statics stay under 2^20, and take three bytes each instead of four.
        println!("cargo::rustc-link-arg-bins=-zstack-size=786432");
    }
    let indonesian = messages("locales/id.json")?;
    let english = messages("locales/en.json")?;

    let mut code = String::from("impl Words {\n");
    for (key, id) in &indonesian {
        let en = english.get(key).ok_or_else(|| format!("locales/en.json lacks {key}"))?;
        code.push_str(&method(key, id, en)?);
    }
    if let Some(key) = english.keys().find(|key| !indonesian.contains_key(*key)) {
        return Err(format!("locales/id.json lacks {key}").into());
    }
    code.push_str("}\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("messages.rs"), code)?;
    Ok(())
}

/// `section_key` to a text, or to the forms of a plural.
fn messages(file: &str) -> Result<Map<String, Value>, Box<dyn Error>> {
    let locale: Map<String, Value> =
        serde_json::from_str(&fs::read_to_string(file)?).map_err(|error| format!("{file}: {error}"))?;
    let mut messages = Map::new();
    for (section, keys) in locale {
        if NOT_IN_THE_PORTAL.contains(&section.as_str()) {
            continue;
        }
        let keys = keys.as_object().ok_or_else(|| format!("{file}: {section} is no section"))?;
        for (key, message) in keys {
            messages.insert(format!("{section}_{}", key.replace('-', "_")), message.clone());
        }
    }
    Ok(messages)
}

fn method(key: &str, id: &Value, en: &Value) -> Result<String, Box<dyn Error>> {
    let mut code = String::new();
    writeln!(code, "    /// {:?}", id.to_string())?;
    match (id, en) {
        (Value::String(id), Value::String(en)) => {
            let parameters = parameters(id);
            if sorted(&parameters) != sorted(&self::parameters(en)) {
                return Err(format!("the languages disagree on the parameters of {key}").into());
            }
            if parameters.is_empty() {
                writeln!(
                    code,
                    "    pub fn {key}(self) -> &'static str {{\n        self.pick({id:?}, {en:?})\n    }}"
                )?;
            } else {
                let list: String = parameters.iter().map(|name| format!(", {name}: &str")).collect();
                let pairs: String = parameters.iter().map(|name| format!("({name:?}, {name}), ")).collect();
                writeln!(
                    code,
                    "    pub fn {key}(self{list}) -> String {{\n        fill(self.pick({id:?}, {en:?}), &[{pairs}])\n    }}"
                )?;
            }
        }
        (Value::Object(id), Value::Object(en)) => {
            let form = |forms: &Map<String, Value>, name: &str| -> Result<String, String> {
                let text = forms.get(name).or_else(|| forms.get("other")).and_then(Value::as_str);
                text.map(str::to_owned).ok_or_else(|| format!("{key} has no form `other`"))
            };
            writeln!(
                code,
                "    pub fn {key}(self, n: u64) -> String {{\n        self.plural(n, self.pick([{:?}, {:?}], [{:?}, {:?}]))\n    }}",
                form(id, "one")?,
                form(id, "other")?,
                form(en, "one")?,
                form(en, "other")?,
            )?;
        }
        _ => return Err(format!("{key} is not of the same kind in both languages").into()),
    }
    Ok(code)
}

/// The names in braces, in order.
fn parameters(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}

fn sorted<'a>(names: &[&'a str]) -> Vec<&'a str> {
    let mut names = names.to_vec();
    names.sort_unstable();
    names
}
