//! Names the bundle's files after what is in them now.
//!
//! Trunk has put a hash of each file's content into its name, but names were shortened and scripts minified since.
//! Servers let browsers keep a hashed name for a year: another content must have another name.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::Hasher as _;
use std::path::Path;

use anyhow::{Context, Result};

/// Hexadecimal digits of a hash in a name, Trunk's and ours.
const DIGITS: usize = 16;

/// Renames every hashed file of `folder`, and its name wherever the page or a script says it.
pub(crate) fn by_content(folder: &Path) -> Result<()> {
    let mut names = hashed_names(folder)?;
    // Scripts last: one may name another file, and is named after what it says then.
    names.sort_by_key(|name| name.ends_with(".js"));
    for name in names {
        let file = folder.join(&name);
        let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let Some(old) = hash_in(&name) else { continue };
        let renamed = name.replace(old, &hash_of(&content));
        if renamed == name {
            continue;
        }
        let target = folder.join(&renamed);
        fs::rename(&file, &target).with_context(|| format!("cannot rename {}", file.display()))?;
        say_instead(folder, &name, &renamed)?;
    }
    Ok(())
}

fn hashed_names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file() && hash_in(&name).is_some() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// `0123456789abcdef` in `app-0123456789abcdef.css` and in `warga-0123456789abcdef_bg.wasm`.
fn hash_in(name: &str) -> Option<&str> {
    name.split(['-', '.', '_'])
        .find(|part| part.len() == DIGITS && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn hash_of(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    format!("{:016x}", hasher.finish())
}

fn say_instead(folder: &Path, old: &str, new: &str) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry.with_context(|| format!("cannot read {}", folder.display()))?.path();
        let speaks = path.extension().is_some_and(|extension| extension == "html" || extension == "js");
        if !speaks {
            continue;
        }
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if text.contains(old) {
            fs::write(&path, text.replace(old, new))
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::tests::Scratch;

    #[test]
    fn another_content_has_another_name_and_the_page_says_it() {
        let name_after = |script: &str| {
            let scratch = Scratch::new("rename");
            scratch.write("app-0123456789abcdef.js", script);
            scratch.write("app-0123456789abcdef_bg.wasm", "the same");
            scratch.write("index.html", r#"<script src="./app-0123456789abcdef.js"></script>"#);
            scratch.write("site.json", "{}");
            by_content(scratch.path()).expect("renamed");
            assert!(scratch.path().join("site.json").exists(), "what has no hash keeps its name");
            let page = fs::read_to_string(scratch.path().join("index.html")).expect("the page");
            let name = page.split('"').nth(1).expect("a name").to_owned();
            let file = fs::read_to_string(scratch.path().join(&name)).expect("the file of that name");
            (name, file)
        };
        let (one, file) = name_after(r#"load("app-0123456789abcdef_bg.wasm")"#);
        assert!(!file.contains("0123456789abcdef"), "a script says the new name of the wasm: {file}");
        assert_eq!(one, name_after(r#"load("app-0123456789abcdef_bg.wasm")"#).0);
        assert_ne!(one, name_after(r#"load("app-0123456789abcdef_bg.wasm");"#).0);
    }
}
