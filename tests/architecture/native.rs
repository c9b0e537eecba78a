//! The arrows of the crates: what each depends on, and which of its rooms knows what.

use std::{collections::BTreeSet, fs, path::Path};

use crate::{
    names::{module_of, names},
    source::Source,
};

/// Our own crates, by the names they are depended on with.
const OURS: [&str; 8] =
    ["geo", "model", "participants", "warga", "warga-api", "warga-geo", "warga-model", "warga-participants"];

/// What `model` may stand on: data and its forms. Nothing that reads, writes, waits or draws.
const MODEL_STANDS_ON: [&str; 4] = ["serde", "thiserror", "utoipa", "uuid"];

/// Parts of the standard library that reach outside; pure crates have no use for them.
const OUTSIDE: [&str; 7] = ["env", "fs", "io", "net", "process", "thread", "time"];

/// The names under `[dependencies]` (or another table) of a manifest, those of a target's tables too.
pub(crate) fn dependencies(manifest: &str, table: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            let header = header.split(']').next().unwrap_or_default();
            let name =
                header.strip_prefix("target.").and_then(|rest| rest.rsplit_once('.')).map_or(header, |r| r.1);
            inside = name == table;
            // `[dependencies.name]`, with the options below it.
            if let Some((before, name)) = header.rsplit_once('.')
                && (before == table || before.ends_with(&format!(".{table}")))
            {
                found.insert(name.trim_matches('"').to_owned());
            }
        } else if inside
            && let Some((name, _)) = line.split_once(['=', '.'])
            && !name.starts_with('#')
        {
            found.insert(name.trim().trim_matches('"').to_owned());
        }
    }
    found
}

fn dependencies_of(package: &str) -> BTreeSet<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(package).join("Cargo.toml");
    let manifest = fs::read_to_string(file).unwrap();
    let mut all = dependencies(&manifest, "dependencies");
    all.extend(dependencies(&manifest, "build-dependencies"));
    all
}

fn ours(package: &str) -> Vec<String> {
    dependencies_of(package).into_iter().filter(|name| OURS.contains(&name.as_str())).collect()
}

#[test]
fn crates_depend_one_way() {
    assert_eq!(dependencies_of("crates/geo"), BTreeSet::new(), "geo knows nobody");
    let model = dependencies_of("crates/model");
    let allowed = BTreeSet::from(MODEL_STANDS_ON.map(str::to_owned));
    assert!(model.is_subset(&allowed), "model stands on data alone, not on {:?}", &model - &allowed);
    assert_eq!(ours("crates/participants"), ["model"]);
    assert_eq!(ours("crates/api"), ["geo", "model", "participants"]);
    assert_eq!(ours("crates/xtask"), [""; 0], "xtask drives the others, and is built before them");
    assert_eq!(ours("."), ["geo", "model"]);
}

#[test]
fn manifests_are_read_in_every_form() {
    let manifest = "
        [package]
        name = \"x\"
        [dependencies]
        geo.workspace = true
        # leaflet = \"0.5\"
        model = { path = \"../model\" }
        [dependencies.rusqlite]
        version = \"0.40\"
        [target.'cfg(unix)'.dependencies]
        rustix = \"1\"
        [dev-dependencies]
        proptest = \"1\"
    ";
    let names = |table| dependencies(manifest, table).into_iter().collect::<Vec<_>>();
    assert_eq!(names("dependencies"), ["geo", "model", "rusqlite", "rustix"]);
    assert_eq!(names("dev-dependencies"), ["proptest"]);
}

/// What a file of a pure crate names that reaches outside or upward.
fn impurities(source: &Source, upward: &[&str]) -> Vec<String> {
    let outside = |path: &[String]| path[0] == "std" && OUTSIDE.contains(&path[1].as_str());
    let reaches = |path: &[String]| upward.contains(&path[0].as_str()) || (path.len() > 1 && outside(path));
    let at = |line: usize, path: &[String]| format!("{}:{line}: {}", source.path, path.join("::"));
    names(source).iter().filter(|name| reaches(&name.path)).map(|name| at(name.line, &name.path)).collect()
}

#[test]
fn geo_and_model_are_pure_and_look_at_nobody() {
    for (folder, upward) in [
        ("crates/geo/src", &["model", "warga_model", "warga_api"][..]),
        ("crates/model/src", &["geo", "warga_api"]),
    ] {
        let found: Vec<_> = Source::all_below(folder).iter().flat_map(|s| impurities(s, upward)).collect();
        assert_eq!(found, [""; 0]);
    }
    let impure = "fn f() { std::fs::read(x) }\nuse model::Report;\nuse std::{fmt, time::SystemTime};";
    let found = impurities(&Source::new("crates/geo/src/x.rs", impure), &["model"]);
    let expected = ["1: std::fs::read", "2: model::Report", "3: std::time::SystemTime"];
    assert_eq!(found, expected.map(|at| format!("crates/geo/src/x.rs:{at}")));
}

/// `routes -> services -> store` inside the API: only the store knows SQL, only above the services is HTTP.
fn api_breaches(source: &Source) -> Vec<String> {
    let module = module_of(&source.path);
    let room = module.first().map_or("", String::as_str);
    let crates: &[&str] = match room {
        "store" => &["axum", "tower", "tower_http", "utoipa_axum"],
        "services" | "import" | "seed" => {
            &["axum", "tower", "tower_http", "utoipa_axum", "rusqlite", "refinery"]
        }
        _ => &["rusqlite", "refinery"],
    };
    let forbidden = |path: &[String]| match path {
        [first, target, ..] if first == "crate" => match room {
            "store" => target != "store",
            "services" | "import" | "seed" | "catalogue" => target == "routes" || target == "serve",
            _ => false,
        },
        [first, ..] => crates.contains(&first.as_str()),
        [] => false,
    };
    let at = |line: usize, path: &[String]| format!("{}:{line}: {}", source.path, path.join("::"));
    names(source).iter().filter(|name| forbidden(&name.path)).map(|name| at(name.line, &name.path)).collect()
}

#[test]
fn in_the_api_routes_lead_to_services_and_services_to_the_store() {
    let found: Vec<_> = Source::all_below("crates/api/src").iter().flat_map(api_breaches).collect();
    assert_eq!(found, [""; 0]);
    for (path, text) in [
        ("crates/api/src/routes/reports.rs", "use rusqlite::Connection;"),
        ("crates/api/src/services/submit_report.rs", "use axum::Json;"),
        ("crates/api/src/services/submit_report.rs", "let sql = rusqlite::params![];"),
        ("crates/api/src/services/submit_report.rs", "use crate::routes::router;"),
        ("crates/api/src/store/mod.rs", "use crate::problem::ApiError;"),
        ("crates/api/src/store/sqlite/list.rs", "use crate::{services, store::Cursor};"),
        ("crates/api/src/store/sqlite/list.rs", "axum::http::StatusCode::OK"),
        ("crates/api/src/seed/mod.rs", "use rusqlite;"),
    ] {
        assert_eq!(api_breaches(&Source::new(path, text)).len(), 1, "{path}: {text}");
    }
    let fine = "use rusqlite::Connection; use crate::store::Cursor; use super::rows; use geo::cell;";
    assert_eq!(api_breaches(&Source::new("crates/api/src/store/sqlite/list.rs", fine)), [""; 0]);
}
