//! Holds the tables of participants to their rules and lays down what the server answers from: a row that cannot be
//! right ends the build, with its file and line.

use std::{env, error::Error, fs, path::Path, process};

use participants::{FOLDER, Tables};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../..");
    println!("cargo::rerun-if-changed={}", root.join(FOLDER).display());
    println!("cargo::rerun-if-changed=build.rs");
    let tables = Tables::read(&root).unwrap_or_else(|error| {
        // As the compiler tells its own, so that an editor leads to the line.
        println!("cargo::error={error}");
        process::exit(1)
    });
    let folder = env::var("OUT_DIR")?;
    let lay = |name: &str, text: String| fs::write(Path::new(&folder).join(name), text);
    lay("participants.json", serde_json::to_string(&tables.participants)?)?;
    lay("movement.json", serde_json::to_string(&participants::summary(&tables))?)?;
    Ok(())
}
