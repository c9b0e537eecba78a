//! Shortens the names that wasm and glue know each other by.
//!
//! wasm-bindgen gives every import and export a long name that ends in a hash. They stand in both files and hardly
//! compress: 5 KB of the page. wasm-opt renames them on one side and says how; the glue is made to follow.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use super::split;
use crate::shell::Shell;

/// What wasm-opt says that it has renamed.
#[derive(Debug, Deserialize)]
struct Renamed {
    /// Module, old name, new name.
    imports: Vec<(String, String, String)>,
    /// Old name, new name.
    exports: Vec<(String, String)>,
}

/// The name wasm-opt gives to the one module that everything is imported from.
const MODULE: &str = "a";

/// Renames in the wasm, in its glue, and in the link module by which the other parts get what they share with it.
pub(super) fn shorten(shell: &Shell, wasm: &Path, glue: &Path, link: &Path) -> Result<()> {
    let mut command = shell.command("wasm-opt")?;
    command.arg(wasm).args(["--minify-imports-and-exports-and-modules", "-o"]).arg(wasm);
    let said = split::run("wasm-opt", &mut command)?;
    let renamed: Renamed =
        serde_json::from_slice(&said).context("wasm-opt said something else than names")?;
    let read =
        |file: &Path| fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()));
    let write = |file: &Path, text: String| {
        fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
    };
    write(glue, follow(&joined(&read(glue)?, &renamed)?, &renamed)?)?;
    write(link, share(&read(link)?, &renamed)?)
}

/// The glue with the link module's functions among those it gives itself: wasm-opt makes one module of all.
fn joined(glue: &str, renamed: &Renamed) -> Result<String> {
    let linked = renamed.imports.iter().filter(|(module, _, _)| module == split::LINK);
    let linked: Vec<&str> = linked.map(|(_, name, _)| name.as_str()).collect();
    let of_the_link = |line: &&str| {
        line.contains(split::LINK) && (line.starts_with("import ") || line.trim_start().starts_with('"'))
    };
    let mut text = format!("import {{ {} }} from {:?};\n", linked.join(", "), split::LINK);
    for line in glue.lines().filter(|line| !of_the_link(line)) {
        text.push_str(line);
        text.push('\n');
    }
    ensure!(text.matches(split::LINK).count() == 1, "the link module is not where the glue used to have it");
    let own = "const import0 = {";
    ensure!(text.matches(own).count() == 1, "the glue's own functions are not where they used to be");
    let functions: String = linked.iter().map(|name| format!(" {name}: {name},")).collect();
    Ok(text.replacen(own, &format!("{own}{functions}"), 1))
}

/// The link module, taking what it shares by the new names.
fn share(link: &str, renamed: &Renamed) -> Result<String> {
    let mut text = link.to_owned();
    let names = split::shared(link)?;
    let list = names.iter().map(|name| {
        let new = renamed.exports.iter().find(|(old, _)| old == name);
        new.map(|(_, new)| format!("{new:?}: {name}")).with_context(|| format!("{name} is not exported"))
    });
    let list = list.collect::<Result<Vec<_>>>()?.join(", ");
    let before = text.find("const { ").context("no list of what is shared")?;
    let end = text[before..].find("} = initSync").context("no list of what is shared")? + before;
    text.replace_range(before..end, &format!("const {{ {list} "));
    Ok(text)
}

/// The glue with the new names. Fails rather than leave a name that only one side knows.
fn follow(glue: &str, renamed: &Renamed) -> Result<String> {
    let mut text = glue.to_owned();
    for (module, old, new) in &renamed.imports {
        // The keys of the object that is handed to the module.
        let key = format!("{old}: function");
        let other = format!("{old}: ");
        let key = if text.matches(&key).count() == 1 { key } else { other };
        ensure!(text.matches(&key).count() == 1, "{old} of {module} is not where the glue used to have it");
        text = text.replacen(&key, &key.replacen(old.as_str(), &format!("{new:?}"), 1), 1);
    }
    let mut own = renamed.imports.iter().filter(|(module, _, _)| module != split::LINK);
    if let Some((module, _, _)) = own.next() {
        ensure!(own.all(|(other, _, _)| other == module), "imports of more than one module");
        let key = format!("{module:?}:");
        ensure!(text.matches(&key).count() == 1, "{module} is not where the glue used to have it");
        text = text.replacen(&key, &format!("{MODULE:?}:"), 1);
    }
    // The longest first: a name may begin with another.
    let mut exports: Vec<_> = renamed.exports.iter().collect();
    exports.sort_by_key(|(old, _)| std::cmp::Reverse(old.len()));
    for (old, new) in exports {
        text = text.replace(&format!("wasm.{old}"), &format!("wasm[{new:?}]"));
    }
    let left = text.split("wasm.").nth(1).map(|rest| rest.chars().take(40).collect::<String>());
    match left {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '_') => {
            bail!("the glue uses an export that was not renamed: {rest}")
        }
        _ => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renamed() -> Renamed {
        Renamed {
            imports: vec![
                ("./app_bg.js".into(), "__wbg_now_12ab".into(), "a".into()),
                ("./app_bg.js".into(), "__wbg_set_34cd".into(), "$".into()),
            ],
            exports: vec![("run".into(), "c".into()), ("run_2".into(), "d".into())],
        }
    }

    #[test]
    fn both_sides_keep_knowing_each_other() {
        let glue = r#"const import0 = { __wbg_now_12ab: function() {}, __wbg_set_34cd: bound(x) };
return { "./app_bg.js": import0 }; wasm.run(); wasm.run_2();"#;
        let short = follow(glue, &renamed()).expect("all names are there");
        assert_eq!(
            short,
            r#"const import0 = { "a": function() {}, "$": bound(x) };
return { "a": import0 }; wasm["c"](); wasm["d"]();"#
        );
    }

    #[test]
    fn the_parts_that_are_loaded_later_are_known_by_the_same_names() {
        let mut renamed = renamed();
        renamed.imports.push((split::LINK.into(), "__wasm_split_load_form".into(), "b".into()));
        renamed.exports.push(("memory".into(), "e".into()));
        let glue = format!(
            r#"import * as import1 from "{0}";
const import0 = {{ __wbg_now_12ab: function() {{}}, __wbg_set_34cd: bound(x) }};
return {{ "./app_bg.js": import0,
  "{0}": import1
}};"#,
            split::LINK
        );
        let short = follow(&joined(&glue, &renamed).expect("joined"), &renamed).expect("followed");
        assert!(short.contains(r#"{ "b": __wasm_split_load_form, "a": function"#), "{short}");
        let link = share("const { memory,  } = initSync(undefined, undefined);", &renamed).expect("shared");
        assert_eq!(link, r#"const { "e": memory } = initSync(undefined, undefined);"#);
    }

    #[test]
    fn a_glue_of_another_shape_is_refused() {
        assert!(follow("const import0 = {};", &renamed()).is_err());
        let unknown = Renamed { imports: Vec::new(), exports: Vec::new() };
        assert!(follow("wasm.memory.buffer", &unknown).is_err());
    }
}
