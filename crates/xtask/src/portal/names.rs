//! Shortens the names that wasm and glue know each other by.
//!
//! wasm-bindgen gives every import and export a long name that ends in a hash. They stand in both files and hardly
//! compress: 5 KB of the page. wasm-opt renames them on one side and says how; the glue is made to follow.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

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

/// Renames in the one wasm of `folder` and in the script of the same name.
pub(crate) fn shorten(shell: &Shell, folder: &Path) -> Result<()> {
    let wasm = wasm_of(folder)?;
    let glue = PathBuf::from(wasm.to_string_lossy().replace("_bg.wasm", ".js"));
    let output = shell
        .command("wasm-opt")?
        .arg(&wasm)
        .args(["--minify-imports-and-exports-and-modules", "-o"])
        .arg(&wasm)
        .stdin(Stdio::null())
        .output()
        .context("cannot start wasm-opt")?;
    if !output.status.success() {
        bail!(
            "wasm-opt cannot rename in {}: {}",
            wasm.display(),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    let renamed: Renamed =
        serde_json::from_slice(&output.stdout).context("wasm-opt said something else than names")?;
    let text = fs::read_to_string(&glue).with_context(|| format!("cannot read {}", glue.display()))?;
    let text = follow(&text, &renamed)?;
    fs::write(&glue, text).with_context(|| format!("cannot write {}", glue.display()))
}

fn wasm_of(folder: &Path) -> Result<PathBuf> {
    let mut found = None;
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry.with_context(|| format!("cannot read {}", folder.display()))?.path();
        if path.to_string_lossy().ends_with("_bg.wasm") {
            ensure!(found.is_none(), "two wasm files in {}", folder.display());
            found = Some(path);
        }
    }
    found.with_context(|| format!("no wasm file in {}", folder.display()))
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
    if let Some((module, _, _)) = renamed.imports.first() {
        ensure!(
            renamed.imports.iter().all(|(other, _, _)| other == module),
            "imports of more than one module"
        );
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
    fn a_glue_of_another_shape_is_refused() {
        assert!(follow("const import0 = {};", &renamed()).is_err());
        let unknown = Renamed { imports: Vec::new(), exports: Vec::new() };
        assert!(follow("wasm.memory.buffer", &unknown).is_err());
    }
}
