// What a visitor does: from all of Indonesia to a house and back, with a filter on the way. Always the same, and only by
// what can be seen and pressed, so that portals of different years can be compared.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { WHEEL, rest } from "./hand.mjs";
import { look } from "./look.mjs";

const words = JSON.parse(readFileSync(new URL("../../../locales/en.json", import.meta.url), "utf8"));

/** Where a series begins. */
export const START = "at=-6.60000,110.20000,4";
const [FAR, NEAR] = [4, 18];
/** Where the filters are opened. */
const FILTERED = 10;
/** After each move: a fling has come to rest, tiles have come and are drawn, at a quarter of the speed too. */
const SETTLED = 800;

/** The middle of the map in pixels of the world, as the address tells it: web mercator, 256 pixels at zoom 0. */
function pixels(url) {
  const [lat, lng, zoom] = new URL(url).searchParams.get("at").split(",").map(Number);
  const world = 256 * 2 ** zoom;
  const north = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
  return { x: ((lng + 180) / 360) * world, y: (0.5 - north / (2 * Math.PI)) * world };
}

const now = () => performance.timeOrigin + performance.now();

export class Series {
  /** When something was moved or pressed, until it had settled: `{ kind, from, to }`, milliseconds since 1970. */
  moves = [];
  /** When the series itself was at work in the page, which no visitor is. */
  looks = [];
  zooms = new Set();
  most = { things: 0, nodes: 0 };
  /** Where something was shown last. */
  shown = null;

  constructor(page, hand, finger) {
    Object.assign(this, { page, hand, finger, shown: page.url() });
  }

  get zoom() {
    return Number(new URL(this.page.url()).searchParams.get("at")?.split(",")[2]);
  }

  async run() {
    await this.look();
    await this.fling();
    await this.closer();
    await this.farther();
    const all = Array.from({ length: NEAR - FAR + 1 }, (_, index) => FAR + index);
    const missed = all.filter((zoom) => !this.zooms.has(zoom));
    assert.deepEqual(missed, [], "the series was not at these zooms");
  }

