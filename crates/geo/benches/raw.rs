//! A million points in the browser's index, measured natively: `cargo bench -p warga-geo`.
//!
//! The browser's own times are those of `cargo xtask bench map`; these are for who changes the code.

// As everybody else calls it.
extern crate warga_geo as geo;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use geo::{Counting, Filter, RawIndex, RawPoints, Sorting, View, WorldPoint};

// The same points as in the browser.
#[path = "../../geo-bench/src/indonesia.rs"]
mod indonesia;

const POINTS: usize = 1_000_000;

fn given() -> (RawPoints, WorldPoint) {
    let reports = indonesia::indonesia(POINTS, 1);
    let (x, y) = reports.iter().map(|report| (report.at.x, report.at.y)).unzip();
    let (category, status) = reports.iter().map(|report| (report.category, report.status)).unzip();
    let points = RawPoints::new(x, y, category, status).unwrap_or_default();
    (points, reports[0].at)
}

fn view(index: &RawIndex, view: View) -> usize {
    let mut counting = Counting::new(view);
    index.count(&mut counting);
    counting.bins().clusters().len()
}

fn million(criterion: &mut Criterion) {
    let (points, centre) = given();
    let screen = |zoom: u8| View::of_screen(zoom, 1280, 720, centre);
    let mut group = criterion.benchmark_group("a million points");
    group.sample_size(10);
    group.bench_function("first clusters, unsorted", |bench| {
        bench.iter(|| {
            let mut counting = Counting::new(screen(5));
            points.count(0..points.len(), Filter::ALL, &mut counting);
            black_box(counting.bins().clusters().len())
        });
    });
    group.bench_function("sorted", |bench| {
        bench.iter_batched(
            || points.clone(),
            |points| Sorting::new(points).finish(),
            BatchSize::PerIteration,
        );
    });
    let mut index = Sorting::new(points).finish();
    let some = Filter { categories: 0b1010_1010, ..Filter::ALL };
    group.bench_function("a change of filter", |bench| {
        let mut on = false;
        bench.iter(|| {
            on = !on;
            index.filter(if on { some } else { Filter::ALL });
        });
    });
    index.filter(Filter::ALL);
    for zoom in [4, 6, 8, 10, 12, 14, 17, 19] {
        group.bench_function(format!("a view at zoom {zoom}"), |bench| {
            bench.iter(|| view(&index, black_box(screen(zoom))));
        });
    }
}

criterion_group!(benches, million);
criterion_main!(benches);
