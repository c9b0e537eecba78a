//! The byte gate: what a phone has to download before the map page is usable, against the limit the design sets.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::html::{self, Element};
use crate::portal::brotli;
use crate::steps::say;
use crate::workspace::Workspace;

/// More fails the tests: the best peer's map page has 168 KiB.
const LIMIT: usize = 165 * KIB;

/// What the design wants.
const GOAL: usize = 120 * KIB;

const KIB: usize = 1024;

/// Links that no page waits for.
const NOT_WAITED_FOR: &[&str] = &[
    "alternate",
    "apple-touch-icon",
    "author",
    "canonical",
    "dns-prefetch",
    "help",
    "icon",
    "license",
    "manifest",
    "mask-icon",
    "preconnect",
    "prefetch",
    "privacy-policy",
    "search",
];

/// One file of the map page.
#[derive(Debug, PartialEq, Eq)]
struct Counted {
    /// Relative to the bundle.
    path: String,
    raw: usize,
    brotli: usize,
}

/// Weighs the bundle in `dist/`, prints the table, leaves the list for the browser test that checks that the page asks for
/// nothing else, and fails over the limit.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let counted = list(workspace)?;
    say(&table(&counted));
    judge(&counted)
}

/// Counts, and writes down what was counted.
fn list(workspace: &Workspace) -> Result<Vec<Counted>> {
    let counted = count(&workspace.dist())?;
    let list = workspace.portal_work().join("map-page.json");
    fs::create_dir_all(workspace.portal_work())
        .and_then(|()| fs::write(&list, as_json(&counted)))
        .with_context(|| format!("cannot write {}", list.display()))?;
    Ok(counted)
}

fn judge(counted: &[Counted]) -> Result<()> {
    let total = total(counted);
    if total > LIMIT {
        bail!(
            "the map page weighs {} brotli, {} bytes over the limit of {}",
            kib(total),
            total - LIMIT,
            kib(LIMIT)
        );
    }
    Ok(())
}

fn count(dist: &Path) -> Result<Vec<Counted>> {
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index).with_context(|| {
        format!("there is no bundle to weigh, `cargo xtask build` makes it: {}", index.display())
    })?;
    let mut paths = vec!["index.html".to_owned()];
    let mut add = |path: String| {
        if !paths.contains(&path) {
            paths.push(path);
        }
    };
    for path in needed(dist, &page)? {
        for import in imports(dist, &path)? {
            add(import);
        }
        add(path);
    }
    // The settings, which the start reads before it draws anything.
    if dist.join("site.json").is_file() {
        add("site.json".to_owned());
    }
    paths.into_iter().map(|path| weigh(dist, path)).collect()
}

fn weigh(dist: &Path, path: String) -> Result<Counted> {
    let content = fs::read(dist.join(&path)).with_context(|| format!("cannot read {path} of the bundle"))?;
    Ok(Counted { raw: content.len(), brotli: brotli(&content)?.len(), path })
}

/// The files of the bundle that `page` names and waits for.
fn needed(dist: &Path, page: &str) -> Result<BTreeSet<String>> {
    let mut needed = BTreeSet::new();
    for element in html::elements(page) {
        if is_not_waited_for(&element) {
            continue;
        }
        for (name, value) in element.references() {
            match inside(value) {
                Some(path) if dist.join(&path).is_file() => {
                    needed.insert(path);
                }
                // Free text, such as a `data-` attribute that names no file.
                _ if name.starts_with("data-") && !["data-js", "data-wasm", "data-file"].contains(&name) => {}
                _ if value.starts_with("data:") => {}
                _ => bail!(
                    "index.html waits for `{value}`, which is no file of the bundle: it cannot be weighed"
                ),
            }
        }
    }
    Ok(needed)
}

fn is_not_waited_for(element: &Element) -> bool {
    match element.name.as_str() {
        "a" | "base" | "area" => true,
        "link" => element
            .get("rel")
            .unwrap_or_default()
            .split_ascii_whitespace()
            .any(|rel| NOT_WAITED_FOR.contains(&rel.to_ascii_lowercase().as_str())),
        // Inside an inline drawing; another file's would be `icons.svg#name`.
        _ => element.get("href").is_some_and(|href| href.starts_with('#')),
    }
}

/// The path in the bundle that a reference of the page leads to; `None` for another origin.
fn inside(reference: &str) -> Option<String> {
    let path = reference.split(['?', '#']).next().unwrap_or_default();
    if path.starts_with("//") || path.contains(':') {
        return None;
    }
    let path = path.trim_start_matches('/');
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// The files that a script of the bundle imports at its top, and they in turn. What it imports later, by `import(…)`, is not
/// waited for.
fn imports(dist: &Path, script: &str) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut open = vec![script.to_owned()];
    while let Some(script) = open.pop().filter(|path| path.ends_with(".js")) {
        let text =
            fs::read(dist.join(&script)).with_context(|| format!("cannot read {script} of the bundle"))?;
        let folder = script.rsplit_once('/').map_or("", |(folder, _)| folder);
        for specifier in specifiers(&String::from_utf8_lossy(&text)) {
            let Some(path) = inside(&format!("{folder}/{specifier}")) else { continue };
            if dist.join(&path).is_file() && found.insert(path.clone()) {
                open.push(path);
            }
        }
    }
    Ok(found)
}

