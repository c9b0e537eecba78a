// The map of many reports: clusters and reports as buttons, from tiles, the same as the list and the live line say.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, PHONE, launch, listed, open, visit } from "./support/browser.mjs";
import { fillReport, sendReport } from "./support/form.mjs";
import { LOOKS, inspect } from "./support/inspect.mjs";
import { device } from "./support/reports.mjs";
import { startSite } from "./support/site.mjs";

/** More than a tile lists one by one, in seven cities. */
const REPORTS = 4000;
/** A spot in the sea off Flores, where no demo report lies. */
const SPOT = { lat: -7.51234, lng: 121.51234 };
const ON_SPOT = 34;

let site, browser;
before(async () => {
  site = await startSite({ reports: REPORTS });
  browser = await launch();
  const phone = await device(site);
  for (let count = 0; count < ON_SPOT; count += 1) await phone.report({ ...SPOT, category: "flood" });
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const INDONESIA = "at=-2.50000,118.00000,4";
const BANDUNG = "at=-6.91500,107.61000,12";

/** Waits until the map has come to rest: nothing on its way, and the same marks twice. */
async function settled(page) {
  await listed(page);
  await page.waitForLoadState("networkidle");
  let before = null;
  for (let same = 0; same < 3; await page.waitForTimeout(60)) {
    const now = JSON.stringify(await marks(page));
    same = now === before ? same + 1 : 0;
    before = now;
  }
}

/** What stands on the map: its name, how many it stands for, and where. */
const marks = (page) => page.locator(".marks button").evaluateAll((all) => all.map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  const name = one.getAttribute("aria-label");
  const number = one.className === "cluster" ? Number(name.match(/([\d.,]+) (?:laporan|report)/)[1].replace(/\D/g, "")) : 1;
  return { name, number, text: one.textContent, x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
}));
const sum = (all) => all.reduce((total, one) => total + one.number, 0);
const told = async (page) => Number((await page.locator(".home-summary").innerText()).match(/[\d.,]+/)[0].replace(/\D/g, ""));
const tiles = (requests) => requests.filter((url) => /\/tiles\/\d/.test(url) && url.startsWith(site.origin));

test("clusters hold every report once, and the list's head says the same number", async () => {
  for (const viewport of [PHONE, DESKTOP]) {
    const { page, end } = await visit(browser, site, { viewport });
    await open(page, `${site.url}/?${INDONESIA}`);
    await settled(page);
    const all = await marks(page);
    assert.ok(all.length > 1 && all.length <= 300, `${all.length} marks`);
    if (viewport === DESKTOP) assert.equal(sum(all), REPORTS + ON_SPOT);
    assert.equal(await told(page), sum(all));
    assert.match(await page.locator(".home-summary").innerText(), /laporan di area ini · 30 di daftar/);
    for (const one of all.filter((one) => one.number > 1)) {
      assert.match(one.name, /^(?:\d(?:,\d)? rb: )?[\d.]+ laporan, [\d.]+ belum selesai; perbesar$/);
      assert.ok(one.name.startsWith(one.text), `${one.name} begins with what is seen, ${one.text}`);
    }
    await end();
  }
});

test("a cluster is pressed by key and by finger, and comes apart; the focus stays on the map", async () => {
  const { page, end } = await visit(browser, site, { hasTouch: true });
  await open(page, `${site.url}/?${INDONESIA}`);
  await settled(page);
  const zoom = () => Number(new URL(page.url()).searchParams.get("at").split(",")[2]);
  const press = [
    (cluster) => cluster.press("Enter"),
    (cluster) => cluster.press("Space"),
    (cluster) => cluster.tap(),
  ];
  for (const way of press) {
    const from = zoom();
    const cluster = page.locator(".cluster", { hasNotText: /^1$/ }).first();
    await way(cluster);
    await page.waitForFunction((from) => Number(new URL(location.href).searchParams.get("at").split(",")[2]) > from, from);
    await settled(page);
    assert.ok(zoom() > from);
    assert.ok((await marks(page)).length > 0, `there is something to see at ${page.url()}`);
    assert.equal(await page.evaluate(() => document.activeElement.closest(".map") !== null), true, "the focus stays on the map");
  }
  await end();
});

test("a button that stays on the map stays the same, with the focus on it, and says the same", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  await open(page, `${site.url}/?${BANDUNG}`);
  await settled(page);
  const before = await marks(page);
  await page.evaluate(() => {
    const middle = { x: innerWidth * 0.65, y: innerHeight / 2 };
    const far = (one) => { const box = one.getBoundingClientRect(); return Math.hypot(box.x - middle.x, box.y - middle.y); };
    const all = [...document.querySelectorAll(".marks button")].sort((a, b) => far(a) - far(b));
    window.kept = all[0];
    window.kept.focus();
  });
  // The map is moved as a mouse wheel and a finger would: not by the focused button.
  const box = await page.locator(".map-ground").boundingBox();
  await page.mouse.move(box.x + 40, box.y + box.height - 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 140, box.y + box.height - 110, { steps: 5 });
  await page.mouse.up();
  await settled(page);
  const moved = await marks(page);
  assert.ok(await page.evaluate(() => window.kept.isConnected), "the button is still there");
  // Whatever is well inside of both views is the same in both.
  const inside = (one) => one.x > box.x + 20 && one.x < box.x + box.width - 20 && one.y > box.y + 20 && one.y < box.y + box.height - 20;
  const shifted = before.map((one) => ({ ...one, x: one.x + 100, y: one.y - 50 })).filter(inside);
  const lost = shifted.filter((one) =>
    !moved.some((other) => other.name === one.name && Math.abs(other.x - one.x) <= 2 && Math.abs(other.y - one.y) <= 2));
  assert.ok(shifted.length > 3, "the views overlap");
  assert.deepEqual(lost, []);
  await end();
});

