//! The stylesheets: a class begins in one file, or two pages dress in each other's clothes.

use std::{collections::BTreeMap, fs, path::Path};

/// Classes whose own rule (`.name {` at the beginning of a line) stands in more than one of these files.
pub(crate) fn shared_classes<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let mut homes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (file, text) in files {
        for line in text.lines() {
            let name = line.strip_prefix('.').and_then(|rest| rest.strip_suffix(" {"));
            let alone = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
            if let Some(name) = name.filter(alone) {
                let homes = homes.entry(name).or_default();
                if !homes.contains(&file) {
                    homes.push(file);
                }
            }
        }
    }
    let shared = homes.into_iter().filter(|(_, homes)| homes.len() > 1);
    shared.map(|(name, homes)| format!(".{name} begins in {}", homes.join(" and "))).collect()
}

#[test]
fn a_class_begins_in_one_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        files.push((
            path.file_name().unwrap().to_string_lossy().into_owned(),
            fs::read_to_string(&path).unwrap(),
        ));
    }
    assert!(files.len() > 5, "the stylesheets have moved");
    let found = shared_classes(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn two_files_with_one_class_are_told() {
    let files = [
        ("a.css", ".choice {\n}\n.choice:hover {\n}\n"),
        ("b.css", ".field .choice {\n}\n"),
        ("c.css", ".choice {\n}\n"),
    ];
    assert_eq!(shared_classes(files), [".choice begins in a.css and c.css"]);
    assert!(shared_classes(files[..2].iter().copied()).is_empty());
}
