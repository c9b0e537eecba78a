//! A million points as a server keeps them, measured natively: `cargo bench -p warga-geo --bench tiles`.
//!
//! The server's own times are those of `cargo xtask bench tiles`; these are for who changes the code.

// As everybody else calls it.
extern crate warga_geo as geo;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use geo::{Point, Points, TileAddress, WorldPoint};

// The same points as in the browser.
#[path = "../../geo-bench/src/indonesia.rs"]
mod indonesia;

const POINTS: usize = 1_000_000;
/// Points that wait when they are merged: as many as the server lets wait.
const WAITING: usize = 4096;

fn made(seed: u64, count: usize) -> Vec<Point> {
    let point = |(number, report): (u64, &indonesia::Report)| {
        let mut id = [0; 16];
        // As by chance: ids are in no order of places.
        id[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
        id[8..].copy_from_slice(&seed.to_be_bytes());
        let (category, status) = (report.category.into(), report.status);
        Point { at: report.at, id, category, status, supports: 0, day: 20_000, since: 20_000 }
    };
    (0..).zip(&indonesia::indonesia(count, seed)).map(point).collect()
}

/// The tile of each zoom around a place.
fn tiles(criterion: &mut Criterion, name: &str, points: &Points, at: WorldPoint) {
    let mut group = criterion.benchmark_group(name);
    for zoom in [0, 5, 8, 11, 14, 18] {
        let Some(address) = TileAddress::of(at, zoom) else { continue };
        group.bench_function(format!("a tile at zoom {zoom}"), |bench| {
            bench.iter(|| points.tile(black_box(address)));
        });
    }
}

fn million(criterion: &mut Criterion) {
    let given = made(1, POINTS);
    let at = given[0].at;
    let late = made(2, WAITING);
    let points = Points::new(given.iter().copied());
    let waiting = late.iter().fold(points.clone(), |mut points, &point| {
        points.put(point);
        points
    });
    tiles(criterion, "a million points", &points, at);
    tiles(criterion, "a million points and 4,096 that wait", &waiting, at);
    let mut group = criterion.benchmark_group("a million points");
    group.sample_size(10);
    group.bench_function("loaded", |bench| bench.iter(|| Points::new(given.iter().copied())));
    group.bench_function("4,096 merged", |bench| bench.iter(|| waiting.merged()));
    group.bench_function("256 put in", |bench| {
        let put = |mut points: Points| {
            late.iter().take(256).for_each(|&point| points.put(point));
            // Its memory is given back when the time is taken.
            points
        };
        bench.iter_batched(|| points.clone(), put, BatchSize::PerIteration);
    });
    group.bench_function("256 changed", |bench| {
        let mut points = points.clone();
        let mut status = 0;
        bench.iter(|| {
            status = (status + 1) % 9;
            given.iter().step_by(POINTS / 256).for_each(|&point| points.put(Point { status, ..point }));
        });
    });
}

criterion_group!(benches, million);
criterion_main!(benches);
