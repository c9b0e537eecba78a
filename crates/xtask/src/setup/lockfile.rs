//! Reads versions from a `Cargo.lock`.

/// The version of `package` in the text of a `Cargo.lock`: the first one, where it is there more than once.
///
/// Cargo writes the file itself, one `key = "value"` a line with `name` right above `version`, so a TOML parser is not needed.
pub(crate) fn version_of(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines();
    let name = format!("name = \"{package}\"");
    lines.find(|line| *line == name)?;
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen-futures"
version = "0.4.71"
dependencies = [
 "wasm-bindgen",
]

[[package]]
name = "wasm-bindgen"
version = "0.2.121"
source = "registry+an-index"

[[package]]
name = "broken"
source = "x"
"#;

    #[test]
    fn takes_the_package_and_not_its_namesakes() {
        assert_eq!(version_of(LOCK, "wasm-bindgen").as_deref(), Some("0.2.121"));
        assert_eq!(version_of(LOCK, "wasm-bindgen-futures").as_deref(), Some("0.4.71"));
    }

    #[test]
    fn what_is_not_there_is_none() {
        assert_eq!(version_of(LOCK, "wasm"), None);
        assert_eq!(version_of(LOCK, "broken"), None);
        assert_eq!(version_of("", "wasm-bindgen"), None);
    }
}
