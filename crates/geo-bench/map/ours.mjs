// What is measured of ours, alike in a page and in Node. Times in milliseconds.
import init, { Columns, Degrees, RawMap } from "./warga_geo_bench.js";

const SIDE = 2 ** 32;
const now = () => performance.now();

/** Loads the module, which no time includes, as none includes the parsing of the other's script. */
export async function load(bytes) {
  const { memory } = await init({ module_or_path: bytes });
  return (set, plan, mode) => MODES[mode](memory, set, plan);
}

function taken(memory, set) {
  const columns = new Columns(set.length);
  const addresses = columns.addresses();
  for (const [index, column] of [set.x, set.y, set.category, set.status].entries()) {
    new column.constructor(memory.buffer, addresses[index], set.length).set(column);
  }
  return RawMap.of(columns);
}

/** The clusters as whoever draws them wants them. */
function read(memory, map, count) {
  const numbers = new Uint32Array(memory.buffer, map.address(), count * 5);
  const clusters = new Array(count);
  for (let index = 0; index < count; index += 1) {
    const [at, y] = [index * 5, Math.PI * (1 - (2 * numbers[index * 5 + 3]) / SIDE)];
    clusters[index] = {
      row: numbers[at],
      column: numbers[at + 1],
      lng: (numbers[at + 2] / SIDE) * 360 - 180,
      lat: (Math.atan(Math.sinh(y)) * 180) / Math.PI,
      count: numbers[at + 4],
    };
  }
  return clusters;
}

const seen = (plan, { zoom, x, y }) => [zoom, plan.width, plan.height, x, y];
const filter = (map, { low, high, statuses }) => map.filter(low, high, statuses);

function timed(work) {
  const since = now();
  work();
  return now() - since;
}

function times(memory, set, plan) {
  const [opening] = plan.views;
  const view = (of) => read(memory, map, map.view(...seen(plan, of)));
  let map;
  const copy = timed(() => { map = taken(memory, set); });
  const first = timed(() => read(memory, map, map.first(...seen(plan, opening))));
  const sort = timed(() => { while (!map.sort(2 ** 31)); view(opening); });
  const fresh = plan.views.map((of) => timed(() => view(of)));
  for (let warm = 0; warm < plan.passes; warm += 1) plan.views.forEach(view);
  const views = [];
  for (let pass = 0; pass < plan.passes; pass += 1) for (const of of plan.views) views.push(timed(() => view(of)));
  const refilter = (one, index) => timed(() => { filter(map, one); view(plan.views[index % plan.views.length]); });
  plan.filters.forEach(refilter);
  // Of thirty the 99th percentile would be the largest: whatever else the machine did once.
  const filters = [];
  for (let pass = 0; pass < plan.refilters; pass += 1) filters.push(...plan.filters.map(refilter));
  globalThis.held = map;
  return { copy, first: copy + first, ready: copy + sort, fresh, views, filters, wasm: memory.buffer.byteLength };
}

/** The same cut into slices: the longest of each kind. */
function slices(memory, set, plan) {
  let map = taken(memory, set);
  const longest = { pass: 0, sort: 0 };
  let [steps, done] = [0, false];
  map.begin(...seen(plan, plan.views[0]));
  for (let row = 0; row < set.length; row += plan.slice) {
    longest.pass = Math.max(longest.pass, timed(() => map.go_on(row, row + plan.slice)));
  }
  map.clusters();
  while (!done) {
    longest.sort = Math.max(longest.sort, timed(() => { done = map.sort(plan.slice); }));
    steps += 1;
  }
  return { ...longest, steps };
}

/** What has to hold; and the work that views take, which no other process disturbs. */
function check(memory, set, plan) {
  const map = taken(memory, set);
  const pass = plan.views.map((of) => JSON.stringify(read(memory, map, map.first(...seen(plan, of)))));
  while (!map.sort(100_000));
  const work = { squares: 0, points: 0, clusters: 0 };
  plan.views.forEach((of, index) => {
    const found = read(memory, map, map.view(...seen(plan, of)));
    if (JSON.stringify(found) !== pass[index]) throw new Error(`pass and index differ at zoom ${of.zoom}`);
    work.squares += map.squares() / plan.views.length;
    work.points += map.points() / plan.views.length;
    work.clusters += found.length / plan.views.length;
  });
  const total = (zoom) => map.total(zoom, 256 * 2 ** zoom, 256 * 2 ** zoom, SIDE / 2, SIDE / 2);
  const totals = [0, 4, 6, 8, 10].map(total);
  for (const one of plan.filters.slice(0, 8)) {
    filter(map, one);
    let wanted = 0;
    for (let row = 0; row < set.length; row += 1) {
      const [category, status] = [set.category[row], set.status[row]];
      const bits = category < 32 ? one.low >>> category : one.high >>> (category - 32);
      wanted += bits & (one.statuses >>> status) & 1;
    }
    if (total(4) !== wanted) throw new Error(`a filter lets ${total(4)} pass, not ${wanted}`);
  }
  return { totals, work };
}

/** From degrees to world steps, apart: the other projects inside of its loading. */
function project(memory, set) {
  const degrees = new Degrees(set.length);
  const [lat, lng] = degrees.addresses();
  new Float64Array(memory.buffer, lat, set.length).set(set.lat);
  new Float64Array(memory.buffer, lng, set.length).set(set.lng);
  return { project: timed(() => degrees.project()) };
}

const MODES = { times, slices, check, project };
