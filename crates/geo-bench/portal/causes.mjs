// What the longest tasks of a traced visit were made of, from the browser's own trace. Times in milliseconds.

/** What the page marks in the trace, so that the clocks can be compared. */
export const MARK = "series";

const own = (event, children) => event.dur - children.reduce((sum, child) => sum + child.dur, 0);

/** The main thread of the page: that of the renderer with the most to do. */
function mainThread(events) {
  const mains = new Set(events.filter((event) => event.name === "thread_name" && event.args.name === "CrRendererMain").map(({ pid, tid }) => `${pid}/${tid}`));
  const busy = new Map();
  for (const { pid, tid, ph } of events) {
    const key = `${pid}/${tid}`;
    if (ph === "X" && mains.has(key)) busy.set(key, (busy.get(key) ?? 0) + 1);
  }
  return [...busy].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** What an event says of itself, for a reader. */
function label({ name, args }) {
  const data = args?.data ?? {};
  const place = data.functionName || data.url ? ` ${data.functionName ?? ""} ${(data.url ?? "").split("/").pop()}` : "";
  const [elements, objects] = [args?.elementCount, args?.beginData?.dirtyObjects];
  const size = elements ? ` of elements: ${elements}` : objects ? ` of boxes: ${objects}, of all ${args.beginData.totalObjects}` : "";
  return `${name}${size}${data.type ? ` ${data.type}` : ""}${place}`.trim();
}

/** Samples of the profiler: when, and in which function. */
function samples(events, pid) {
  const nodes = new Map();
  const found = [];
  for (const event of events) {
    if (event.name === "Profile" && event.pid === pid) found.time = event.args.data.startTime;
    if (event.name !== "ProfileChunk" || event.pid !== pid) continue;
    const { cpuProfile, timeDeltas } = event.args.data;
    for (const node of cpuProfile?.nodes ?? []) nodes.set(node.id, node);
    (cpuProfile?.samples ?? []).forEach((id, index) => {
      found.time += timeDeltas[index];
      found.push({ time: found.time, node: nodes.get(id), nodes });
    });
  }
  return found;
}

/** A function's name and place; of the browser's own there is no place. */
const named = ({ callFrame: { functionName, url, lineNumber, columnNumber } }) =>
  `${functionName || "(anonymous)"}${url ? ` ${url.split("/").pop()}:${lineNumber + 1}:${columnNumber + 1}` : ""}`;

/**
 * The `count` longest tasks, with what they were made of. `looks` are the series' own, which no visitor makes; `mark` is
 * when the page marked itself in the trace. Both in milliseconds since 1970, which the trace does not count in.
 */
export function causes({ trace: { traceEvents: events }, mark, looks, moves }, count = 5) {
  const marked = events.find(({ name, cat }) => name === MARK && /user_timing/.test(cat)).ts;
  const clock = (ts) => mark + (ts - marked) / 1000;
  const main = mainThread(events);
  const [pid] = main.split("/").map(Number);
  const mine = events.filter((event) => `${event.pid}/${event.tid}` === main && event.ph === "X").sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const tasks = mine.filter(({ name }) => name === "RunTask" || name === "ThreadControllerImpl::RunTask").sort((a, b) => b.dur - a.dur);
  const profile = samples(events, pid);
  const told = [];
  const spans = [];
  for (const task of tasks) {
    if (told.length === count) break;
    const end = task.ts + task.dur;
    // A task that another one runs in itself is part of that.
    if (spans.some(([from, to]) => task.ts >= from && end <= to)) continue;
    if (clock(task.ts) < mark || looks.some(({ from, to }) => clock(task.ts) < to && clock(end) > from)) continue;
    spans.push([task.ts, end]);
    const inside = mine.filter((event) => event !== task && event.ts >= task.ts && event.ts + event.dur <= end && !/RunTask/.test(event.name));
    const sums = new Map();
    const stack = [];
    const close = (event) => sums.set(label(event), (sums.get(label(event)) ?? 0) + own(event, event.children));
    for (const event of inside) {
      while (stack.length > 0 && event.ts >= stack.at(-1).ts + stack.at(-1).dur) close(stack.pop());
      stack.at(-1)?.children.push(event);
      stack.push({ ...event, children: [] });
    }
    while (stack.length > 0) close(stack.pop());
    const functions = new Map();
    const during = profile.filter(({ time }) => time >= task.ts && time <= end);
    for (const { node } of during) functions.set(named(node), (functions.get(named(node)) ?? 0) + 1);
    const top = (map, scale) => [...map].sort((a, b) => b[1] - a[1]).slice(0, 8).map(([name, value]) => [name, scale(value)]);
    told.push({
      kind: moves.find(({ from, to }) => clock(task.ts) >= from && clock(task.ts) < to)?.kind ?? "between moves",
      ms: task.dur / 1000,
      parts: top(sums, (us) => us / 1000).filter(([, ms]) => ms > 0.5),
      functions: top(functions, (samples) => ((samples / during.length) * task.dur) / 1000),
    });
  }
  return told;
}
