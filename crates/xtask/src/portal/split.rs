//! Splits the portal: what the map page does not need comes over the network when a page is opened that does.
//!
//! The sources mark where (`#[wasm_split]` in `src/later.rs`). Trunk knows nothing of it, so its glue and wasm are made
//! once more here, from the same compiled file: split, bound, freed of what nobody calls, optimised, renamed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde_json::json;

use super::{names, place, unreached};
use crate::shell::Shell;

/// What the oldest browsers that run the portal know; wasm-opt must be told, the compiler's file is split by then.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The module by which the main part asks for the others.
pub(super) const LINK: &str = "./__wasm_split.js";

/// Puts the split portal in the place of the whole one in `folder`, Trunk's bundle of the file `compiled`. What is
/// shipped is optimised; what is only tried is quicker to make.
pub(super) fn apply(shell: &Shell, folder: &Path, compiled: &Path, shipped: bool) -> Result<()> {
    let work = shell.workspace.portal_work().join("split");
    place::empty(&work)?;
    let glue = work.join("glue.js");
    let whole = file_ending(folder, "_bg.wasm")?;
    let parts = split(compiled, &work)?;
    bind(shell, &work)?;
    let main = work.join("bound_bg.wasm");
    tree_shake(shell, &work)?;
    if shipped {
        drop_unused(shell, &main, &glue)?;
        for part in std::iter::once(&main).chain(&parts) {
            shell.stop.check()?;
            optimise(shell, part)?;
        }
        names::shorten(shell, &main, &glue, &work.join(LINK))?;
    }
    bundle(shell, &work, &PathBuf::from(whole.to_string_lossy().replace("_bg.wasm", ".js")))?;
    let names: Vec<(String, String)> = parts.iter().map(|part| named(part)).collect::<Result<_>>()?;
    for (part, (_, name)) in parts.iter().zip(&names) {
        copy(part, &folder.join(name))?;
    }
    copy(&main, &whole)?;
    refer(&PathBuf::from(whole.to_string_lossy().replace("_bg.wasm", ".js")), &names)
}

/// Splits; gives the parts that are loaded later. The main one is `main.wasm`.
fn split(compiled: &Path, work: &Path) -> Result<Vec<PathBuf>> {
    let input = fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let input = unreached::emptied(&input)?;
    let main = work.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = work;
    options.main_out_path = &main;
    options.link_name = LINK;
    options.main_module = "./glue.js";
    let split =
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("cannot split: {error:#}"))?;
    ensure!(
        !split.split_modules.is_empty(),
        "nothing was split off: is {} from a bundle of ours?",
        compiled.display()
    );
    let link = work.join(LINK);
    let text = fs::read_to_string(&link).with_context(|| format!("cannot read {}", link.display()))?;
    // Works whatever type a plain file server gives the file.
    let streaming = "WebAssembly.instantiateStreaming(src, imports)";
    ensure!(text.contains(streaming), "the parts are not loaded the way they used to be");
    let plain =
        "src.then((answer) => answer.arrayBuffer()).then((bytes) => WebAssembly.instantiate(bytes, imports))";
    fs::write(&link, text.replace(streaming, plain))
        .with_context(|| format!("cannot write {}", link.display()))?;
    Ok(split.split_modules)
}

fn bind(shell: &Shell, work: &Path) -> Result<()> {
    let mut command = shell.command("wasm-bindgen")?;
    command.args([
        "--target=web",
        "--keep-lld-exports",
        "--no-demangle",
        "--no-typescript",
        "--out-name=bound",
    ]);
    command.arg("--out-dir").arg(work).arg(work.join("main.wasm"));
    run("wasm-bindgen", &mut command).map(drop)
}

/// Glue without what only scripts that call us from outside would need; dependencies bring classes for them.
fn tree_shake(shell: &Shell, work: &Path) -> Result<()> {
    let bound = work.join("bound.js");
    let text = fs::read_to_string(&bound).with_context(|| format!("cannot read {}", bound.display()))?;
    fs::write(&bound, droppable(&text)).with_context(|| format!("cannot write {}", bound.display()))?;
    let entry = work.join("entry.js");
    fs::write(&entry, "export { default, initSync } from \"./bound.js\";\n")
        .with_context(|| format!("cannot write {}", entry.display()))?;
    let mut command = shell.command("esbuild")?;
    command.args(["--bundle", "--format=esm", "--log-level=warning", &format!("--external:{LINK}")]);
    command.arg(&entry).arg(format!("--outfile={}", work.join("glue.js").display()));
    run("esbuild", &mut command)?;
    let glue = work.join("glue.js");
    let text = fs::read_to_string(&glue).with_context(|| format!("cannot read {}", glue.display()))?;
    ensure!(!unreached::are_named_in(&text), "the glue calls functions that were emptied (unreached.rs)");
    Ok(())
}

/// The glue, so that esbuild may drop a class that is not used: without the statements that give it to `using`, which
/// nobody writes here, and told that the registry that frees it does nothing by being made.
fn droppable(glue: &str) -> String {
    let lines = glue.lines().filter(|line| !line.starts_with("if (Symbol.dispose) "));
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    text.replace(": new FinalizationRegistry(", ": /* @__PURE__ */ new FinalizationRegistry(")
}