test("only the tiles of the view are asked for, then those around it, and the way back costs nothing", async () => {
  const { page, requests, end } = await visit(browser, site);
  let held = [];
  await page.route(/\/tiles\//, (route) => (held ? held.push(route) : route.continue()));
  await open(page, `${site.url}/?${BANDUNG}`);
  await page.waitForTimeout(1500);
  // What lies around the screen waits until the screen's own have come.
  const view = tiles(requests).length;
  assert.ok(view >= 1 && view <= 6, `${view} tiles for a phone's view`);
  const waiting = held;
  held = null;
  await Promise.all(waiting.map((route) => route.continue()));
  await settled(page);
  await page.waitForTimeout(600);
  await settled(page);
  const around = tiles(requests);
  assert.ok(around.length > view && around.length <= 20, `${around.length} tiles with those around`);
  assert.equal(new Set(around).size, around.length, "none twice");
  await page.locator(".map-ground").focus();
  await page.keyboard.press("ArrowRight");
  await settled(page);
  const moved = tiles(requests).length;
  await page.keyboard.press("ArrowLeft");
  await settled(page);
  assert.equal(tiles(requests).length, moved, "what was seen is known");
  await end();
});

test("a filter by category and status is answered by the map without the network", async () => {
  const visitor = await visit(browser, site, { viewport: DESKTOP });
  const { page, requests } = visitor;
  await open(page, `${site.url}/?${INDONESIA}`);
  await settled(page);
  await page.locator("#open-filters").click();
  await page.locator("input[name=status][value=received]").waitFor({ state: "attached" });
  await settled(page);
  const before = tiles(requests).length;
  // The line is cut: the map goes on, the list says that it cannot.
  await page.route(/\/api\/v1\//, (route) => route.abort());
  const all = sum(await marks(page));
  await page.locator("input[name=status][value=received]").check();
  await page.locator("input[name=category][value=road]").check();
  await page.waitForFunction((all) => {
    const numbers = [...document.querySelectorAll(".marks button")].map((one) =>
      one.className === "cluster" ? Number(one.getAttribute("aria-label").match(/([\d.,]+) (?:laporan|report)/)[1].replace(/\D/g, "")) : 1);
    return numbers.length > 0 && numbers.reduce((a, b) => a + b, 0) < all;
  }, all);
  const { reports } = await site.api("reports?bbox=90,-15,145,10&status=received&category=road&limit=500");
  assert.equal(sum(await marks(page)), reports.length, "as the API counts them");
  assert.equal(tiles(requests).length, before, "no tile was asked for");
  visitor.expect(/Failed to load resource/);
  await visitor.end();
});

test("an age, which no tile tells, is answered by the list, and the map shows the same", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  await open(page, `${site.url}/?${INDONESIA}&age=90`);
  await settled(page);
  const all = sum(await marks(page));
  assert.ok(all > 0 && all <= 100);
  assert.equal(await page.locator(".card[data-report]").count(), all);
  await end();
});

test("what lies on one spot opens as a list, and the way back leads to all", async () => {
  const { page, end } = await visit(browser, site);
  await open(page, `${site.url}/?at=${SPOT.lat},${SPOT.lng},7`);
  await settled(page);
  const spot = page.locator(".cluster");
  assert.match(await spot.getAttribute("aria-label"), new RegExp(`^${ON_SPOT} laporan`));
  await spot.press("Enter");
  await page.locator("#spot").waitFor();
  assert.equal(await page.locator("#spot").innerText(), `${ON_SPOT} laporan di tempat ini`);
  assert.match(await page.locator(".home-summary").innerText(), new RegExp(`${ON_SPOT} laporan di tempat ini`));
  await page.waitForFunction(() => document.activeElement.id === "spot");
  await listed(page);
  assert.equal(await page.locator(".card[data-report]").count(), 30);
  await page.locator(".list-more").click();
  await page.waitForFunction((all) => document.querySelectorAll(".card[data-report]").length === all, ON_SPOT);
  await inspect(page, "the list of one spot");
  await page.getByRole("button", { name: "Kembali ke semua laporan di peta" }).click();
  await page.locator("#spot").waitFor({ state: "detached" });
  await settled(page);
  assert.equal(await told(page), ON_SPOT);
  await end();
});

test("what lies on one spot is listed under an age as well, and the map goes on showing the rest", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  await open(page, `${site.url}/?at=${SPOT.lat},${SPOT.lng},6&category=flood&age=90`);
  await settled(page);
  const before = await marks(page);
  assert.ok(before.length > 1, "more than that spot");
  await page.locator(`.cluster[aria-label^="${ON_SPOT} laporan"]`).press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "spot");
  await settled(page);
  assert.equal(await page.locator(".card[data-report]").count(), ON_SPOT);
  assert.deepEqual(await marks(page), before);
  // The other half of the map is without reports, and the way back leads to all of them.
  const turn = page.getByRole("button", { name: "Peserta", exact: true });
  const ours = page.locator('.marks [aria-label*="laporan"]');
  await turn.click();
  await page.waitForFunction(() => document.querySelector('.marks [aria-label*="laporan"]') === null);
  await turn.click();
  await ours.first().waitFor();
  await settled(page);
  assert.deepEqual(await marks(page), before);
  await page.locator(`.cluster[aria-label^="${ON_SPOT} laporan"]`).press("Enter");
  await page.locator("#spot").waitFor();
  // Another filter is another question.
  await page.locator("#open-filters").click();
  await page.locator("input[name=category][value=road]").check();
  await page.locator("#spot").waitFor({ state: "detached" });
  await end();
});

