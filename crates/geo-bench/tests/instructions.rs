//! How many instructions the map's steps take, counted in an interpreter of WebAssembly: the same on every machine, however
//! busy it is, and of the very code that browsers run.
//!
//! Who makes a step dearer than its bound has to say so here. The bounds leave a fifth for what compilers differ in.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::{env, fs, path::Path, process::Command};

use wasmi::{Config, Engine, Extern, Func, Instance, Linker, Module, Store, Val};

/// Points, as many as an interpreter goes through in a second.
const REPORTS: i32 = 100_000;

/// The module with some reports in it.
struct Counted {
    store: Store<()>,
    instance: Instance,
    /// The address of the module's own `Counted`.
    this: i32,
}

impl Counted {
    fn new(wasm: &[u8], ordered: bool) -> Self {
        let mut config = Config::default();
        config.consume_fuel(true);
        let engine = Engine::new(&config);
        let module = Module::new(&engine, wasm).unwrap();
        let mut store = Store::new(&engine, ());
        let mut linker = Linker::new(&engine);
        for import in module.imports() {
            // What the bindings would ask of a page; the steps ask for nothing.
            let kind = import.ty().func().unwrap().clone();
            let refused = Func::new(&mut store, kind, |_, _, _| Err(wasmi::Error::new("not in a page")));
            linker.define(import.module(), import.name(), Extern::Func(refused)).unwrap();
        }
        store.set_fuel(u64::MAX).unwrap();
        let instance = linker.instantiate_and_start(&mut store, &module).unwrap();
        let mut counted = Self { store, instance, this: 0 };
        counted.this = counted.call("counted_new", &[REPORTS, ordered.into()]).0;
        counted
    }

    /// Calls a step: what it gives, and what it took.
    fn step(&mut self, name: &str, with: Option<i32>) -> (i32, f64) {
        let arguments: Vec<i32> = [self.this].into_iter().chain(with).collect();
        let (given, took) = self.call(&format!("counted_{name}"), &arguments);
        (given, took as f64)
    }

    fn call(&mut self, name: &str, arguments: &[i32]) -> (i32, u64) {
        let function = self.instance.get_func(&self.store, name).unwrap_or_else(|| panic!("no {name}"));
        let arguments: Vec<Val> = arguments.iter().copied().map(Val::I32).collect();
        let mut given = [Val::I32(0)];
        self.store.set_fuel(u64::MAX).unwrap();
        function.call(&mut self.store, &arguments, &mut given).unwrap();
        (given[0].i32().unwrap(), u64::MAX - self.store.get_fuel().unwrap())
    }
}

/// The module that the bench loads, made as the bench makes it.
fn module() -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let target = root.join("target");
    let line = "build --locked --release --lib --target wasm32-unknown-unknown -p warga-geo-bench";
    let mut cargo = Command::new(env::var_os("CARGO").unwrap());
    cargo.current_dir(root).args(line.split(' ')).arg("--target-dir").arg(&target);
    let built = cargo.output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    fs::read(target.join("wasm32-unknown-unknown/release/warga_geo_bench.wasm")).unwrap()
}

#[test]
fn steps_take_no_more_instructions_than_they_did() {
    let wasm = module();
    let mut given = Counted::new(&wasm, false);
    let mut ordered = Counted::new(&wasm, true);
    let each = f64::from(REPORTS);
    let mut dear = Vec::new();
    let mut within = |what: &str, took: f64, bound: f64| {
        println!("{what}: {took:.1}, at most {bound}");
        // A step that does nothing is not cheap but broken, or its bound is no bound.
        if !(bound / 2.0..bound).contains(&took) {
            dear.push(format!("{what} takes {took:.1}, not {} to {bound}", bound / 2.0));
        }
    };

    within("the pass, a point", given.step("pass", Some(5)).1 / each, 130.0);
    for (name, counted, bound) in [("as given", &mut given, 1130.0), ("in order", &mut ordered, 890.0)] {
        let (points, took) = counted.step("sort", None);
        assert_eq!(points, REPORTS);
        within(&format!("sorting {name}, a point"), took / each, bound);
    }
    within("a filter, a point", given.step("filter", Some(0b1010)).1 / each, 62.0);
    given.step("filter", Some(-1));
    for (zoom, bound) in [(4, 350.0), (8, 1320.0), (12, 1830.0), (16, 210.0)] {
        let (clusters, took) = given.step("view", Some(zoom));
        assert!(clusters > 0);
        within(&format!("a view at zoom {zoom}, thousands"), took / 1e3, bound);
    }
    assert_eq!(given.step("points", None).0, REPORTS);
    for (zoom, bound) in [(0, 1780.0), (5, 2620.0), (10, 2000.0), (16, 36.0)] {
        let (things, took) = given.step("tile", Some(zoom));
        assert!(things > 0);
        within(&format!("a tile at zoom {zoom}, thousands"), took / 1e3, bound);
    }
    for (zoom, bound) in [(6, 850.0), (10, 26_200.0)] {
        assert_eq!(given.step("bins", Some(zoom)).0, REPORTS);
        let (clusters, took) = given.step("clusters", None);
        assert!(clusters > 0);
        within(&format!("clusters of all at zoom {zoom}, thousands"), took / 1e3, bound);
    }
    assert!(dear.is_empty(), "{}", dear.join("\n"));
}
