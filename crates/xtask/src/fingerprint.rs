//! Whether files have changed, told by their content: a fresh checkout gives every file a new time, and none a new content.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::Path;

use anyhow::{Context, Result};
use walkdir::WalkDir;

/// A fingerprint of the files and folders `inputs` under `root`, and of `also`: names, contents, and which do not exist.
///
/// SipHash of the standard library: 64 bits are plenty against accidents, and that a new Rust may hash differently only
/// means to build again, which a new compiler asks for anyway.
pub(crate) fn of(root: &Path, inputs: &[&str], also: &[&str]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for text in also {
        part(&mut hasher, text.as_bytes());
    }
    for input in inputs {
        let path = root.join(input);
        part(&mut hasher, input.as_bytes());
        if !path.exists() {
            continue;
        }
        for entry in WalkDir::new(&path).sort_by_file_name() {
            let entry = entry.with_context(|| format!("cannot read {}", path.display()))?;
            if entry.file_type().is_dir() {
                continue;
            }
            let name = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let content = match fs::read(entry.path()) {
                Ok(content) => content,
                // An editor's passing file, or a link to nowhere.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => {
                    return Err(error).with_context(|| format!("cannot read {}", entry.path().display()));
                }
            };
            part(&mut hasher, name.as_os_str().as_encoded_bytes());
            part(&mut hasher, &content);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Length first, so that no two series of parts run together to the same bytes.
fn part(hasher: &mut DefaultHasher, bytes: &[u8]) {
    hasher.write_usize(bytes.len());
    hasher.write(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::tests::Scratch;

    #[test]
    fn every_change_shows_and_only_a_change() {
        let scratch = Scratch::new("fingerprint");
        let root = scratch.path();
        let take = || of(root, &["src", "index.html"], &["rustc 1"]).expect("readable");
        scratch.write("src/a.rs", "one");
        scratch.write("src/deep/b.rs", "two");
        scratch.write("elsewhere.rs", "not an input");
        let first = take();

        scratch.write("elsewhere.rs", "still none");
        scratch.write("src/a.rs", "one");
        assert_eq!(take(), first, "rewritten with the same content");

        let mut seen = vec![first];
        let mut differs = |what: &str| {
            let now = take();
            assert!(!seen.contains(&now), "{what} does not show");
            seen.push(now);
        };
        scratch.write("src/deep/b.rs", "twO");
        differs("changed content");
        scratch.write("src/deep/c.rs", "");
        differs("a new empty file");
        fs::rename(root.join("src/deep/c.rs"), root.join("src/deep/d.rs")).expect("rename");
        differs("a new name");
        fs::remove_file(root.join("src/a.rs")).expect("remove");
        differs("a lost file");
        scratch.write("index.html", "x");
        differs("an input that did not exist");
        let now = take();
        assert_ne!(
            of(root, &["src", "index.html"], &["rustc 2"]).expect("readable"),
            now,
            "another compiler"
        );
    }
}