test("a cluster pressed without a network is a step closer", async () => {
  const visitor = await visit(browser, site);
  const { page } = visitor;
  visitor.expect(/Failed to load resource|Failed to fetch|ERR_FAILED/);
  await open(page, `${site.url}/?${INDONESIA}`);
  await settled(page);
  await page.route("**", (route) => route.abort());
  const zoom = () => page.evaluate(() => Number(new URL(location.href).searchParams.get("at").split(",")[2]));
  const from = await zoom();
  await page.locator(".cluster").first().press("Enter");
  await page.waitForFunction((from) => Number(new URL(location.href).searchParams.get("at").split(",")[2]) > from, from);
  assert.equal(await zoom(), from + 1);
  assert.ok((await marks(page)).length > 0, "what was known stands in for what does not come");
  await visitor.end();
});

test("a report for the agency alone stands on this device's map, and on no other", async () => {
  const place = "at=-5.14770,119.43270,16";
  const { page, end } = await visit(browser, site);
  await open(page, `${site.url}/reports/new?${place}`);
  await fillReport(page, { category: "road", text: "Hanya untuk dinas." });
  await page.locator("label.choice", { has: page.locator("#visibility-private") }).click();
  await sendReport(page);
  await page.locator(".sent").waitFor();
  await page.locator("a.back").click();
  await settled(page);
  const own = await marks(page);
  const view = page.url();
  await end();
  const other = await visit(browser, site);
  await open(other.page, view);
  await settled(other.page);
  assert.equal(sum(own), sum(await marks(other.page)) + 1);
  await other.end();
});

test("answers of views that were left are broken off", async () => {
  const { page, end } = await visit(browser, site);
  const failed = [];
  page.on("requestfailed", (request) => failed.push(request.url()));
  await open(page, `${site.url}/?${BANDUNG}`);
  await settled(page);
  let held = 0;
  await page.route(/\/tiles\//, async (route) => {
    held += 1;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue().catch(() => {});
  });
  const zoomOut = page.getByRole("button", { name: "Perkecil peta" });
  await zoomOut.click();
  await page.waitForTimeout(200);
  const left = held;
  assert.ok(left > 0, "tiles of the first view are on their way");
  await zoomOut.click();
  await zoomOut.click();
  await page.unroute(/\/tiles\//);
  await settled(page);
  assert.ok(tiles(failed).length >= left, `${tiles(failed).length} of ${left} were broken off`);
  assert.ok((await marks(page)).length > 0);
  await end();
});