/// Exports that the glue does not call keep code alive that nobody can reach.
fn drop_unused(shell: &Shell, wasm: &Path, glue: &Path) -> Result<()> {
    let text = fs::read_to_string(glue).with_context(|| format!("cannot read {}", glue.display()))?;
    let mut used: BTreeSet<&str> = text.split("wasm.").skip(1).map(word).collect();
    let link = glue.with_file_name(LINK.trim_start_matches("./"));
    let link = fs::read_to_string(&link).with_context(|| format!("cannot read {}", link.display()))?;
    used.extend(shared(&link)?);
    used.remove("");
    let mut graph = vec![json!({ "name": "outside", "root": true, "reaches": used })];
    graph.extend(used.iter().map(|name| json!({ "name": name, "export": name })));
    let graph_file = glue.with_file_name("graph.json");
    fs::write(&graph_file, json!(graph).to_string())
        .with_context(|| format!("cannot write {}", graph_file.display()))?;
    let mut command = shell.command("wasm-metadce")?;
    command.arg(wasm).arg("--graph-file").arg(&graph_file).args(FEATURES).arg("-o").arg(wasm);
    run("wasm-metadce", &mut command).map(drop)
}

fn word(text: &str) -> &str {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$')).next().unwrap_or_default()
}

/// The exports of the main part that the others are given.
pub(super) fn shared(link: &str) -> Result<Vec<&str>> {
    let list = link.split_once("const { ").and_then(|(_, rest)| rest.split_once("} = initSync"));
    let (list, _) = list.context("the parts are not given what they used to be")?;
    Ok(list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect())
}

fn optimise(shell: &Shell, wasm: &Path) -> Result<()> {
    let mut command = shell.command("wasm-opt")?;
    command.arg(wasm);
    // Blocks laid flat and looped anew come out more alike: 1.6 KB of the map page, brotli. Twice, because the first
    // round only clears up after them.
    command.args(["--flatten", "--rereloop", "-Oz", "-Oz"]);
    // A function with one caller is worth a call once it is longer than this: less was measured to compress worse.
    command.arg("--one-caller-inline-max-function-size=20");
    command.args(["--strip-debug", "--strip-producers"]).args(FEATURES).arg("-o").arg(wasm);
    run("wasm-opt", &mut command).map(drop)
}

/// Glue and link module in one script: one request less.
fn bundle(shell: &Shell, work: &Path, script: &Path) -> Result<()> {
    let mut command = shell.command("esbuild")?;
    command.args(["--bundle", "--format=esm", "--log-level=warning", "--allow-overwrite"]);
    command.arg(work.join("glue.js")).arg(format!("--outfile={}", script.display()));
    run("esbuild", &mut command).map(drop)
}

/// The name a part has in the link module, and the one it is shipped under: a hash takes the place of the zeros
/// (`rename.rs`).
fn named(part: &Path) -> Result<(String, String)> {
    let name = part.file_name().and_then(|name| name.to_str()).context("a part without a name")?;
    let stem = name.trim_end_matches(".wasm").trim_start_matches("split_");
    Ok((name.to_owned(), format!("warga-{}-0000000000000000.wasm", stem.replace('_', "-"))))
}

fn refer(script: &Path, names: &[(String, String)]) -> Result<()> {
    let mut text = fs::read_to_string(script).with_context(|| format!("cannot read {}", script.display()))?;
    for (old, new) in names {
        ensure!(text.contains(&format!("./{old}\"")), "the glue does not name {old}");
        text = text.replace(&format!("./{old}\""), &format!("./{new}\""));
    }
    fs::write(script, text).with_context(|| format!("cannot write {}", script.display()))
}

fn file_ending(folder: &Path, end: &str) -> Result<PathBuf> {
    let mut found = None;
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry.with_context(|| format!("cannot read {}", folder.display()))?.path();
        if path.to_string_lossy().ends_with(end) {
            ensure!(found.is_none(), "two files end in {end} in {}", folder.display());
            found = Some(path);
        }
    }
    found.with_context(|| format!("no file ends in {end} in {}", folder.display()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to)
        .map(drop)
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))
}

/// Runs a tool to its end; gives what it printed.
pub(super) fn run(name: &str, command: &mut Command) -> Result<Vec<u8>> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {name}"))?;
    if !output.status.success() {
        bail!("{name} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(output.stdout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_that_are_shared_are_read_from_the_link_module() {
        let link = "sharedImports = {  };\n const { __indirect_function_table, memory,  } = initSync(undefined, undefined);";
        assert_eq!(shared(link).expect("the list"), ["__indirect_function_table", "memory"]);
        assert!(shared("initSync()").is_err());
    }

    #[test]
    fn nothing_holds_a_class_that_is_not_used() {
        let glue = "export class A {}\nif (Symbol.dispose) A.prototype[Symbol.dispose] = A.prototype.free;\n\
                    const F = (typeof FinalizationRegistry === 'undefined')\n    ? {}\n    : new FinalizationRegistry(free);\n";
        let without = "export class A {}\n\
                       const F = (typeof FinalizationRegistry === 'undefined')\n    ? {}\n    : /* @__PURE__ */ new FinalizationRegistry(free);\n";
        assert_eq!(droppable(glue), without);
    }

    #[test]
    fn a_part_is_shipped_under_a_name_that_takes_a_hash() {
        let (old, new) = named(Path::new("work/split_form.wasm")).expect("a name");
        assert_eq!((old.as_str(), new.as_str()), ("split_form.wasm", "warga-form-0000000000000000.wasm"));
        let (_, new) = named(Path::new("work/chunk_3.wasm")).expect("a name");
        assert_eq!(new, "warga-chunk-3-0000000000000000.wasm");
    }
}