  async #ask(work) {
    const from = now();
    try {
      return await work();
    } finally {
      this.looks.push({ from, to: now() });
    }
  }

  async #move(kind, work) {
    const from = now();
    await work();
    await rest(SETTLED);
    this.moves.push({ kind, from, to: now() });
    this.zooms.add(this.zoom);
  }

  /** Looks until something is shown: an answer may still be on its way, or a fling went too far. */
  async look() {
    // A finger of a pinch that lands on the list's handle draws the list over the map.
    if (await this.#ask(() => this.page.locator('.home[data-sheet="full"]').count()) > 0) {
      await this.#move("list", () => this.page.locator(".sheet-handle").click());
    }
    for (let time = 1; time <= 30; time += 1) {
      const seen = await this.#ask(() => this.page.evaluate(look));
      this.most = { things: Math.max(this.most.things, seen.things), nodes: Math.max(this.most.nodes, seen.nodes) };
      if (!seen.waiting && seen.mark && seen.free) {
        this.shown = this.page.url();
        return seen;
      }
      await rest(300);
      if (time % 10 === 0 && seen.free) await this.#back(seen);
    }
    // What nobody finds again is looked for from farther away.
    if (this.zoom > FAR) {
      await this.#move("zoom button", () => this.page.getByRole("button", { name: words.map.zoom_out, exact: true }).click());
      return this.look();
    }
    throw new Error(`nothing is shown, or is still on its way, at ${this.page.url()}`);
  }

  /** Throws the map away and back. */
  async fling() {
    const { free, box } = await this.look();
    const there = { x: free.x + (free.x > box.x + box.width / 2 ? -0.3 : 0.3) * box.width, y: free.y + 0.08 * box.height };
    await this.#move("fling", () => this.hand.drag(free, there));
    await this.#move("fling", () => this.hand.drag(there, free));
  }

  /** Takes the map back to where something was shown: to and fro are never quite the same. */
  async #back({ free, box }) {
    const [here, there] = [pixels(this.page.url()), pixels(this.shown)];
    const within = (steps, room) => Math.max(-room / 3, Math.min(room / 3, steps));
    const to = { x: free.x + within(here.x - there.x, box.width), y: free.y + within(here.y - there.y, box.height) };
    await this.#move("drag", () => this.hand.drag(free, to, { ms: 320, fling: false }));
  }

  /** Brings what is nearest to the middle into it. */
  async centre() {
    const { mark, free, middle } = await this.look();
    const [across, down] = [middle.x - mark.x, middle.y - mark.y];
    // Less is no drag to a browser, but a press.
    if (Math.hypot(across, down) < 24) return;
    await this.#move("drag", () => this.hand.drag(free, { x: free.x + across, y: free.y + down }, { ms: 320, fling: false }));
  }

  async closer() {
    const button = () => this.pressed("zoom button", this.page.getByRole("button", { name: words.map.zoom_in, exact: true }));
    const ways = this.finger
      ? [({ free }) => this.#move("pinch", () => this.hand.pinch(free, 2.1)), ({ free }) => this.#move("double tap", () => this.hand.press(free, 2)), button]
      : [({ free }) => this.#move("wheel", () => this.hand.wheel(free, WHEEL.little)), ({ free }) => this.#move("double click", () => this.hand.press(free, 2)), button];
    let filtered = false;
    for (let step = 0; this.zoom < NEAR; step += 1) {
      assert.ok(step < 40, `zooming in comes to no end: ${this.page.url()}`);
      await this.centre();
      const seen = await this.look();
      // A cluster leads closer by itself; near the ground it may be a list of all that lies on one spot.
      if (seen.cluster && step % 4 === 3 && this.zoom < 13) {
        // By how much it decides, and the zooms between are the way back's.
        await this.#move("cluster", () => this.hand.press(seen.cluster));
      } else {
        await ways[step % ways.length](seen);
      }
      if (!filtered && this.zoom >= FILTERED) {
        filtered = true;
        await this.filter();
      }
      await this.fling();
    }
  }

  async farther() {
    const button = () => this.pressed("zoom button", this.page.getByRole("button", { name: words.map.zoom_out, exact: true }));
    const key = () => this.#move("key", () => this.hand.key("-", "Minus", "-"));
    const ways = this.finger
      ? [({ free }) => this.#move("pinch", () => this.hand.pinch(free, 1 / 2.1)), button]
      : [({ free }) => this.#move("wheel", () => this.hand.wheel(free, -WHEEL.little)), button, key];
    for (let step = 0; this.zoom > FAR; step += 1) {
      assert.ok(step < 40, `zooming out comes to no end: ${this.page.url()}`);
      await ways[step % ways.length](await this.look());
      if (step % 3 === 2) await this.fling();
    }
  }

  /** A category and a status, a move with them, and back to all. */
  async filter() {
    const panel = this.page.getByRole("dialog");
    // Beside its name it tells how many are set.
    const open = this.page.getByRole("button", { name: new RegExp(`^${words.filter.open}`) });
    await this.pressed("filters open", open);
    await this.pressed("filter", panel.locator("label", { has: this.page.locator("input[name=status][value=received]") }));
    await this.pressed("filter", panel.locator("label", { has: this.page.locator("input[name=category][value=road]") }));
    await this.pressed("filters close", panel.getByRole("button", { name: words.filter.show }));
    await this.fling();
    await this.pressed("filters open", open);
    await this.pressed("filter", panel.getByRole("button", { name: words.filter.clear }));
    await this.pressed("filters close", panel.getByRole("button", { name: words.filter.show }));
  }

  async pressed(kind, control) {
    const at = await this.#ask(async () => {
      await control.scrollIntoViewIfNeeded();
      const box = await control.boundingBox();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    });
    await this.#move(kind, () => this.hand.press(at));
  }
}