test("tiles that do not come are said and asked for again", async () => {
  const visitor = await visit(browser, site);
  const { page } = visitor;
  visitor.expect(/Failed to load resource/);
  await page.route(/\/tiles\//, (route) => route.abort());
  await open(page, `${site.url}/?${BANDUNG}`);
  await page.locator(".failure").waitFor();
  assert.equal((await marks(page)).length, 0);
  await page.unroute(/\/tiles\//);
  await page.locator(".failure button").click();
  await page.locator(".marks button").first().waitFor();
  await page.locator(".failure").waitFor({ state: "detached" });
  await visitor.end();
});

test("a report of this device stands on the map at once and is counted once", async () => {
  const { page, end } = await visit(browser, site);
  await open(page, `${site.url}/?${BANDUNG}`);
  await settled(page);
  const before = await told(page);
  assert.ok(before > 300, "the tile counts, it does not list");
  const zoom = async (name) => {
    for (let step = 0; step < 3; step += 1) {
      await page.getByRole("button", { name }).click();
      await settled(page);
    }
  };
  await zoom("Perbesar peta");
  await page.locator("a.button-main").click();
  await page.waitForURL("**/reports/new?at=*");
  await fillReport(page, { category: "road", text: "Lubang besar di depan sekolah." });
  await sendReport(page);
  await page.locator(".sent").waitFor();
  await page.locator("a.back").click();
  await settled(page);
  await zoom("Perkecil peta");
  assert.equal(await told(page), before + 1, "with the tiles of before");
  await page.waitForTimeout(2500);
  await page.locator(".map-ground").focus();
  await page.keyboard.press("ArrowRight");
  await settled(page);
  await page.keyboard.press("ArrowLeft");
  await settled(page);
  assert.equal(await told(page), before + 1, "with the tiles of after");
  await open(page, `${site.url}/?${BANDUNG}`);
  await settled(page);
  assert.equal(await told(page), before + 1, "on a fresh page");
  await end();
});

test("density is a picture of its own, with a legend, and back to clusters", async () => {
  const { page, end, expect } = await visit(browser, site, { viewport: DESKTOP });
  // What the test itself reads of the canvas.
  expect(/Canvas2D: Multiple readback/);
  await open(page, `${site.url}/?${INDONESIA}`);
  await settled(page);
  const all = await told(page);
  const button = page.getByRole("button", { name: "Kepadatan laporan" });
  assert.equal(await button.getAttribute("aria-pressed"), "false");
  await button.press("Enter");
  await page.locator("canvas.heat").waitFor();
  const painted = () => page.locator("canvas.heat").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let strong = 0;
    for (let at = 3; at < data.length; at += 4) strong += data[at] > 60 ? 1 : 0;
    return strong;
  });
  await page.waitForFunction(() => document.querySelectorAll(".marks button").length === 0);
  assert.ok((await painted()) > 100, "the cities are seen");
  await page.locator(".heat-legend").waitFor();
  assert.equal(await told(page), all);
  // Moved, it is drawn where the reports are.
  const middle = () => page.locator("canvas.heat").evaluate((canvas) => {
    const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let [sum, x] = [0, 0];
    for (let at = 3; at < data.length; at += 4) { sum += data[at]; x += data[at] * ((at >> 2) % width); }
    return canvas.getBoundingClientRect().x + (x / sum) * 4;
  });
  const before = await middle();
  await page.locator(".map-ground").focus();
  await page.keyboard.press("ArrowLeft");
  await settled(page);
  assert.ok(Math.abs((await middle()) - before - 80) < 12, "it moves with the ground");
  await button.click();
  await page.locator("canvas.heat").waitFor({ state: "detached" });
  await settled(page);
  assert.ok((await marks(page)).length > 1);
  await end();
});

test("the map with clusters and with density stands in every look", async () => {
  for (const { name, ...look } of LOOKS) {
    const { page, end } = await visit(browser, site, look);
    await open(page, `${site.url}/?${INDONESIA}`);
    await settled(page);
    await inspect(page, `clusters, ${name}`);
    await page.locator(".map-heat").click();
    await page.locator(".heat-legend").waitFor();
    await inspect(page, `density, ${name}`);
    await end();
  }
});
