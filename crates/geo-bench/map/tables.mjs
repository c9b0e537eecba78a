// What was measured, as tables in Markdown. Fails where the two do not count the same points.
import assert from "node:assert/strict";
import os from "node:os";
import { digits, median, none, p99, range, row, tail } from "../numbers.mjs";

const megabytes = (values) => `${(median(values) / 1e6).toFixed(1)}`;

/** Every sample of a kind counted each point once, at every zoom it was asked for. */
function agreed(samples, set) {
  const checks = samples.filter((sample) => sample.set === set && sample.mode === "check");
  const all = checks.flatMap(({ totals }) => totals);
  assert.ok(checks.length === 4 && all.length > 0 && all.every((total) => total === all[0]), `${set}: totals differ: ${all}`);
  return { checks, points: all[0] };
}

function of(samples, set) {
  return (engine, where, mode, order, radius) => {
    const fits = (sample) =>
      [sample.set, sample.engine, sample.where, sample.mode, sample.order, sample.radius].every(
        (value, index) => value === [set, engine, where, mode, order, radius][index],
      );
    const found = samples.filter(fits);
    assert.ok(found.length > 0, `no samples of ${[set, engine, where, mode, order, radius]}`);
    return (field) => found.flatMap((sample) => sample[field]);
  };
}

function table(samples, set, where) {
  const find = of(samples, set);
  const [ours, ordered] = ["given", "sorted"].map((order) => find("ours", where, "times", order));
  const [same, sameOrdered, defaults] = [["given", "same"], ["sorted", "same"], ["given", "defaults"]].map(([order, radius]) =>
    find("theirs", where, "times", order, radius));
  const reload = find("theirs", where, "reload", "given", "same")("reload");
  const project = find("ours", where, "project", "given")("project");
  /** Beside the same radius, and beside the defaults. */
  const ratio = (mine, other) =>
    `**${(median(mine) / median(other)).toFixed(4)}** / ${(median(mine) / median(defaults("first"))).toFixed(4)}`;
  return [
    row(`${where}, ms`, "ours", "supercluster 50/256", "supercluster 40/512", "ratio of medians"),
    row("---", "---", "---", "---", "---"),
    row("making the features (apart)", none, range(same("features")), range(defaults("features")), none),
    row("degrees to world steps (apart)", range(project), "in its loading", "in its loading", none),
    row("raw points to first clusters", range(ours("first")), range(same("first")), range(defaults("first")), ratio(ours("first"), same("first"))),
    row("… in the order of the curve", range(ordered("first")), range(sameOrdered("first")), none, `**${(median(ordered("first")) / median(sameOrdered("first"))).toFixed(4)}**`),
    row("sorted and ready, with a view", range(ours("ready")), "as above", "as above", ratio(ours("ready"), same("first"))),
    row("… in the order of the curve", range(ordered("ready")), "as above", none, `**${(median(ordered("ready")) / median(sameOrdered("first"))).toFixed(4)}**`),
    row("a view, read out, median / p99", tail(ours("views")), tail(same("views")), tail(defaults("views")),
      `median ${(median(ours("views")) / median(same("views"))).toFixed(2)}, p99 ${(p99(ours("views")) / p99(same("views"))).toFixed(2)}`),
    row("… the first 32 on a page", tail(ours("fresh")), tail(same("fresh")), tail(defaults("fresh")), none),
    row("filter, then a view, median / p99", tail(ours("filters")), `${range(reload)}, loaded anew`, none,
      `median ${(median(ours("filters")) / median(reload)).toFixed(5)}`),
    row("memory, MB", `${megabytes(ours("wasm"))} wasm, ${megabytes(ours("heap"))} heap beside it`, `${megabytes(same("heap"))} with its features`, megabytes(defaults("heap")), none),
  ].join("\n");
}

function slowed(samples, set) {
  const where = "Chromium, CPU 4 times slower";
  const find = of(samples, set);
  const [ours, slices] = [find("ours", where, "times", "given"), find("ours", where, "slices", "given")];
  return [
    row(`${where}, ms, ours`, "median (smallest–largest)", "p99"),
    row("---", "---", "---"),
    row("raw points to first clusters, in one go", range(ours("first")), none),
    row("sorted and ready, in one go", range(ours("ready")), none),
    row("longest slice of 50,000 rows of the pass", range(slices("pass")), none),
    row(`longest of ${median(slices("steps"))} slices of 50,000 looks of the sorting`, range(slices("sort")), none),
    row("a view, read out", range(ours("views")), digits(p99(ours("views")))),
    row("filter, then a view", range(ours("filters")), digits(p99(ours("filters")))),
  ].join("\n");
}

export function tables(samples, sets, rounds) {
  const loads = samples.map(({ load }) => load);
  const browser = samples.find((sample) => sample.browser)?.browser;
  const machine = `${os.cpus().length} cores, ${os.cpus()[0].model}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB`;
  const text = [
    `${new Date().toISOString().slice(0, 10)}; ${machine}; Chromium ${browser}, Node ${process.versions.node}; ${rounds} rounds; ` +
      `load average ${digits(median(loads))} (${digits(Math.min(...loads))}–${digits(Math.max(...loads))})`,
  ];
  for (const set of sets) {
    const { checks, points } = agreed(samples, set);
    const { work } = checks[0];
    text.push(`\n## ${set}: ${points} points\n`);
    text.push(`All four counted ${points} at every zoom asked. A view of ours looks into ${work.squares.toFixed(0)} squares and at ` +
      `${work.points.toFixed(0)} points one by one, and shows ${work.clusters.toFixed(0)} clusters; supercluster ${checks[2].work.clusters.toFixed(0)}.\n`);
    for (const where of ["Chromium", "Node"]) text.push(`${table(samples, set, where)}\n`);
    text.push(slowed(samples, set));
  }
  return text.join("\n");
}
