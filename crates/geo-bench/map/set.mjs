// The points as `sets.rs` writes them, and what is asked of them.

const SIDE = 2 ** 32;
/** Kept as they are: the figures of two years are compared by them. */
const [VIEWS, FILTERS] = [32, 30];

/** Columns in the order given or in that of the curve; degrees beside them, for who wants those. */
export function columns(buffer, order) {
  const [length] = new Uint32Array(buffer, 0, 1);
  let at = 4 + (order === "sorted" ? length * 10 : 0);
  const next = (Kind) => {
    const bytes = length * Kind.BYTES_PER_ELEMENT;
    // Copied: the second half need not begin where a number may.
    const column = new Kind(buffer.slice(at, at + bytes));
    at += bytes;
    return column;
  };
  const set = { length, x: next(Uint32Array), y: next(Uint32Array), category: next(Uint8Array), status: next(Uint8Array) };
  set.lng = Float64Array.from(set.x, (x) => (x / SIDE) * 360 - 180);
  set.lat = Float64Array.from(set.y, (y) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / SIDE))) * 180) / Math.PI);
  return set;
}

/** Views at zooms 4 to 18, the first at 5, each around a point of the set; and filters. */
export function plan(buffer) {
  const given = columns(buffer, "given");
  const views = Array.from({ length: VIEWS }, (_, index) => {
    const row = (index * 30_011) % given.length;
    return { zoom: 4 + Math.floor((index * 15) / VIEWS), x: given.x[row], y: given.y[row] };
  });
  const opening = views.findIndex(({ zoom }) => zoom === 5);
  views.unshift(...views.splice(opening, 1));
  const filters = Array.from({ length: FILTERS }, (_, index) => ({
    low: (~(1 << (index % 14))) >>> 0,
    high: 0xffff_ffff,
    statuses: index % 3 === 2 ? 0b0000_0111 : 0xffff,
  }));
  return { width: 1280, height: 720, views, filters, passes: 10, refilters: 10, slice: 50_000 };
}
