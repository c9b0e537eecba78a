// One visit: a new browser, a slow processor, the page until it is usable, and then the series.
import { DESKTOP, PHONE, launch, listed } from "../../../tests/browser/support/browser.mjs";
import { MARK } from "./causes.mjs";
import { Hand, rest } from "./hand.mjs";
import { count } from "./network.mjs";
import { START, Series } from "./series.mjs";
import { witness } from "./witness.mjs";

/** What the browser traces: tasks and their parts, and who runs in them. */
const TRACED = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "v8.execute", "blink.user_timing", "disabled-by-default-v8.cpu_profiler"];

/** How much slower than the machine. */
export const SLOWER = 4;
export const SCREENS = [
  { name: "phone, 360 × 740, touch", finger: true, options: { viewport: PHONE, hasTouch: true, isMobile: true } },
  { name: "desktop, 1280 × 800, mouse", finger: false, options: { viewport: DESKTOP } },
];

/**
 * Goes there once. `traced` also gives the browser's own trace, which slows it down: for causes, not for figures.
 */
export async function visit(site, { finger, options }, traced = false) {
  const browser = await launch();
  try {
    const context = await browser.newContext(options);
    await context.addInitScript(() => localStorage.setItem("warga.language", "en"));
    await context.addInitScript(witness);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const cdp = await context.newCDPSession(page);
    const network = await count(cdp, site.tiles);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    const since = performance.now();
    await page.goto(`${site.url}/?${START}`);
    await page.locator(".map-ground :is(.pin, .cluster)").first().waitFor();
    await listed(page);
    const usable = { ms: performance.now() - since, at: performance.timeOrigin + performance.now() };
    // What comes when the page is idle is part of its opening.
    await rest(3_000);
    const opening = network.since();
    const still = { from: performance.timeOrigin + performance.now() };
    await rest(1_000);
    still.to = performance.timeOrigin + performance.now();
    if (traced) await browser.startTracing(page, { categories: TRACED });
    const mark = await page.evaluate((name) => performance.timeOrigin + performance.mark(name).startTime, MARK);
    const series = new Series(page, new Hand(cdp, finger), finger);
    await series.run();
    const trace = traced ? JSON.parse(await browser.stopTracing()) : null;
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    const noted = await page.evaluate(() => window.witness());
    const { moves, looks, most } = series;
    const used = { opening, moving: network.since() };
    return { noted, moves, looks, most, usable, still, trace, mark, browser: browser.version(), ...used };
  } finally {
    await browser.close();
  }
}
