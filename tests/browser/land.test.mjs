// A map without streets still has land: where no street map is named, and where its pictures do not come.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DESKTOP, launch, listed, open, visit } from "./support/browser.mjs";
import { startSite } from "./support/site.mjs";

let site, browser;
before(async () => {
  site = await startSite({ reports: 30 });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const isLand = (url) => /\/land-[0-9a-f]{16}\.svg$/.test(url);
/** The land stands on the map, and has come: a picture that is broken has no width. */
const drawn = (page) => page.waitForFunction(() => document.querySelector(".map-land")?.naturalWidth > 0);

test("with a street map nobody pays for the land", async () => {
  const { page, requests, end } = await visit(browser, site, { viewport: DESKTOP });
  await open(page, site.url);
  await listed(page);
  await page.locator(".leaflet-tile-loaded").first().waitFor();
  assert.deepEqual(requests.filter(isLand), []);
  await end();
});

test("where the street map's pictures do not come, the land stands in for them", async () => {
  const visited = await visit(browser, site, { viewport: DESKTOP });
  visited.expect(/ERR_FAILED/);
  const { page, requests, end } = visited;
  await page.route(`${site.tiles}/**`, (route) => route.abort());
  await open(page, site.url);
  await listed(page);
  await drawn(page);
  assert.equal(requests.filter(isLand).length, 1);
  await end();
});

test("a site without a street map has the land from far, and none where it would be wrong", async () => {
  const file = join(site.assets, "site.json");
  const settings = readFileSync(file, "utf8");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(settings), tiles: undefined }));
  try {
    const { page, requests, end } = await visit(browser, site, { viewport: DESKTOP });
    await open(page, `${site.url}/?at=-6.91500,107.61000,11`);
    await listed(page);
    await drawn(page);
    await page.locator(".pin, .cluster").first().waitFor();
    assert.match(await page.locator(".map-attribution").textContent(), /Natural Earth/);
    await page.locator(".map-zoom button").first().click();
    await page.locator(".map-land").waitFor({ state: "detached" });
    await page.locator(".map-zoom button").last().click();
    await drawn(page);
    assert.ok(requests.filter(isLand).length >= 1);
    await end();
  } finally {
    writeFileSync(file, settings);
  }
});

test("what a site's settings leave out keeps its default, and settings of another shape are as none", async () => {
  const sound = ["{}", '{"bounds": [106, -8, 109, -5], "tiles": null, "search": {"url": "https://geo.example/{query}"}}'];
  const broken = ['{"bounds": [106, -8, 109]}', '{"tiles": {"url": "https://streets.example/{z}/{x}/{y}.png"}}', '{"api": 1}', "{"];
  for (const body of [...sound, ...broken]) {
    const visited = await visit(browser, site, { viewport: DESKTOP });
    const { page, end } = visited;
    const said = [];
    page.on("console", (message) => message.type() === "error" && said.push(message.text()));
    if (broken.includes(body)) visited.expect(/site\.json is not what the portal reads/);
    // A server that serves the portal itself refuses such a file; a plain one does not.
    await page.route("**/site.json", (route) => route.fulfill({ body, contentType: "application/json" }));
    await open(page, site.url);
    await listed(page);
    assert.match(await page.locator(".map-attribution").textContent(), /Natural Earth/, body);
    assert.equal(said.length, broken.includes(body) ? 1 : 0, body);
    await end();
  }
});