/// The relative names behind `from` and `import`.
fn specifiers(script: &str) -> Vec<&str> {
    let mut specifiers = Vec::new();
    for keyword in ["from", "import"] {
        for (at, _) in script.match_indices(keyword) {
            let behind = script[at + keyword.len()..].trim_start();
            let Some(quote) = behind.chars().next().filter(|first| ['"', '\''].contains(first)) else {
                continue;
            };
            let specifier = behind[1..].split(quote).next().unwrap_or_default();
            if specifier.starts_with('.') {
                specifiers.push(specifier);
            }
        }
    }
    specifiers
}

fn total(counted: &[Counted]) -> usize {
    counted.iter().map(|file| file.brotli).sum()
}

fn kib(bytes: usize) -> String {
    format!("{:.1} KiB", bytes as f64 / KIB as f64)
}

fn table(counted: &[Counted]) -> String {
    let width =
        counted.iter().map(|file| file.path.len()).max().unwrap_or(0).max("map page until usable".len());
    let mut table = format!("{:<width$}  {:>9}  {:>9}\n", "map page until usable", "raw", "brotli");
    for Counted { path, raw, brotli } in counted {
        table.push_str(&format!("{path:<width$}  {raw:>9}  {brotli:>9}\n"));
    }
    let raw: usize = counted.iter().map(|file| file.raw).sum();
    table.push_str(&format!("{:<width$}  {raw:>9}  {:>9}\n", "in all", total(counted)));
    table.push_str(&format!("{} of {} brotli; the goal is {}", kib(total(counted)), kib(LIMIT), kib(GOAL)));
    table
}

fn as_json(counted: &[Counted]) -> String {
    let files: Vec<_> = counted
        .iter()
        .map(|Counted { path, raw, brotli }| json!({ "path": path, "raw": raw, "brotli": brotli }))
        .collect();
    format!("{:#}\n", json!(files))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::tests::Scratch;

    const PAGE: &str = r#"<!doctype html><html lang=id><base href=/><link rel=manifest href=./manifest.webmanifest>
        <link rel=icon href=icon.svg><link rel=stylesheet href=./app-1.css><script src=./leaflet.js defer></script>
        <link rel=preload as=image href=icons.svg#pin><meta name=warga-bundle data-js=./w-1.js data-wasm=./w-1_bg.wasm
        data-mood=good><script src=boot.js type=module></script><a href=https://elsewhere.example/>x</a>
        <svg><use href=#inline></use></svg>"#;

    fn bundle(name: &str) -> Scratch {
        let scratch = Scratch::new(name);
        scratch.write("dist/index.html", PAGE);
        for file in
            ["manifest.webmanifest", "icon.svg", "app-1.css", "leaflet.js", "icons.svg", "w-1_bg.wasm"]
        {
            scratch.write(&format!("dist/{file}"), "x");
        }
        scratch.write(
            "dist/w-1.js",
            "import{a}from\"./snippets/a.js\";import('./later.js');import './snippets/gone.js'",
        );
        scratch.write("dist/snippets/a.js", "import '../snippets/b.js'");
        for file in ["boot.js", "snippets/b.js", "later.js", "embed.js", "site.json"] {
            scratch.write(&format!("dist/{file}"), "");
        }
        scratch
    }

    #[test]
    fn counts_what_the_page_waits_for_and_nothing_else() {
        let scratch = bundle("bytes-counts");
        let counted = count(&scratch.path().join("dist")).expect("counted");
        let mut paths: Vec<_> = counted.iter().map(|file| file.path.as_str()).collect();
        paths.sort_unstable();
        assert_eq!(
            paths,
            [
                "app-1.css",
                "boot.js",
                "icons.svg",
                "index.html",
                "leaflet.js",
                "site.json",
                "snippets/a.js",
                "snippets/b.js",
                "w-1.js",
                "w-1_bg.wasm"
            ]
        );
    }

    #[test]
    fn a_file_that_cannot_be_weighed_is_an_error() {
        let scratch = bundle("bytes-errors");
        let dist = scratch.path().join("dist");
        for broken in [
            "<script src=gone.js></script>",
            "<script src=https://elsewhere.example/a.js></script>",
            "<script src=//elsewhere.example/a.js></script>",
            "<link rel=stylesheet href=../outside.css>",
            "<meta data-wasm=gone.wasm>",
        ] {
            assert!(needed(&dist, broken).is_err(), "{broken}");
        }
        assert!(needed(&dist, "<img src=data:image/gif;base64,x>").is_ok());
    }

    #[test]
    fn the_gate_closes_one_byte_over_the_limit() {
        let of = |brotli| {
            [
                Counted { path: "a".to_owned(), raw: 1, brotli: 1 },
                Counted { path: "b".to_owned(), raw: 1, brotli },
            ]
        };
        assert!(judge(&of(LIMIT - 1)).is_ok());
        let error = judge(&of(LIMIT)).expect_err("over the limit").to_string();
        assert!(error.contains("1 bytes over"), "{error}");
    }

    #[test]
    fn a_heavy_bundle_fails_and_still_leaves_its_list() {
        let scratch = bundle("bytes-heavy");
        let workspace = Workspace::at(scratch.path());
        judge(&list(&workspace).expect("counted")).expect("light");
        // Noise does not compress.
        let mut state = 1_u64;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        })
        .take(LIMIT)
        .collect();
        scratch.write("dist/w-1_bg.wasm", noise);
        judge(&list(&workspace).expect("counted")).expect_err("heavy");
        let list = fs::read_to_string(workspace.portal_work().join("map-page.json")).expect("the list");
        let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
        assert!(
            list.as_array()
                .expect("an array")
                .iter()
                .any(|file| file["path"] == "w-1_bg.wasm" && file["raw"] == LIMIT)
        );
    }
}
