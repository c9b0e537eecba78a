// The same of supercluster, alike in a page and in Node. Times in milliseconds.
import Supercluster from "supercluster";

const SIDE = 2 ** 32;
const now = () => performance.now();

function timed(work) {
  const since = now();
  work();
  return now() - since;
}

const lng = (x) => (x / SIDE) * 360 - 180;
const lat = (y) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / SIDE))) * 180) / Math.PI;

/** What a screen shows: west, south, east, north. */
function box(plan, { zoom, x, y }) {
  const half = (pixels) => (pixels / 2) * (SIDE / (256 * 2 ** zoom));
  const edge = (at) => Math.min(Math.max(at, 0), SIDE);
  return [lng(x - half(plan.width)), lat(edge(y + half(plan.height))), lng(x + half(plan.width)), lat(edge(y - half(plan.height)))];
}

function features(set) {
  const made = new Array(set.length);
  for (let row = 0; row < set.length; row += 1) {
    const coordinates = [set.lng[row], set.lat[row]];
    const properties = { category: set.category[row], status: set.status[row] };
    made[row] = { type: "Feature", properties, geometry: { type: "Point", coordinates } };
  }
  return made;
}

function times(set, plan, options) {
  const [opening] = plan.views;
  let points;
  const making = timed(() => { points = features(set); });
  const index = new Supercluster(options);
  const view = (on, of) => on.getClusters(box(plan, of), of.zoom);
  const first = timed(() => { index.load(points); view(index, opening); });
  const fresh = plan.views.map((of) => timed(() => view(index, of)));
  for (let warm = 0; warm < plan.passes; warm += 1) plan.views.forEach((of) => view(index, of));
  const views = [];
  for (let pass = 0; pass < plan.passes; pass += 1) {
    for (const of of plan.views) views.push(timed(() => view(index, of)));
  }
  globalThis.held = [index, points];
  return { features: making, first, fresh, views };
}

/** A filter means loading anew what passes it. */
function reload(set, plan, options) {
  const all = features(set);
  new Supercluster(options).load(all);
  const [one] = plan.filters;
  const passes = ({ properties: { category, status } }) =>
    (category < 32 ? one.low >>> category : one.high >>> (category - 32)) & (one.statuses >>> status) & 1;
  const reloaded = timed(() => {
    const index = new Supercluster(options).load(all.filter(passes));
    index.getClusters(box(plan, plan.views[0]), plan.views[0].zoom);
  });
  return { reload: reloaded };
}

function check(set, plan, options) {
  const index = new Supercluster(options).load(features(set));
  const count = (found) => found.reduce((sum, { properties }) => sum + (properties.point_count ?? 1), 0);
  const totals = [0, 4, 6, 8, 10, 12, 14, 16, 18].map((zoom) => count(index.getClusters([-180, -90, 180, 90], zoom)));
  const clusters = plan.views.reduce((sum, of) => sum + index.getClusters(box(plan, of), of.zoom).length, 0);
  return { totals, work: { clusters: clusters / plan.views.length } };
}

const MODES = { times, reload, check };

export const load = async (options) => (set, plan, mode) => MODES[mode](set, plan, options);
