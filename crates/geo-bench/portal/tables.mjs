// What the visits came to, as a table in Markdown, and what the longest tasks were made of.
import os from "node:os";
import { digits, median, none, range, row } from "../numbers.mjs";
import { NAMES } from "./network.mjs";
import { SLOWER } from "./visit.mjs";

const kilobytes = (bytes) => (bytes / 1000).toFixed(1);
const sum = (of, what, kind) => of[kind]?.[what] ?? 0;

/** One screen's visits: `figures` of each. */
function column(figures) {
  const all = (pick) => figures.map(pick);
  const of = (pick) => range(all(pick));
  const line = (when) => NAMES.map((kind) => {
    const bytes = all((one) => sum(one[when], "bytes", kind));
    return `${kind} ${kilobytes(median(bytes))} in ${median(all((one) => sum(one[when], "requests", kind)))}`;
  }).join("; ");
  const total = (when) => all((one) => NAMES.reduce((bytes, kind) => bytes + sum(one[when], "bytes", kind), 0));
  return {
    "until usable, cold": [of((one) => one.usable), none],
    "longest task until then": [of((one) => one.loading), none],
    "longest task while moving": [of((one) => one.longest), "50"],
    "… tasks over 50 ms": [of((one) => one.tasks), "0"],
    "INP": [of((one) => one.inp), "100"],
    "… the slowest press": [of((one) => one.press), none],
    "… presses": [of((one) => one.interactions), none],
    "pictures lost while moving, of a hundred": [of((one) => one.lost), none],
    "… at rest, what the machine itself loses": [of((one) => one.resting), none],
    "… longest wait for a picture": [of((one) => one.wait), none],
    "KB to open": [`${range(total("opening").map((bytes) => bytes / 1000))}: ${line("opening")}`, none],
    "KB while moving": [`${range(total("moving").map((bytes) => bytes / 1000))}: ${line("moving")}`, none],
    "answers dropped while moving": [of((one) => NAMES.reduce((dropped, kind) => dropped + sum(one.moving, "dropped", kind), 0)), none],
    "wasm memory at the end, MB": [of((one) => one.wasm / 1e6), none],
    "things on the map, at most": [of((one) => one.things), "300"],
    "… elements in it": [of((one) => one.nodes), none],
  };
}

/** `visits`: by screen, the figures of each round. */
export function table(visits, { reports, rounds, loads, browser }) {
  const machine = `${os.cpus().length} cores, ${os.cpus()[0].model}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB`;
  const columns = visits.map(({ figures }) => column(figures));
  return [
    `${new Date().toISOString().slice(0, 10)}; ${machine}; Chromium ${browser}; ${rounds} rounds; load average ${range(loads)}`,
    "",
    row(`${reports} reports, CPU ${SLOWER} times slower, ms`, ...visits.map(({ name }) => name), "at most"),
    row("---", ...visits.map(() => "---"), "---"),
    ...Object.keys(columns[0]).map((name) => row(name, ...columns.map((of) => of[name][0]), columns[0][name][1])),
  ].join("\n");
}

/** What the browser itself says of the slowest pictures and presses, of all rounds. */
export function slowest({ name, figures }, count = 5) {
  const script = ({ invoker, sourceFunctionName, sourceURL, duration, forcedStyleAndLayoutDuration: forced }) =>
    `      ${digits(duration)} ms ${invoker} ${sourceFunctionName} ${sourceURL.split("/").pop()}${forced > 0 ? `, of it forced layout ${digits(forced)}` : ""}`;
  const slow = figures.flatMap(({ slow }) => slow).sort((a, b) => b.duration - a.duration).slice(0, count);
  const presses = figures.flatMap(({ presses }) => presses).sort((a, b) => b.duration - a.duration).slice(0, count);
  return [
    `${name}: the slowest pictures`,
    ...slow.flatMap((one) => {
      const end = one.startTime + one.duration;
      const drawing = one.styleAndLayoutStart > 0 ? end - one.styleAndLayoutStart : 0;
      return [`  ${digits(one.duration)} ms, ${one.kind}; style, layout and paint ${digits(drawing)}`, ...one.scripts.map(script)];
    }),
    `${name}: the slowest presses`,
    ...presses.map(({ kind, name: event, target, startTime, duration, processingStart, processingEnd }) =>
      `  ${duration} ms, ${kind}: ${event} on ${target}: waited ${digits(processingStart - startTime)}, worked ${digits(processingEnd - processingStart)}, until drawn ${digits(Math.max(startTime + duration - processingEnd, 0))}`),
  ].join("\n");
}

/** What the trace says of the longest tasks. */
export function explained(name, causes) {
  const part = ([what, ms]) => `      ${digits(ms)} ms ${what}`;
  return [
    `${name}: the longest tasks of a traced visit, which takes longer than others`,
    ...causes.flatMap(({ ms, kind, parts, functions }) => [
      `  ${digits(ms)} ms, ${kind}`, "    parts, each without those in it:", ...parts.map(part), "    functions, by samples:", ...functions.map(part),
    ]),
  ].join("\n");
}
