// Which reports, in which order: map and list always show the same, and the address says which.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, PHONE, launch, listed, open, visit } from "./support/browser.mjs";
import { startSite } from "./support/site.mjs";

let site, browser;
before(async () => {
  site = await startSite();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const BANDUNG = "at=-6.91500,107.61000,12";
/** The middle of it: few enough to be listed at once. */
const CENTRE = "at=-6.91500,107.61000,14";
const INDONESIA = "at=-2.50000,118.00000,4";

async function openFilters(page) {
  await page.locator("#open-filters").click();
  await page.locator("input[name=category][value=road]").waitFor({ state: "attached" });
}

const ids = (page, of) => page.locator(of).evaluateAll((all) => all.map((one) => one.dataset.report));

/** The reports behind the cards; where there are any, the map shows something. */
async function shown(page) {
  await listed(page);
  const cards = await ids(page, ".card[data-report]");
  if (cards.length > 0) await page.locator(".pin, .cluster").first().waitFor();
  return Promise.all(cards.map((id) => site.api(`reports/${id}`)));
}

/** Waits until the number of cards is this one: an answer may still be on its way. */
async function cards(page, count) {
  await page.waitForFunction(
    (wanted) => document.querySelectorAll(".card[data-report]").length === wanted
      && document.querySelector('.home-list[aria-busy="false"]'),
    count,
  );
}

/** What the API itself says of the view that the page shows. */
async function expected(page, query) {
  const request = page.waitForRequest(/\/reports\?bbox=/);
  await page.reload();
  const bbox = new URL((await request).url()).searchParams.get("bbox");
  await listed(page);
  const limit = new URL((await request).url()).searchParams.get("limit");
  const { reports } = await site.api(`reports?bbox=${bbox}&limit=${limit}${query}`);
  return reports.map((report) => report.id);
}

const day = 24 * 3600 * 1000;
for (const [name, choose, address, query, fits] of [
  ["category", "input[name=category][value=road]", "category=road", () => "&category=road", (r) => r.category === "road"],
  ["status", "input[name=status][value=resolved]", "status=resolved", () => "&status=resolved", (r) => r.status === "resolved"],
  ["age", "input[name=age][value='90']", "age=90", () => `&since=${new Date(Date.now() - 90 * day).toISOString()}`,
    (r) => Date.parse(r.created_at) >= Date.now() - 90 * day],
]) {
  test(`a filter by ${name} holds on map and list, in the address, after a reload and in another browser`, async () => {
    const { page, end } = await visit(browser, site, { viewport: DESKTOP });
    await open(page, `${site.url}/?${INDONESIA}`);
    const before = await shown(page);
    const { reports } = await site.api("reports?bbox=90,-15,145,10&limit=500");
    assert.ok(reports.some((report) => !fits(report)), "there is something to be filtered away");
    await openFilters(page);
    await page.locator(choose).check();
    await page.waitForURL((url) => url.search.endsWith(`&${address}`));
    await page.waitForFunction(() => document.querySelector('.home-list[aria-busy="false"]'));
    await page.locator(".panel[open] .button-main").click();
    const after = await shown(page);
    assert.ok(after.length > 0 && after.every(fits), `only what fits: ${after.map((r) => [r.category, r.status, r.created_at])}`);
    assert.deepEqual(await ids(page, ".card[data-report]"), await expected(page, query()));
    assert.equal(await page.locator("#open-filters .count").innerText().then((text) => text.match(/\d+/)?.[0]), "1");

    const other = await visit(browser, site, { viewport: DESKTOP });
    await open(other.page, page.url());
    assert.deepEqual((await shown(other.page)).map((r) => r.id), await ids(page, ".card[data-report]"));
    await other.end();
    await page.goBack();
    await cards(page, before.length);
    assert.ok(!page.url().includes(address), "back leads to all of them");
    await end();
  });
}

test("several categories and statuses go together; one panel is one step for back", async () => {
  const { page, end } = await visit(browser, site, { viewport: PHONE });
  await open(page, `${site.url}/?${INDONESIA}`);
  await listed(page);
  await openFilters(page);
  for (const value of ["waste", "road", "received", "verified"]) await page.locator(`input[value=${value}]`).check();
  await page.waitForURL(/&category=road,waste&status=received,verified$/);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "open-filters", "the focus comes back");
  await page.waitForFunction(() => document.querySelector('.home-list[aria-busy="false"]'));
  const found = await shown(page);
  assert.ok(found.length > 0);
  assert.ok(found.every((r) => ["road", "waste"].includes(r.category) && ["received", "verified"].includes(r.status)));
  await page.goBack();
  await page.waitForURL((url) => !url.search.includes("category"));
  await cards(page, 30);
  await end();
});

test("a jurisdiction filters and moves the map there", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  await open(page, site.url);
  await listed(page);
  await openFilters(page);
  await page.selectOption("select[name=jurisdiction]", "35.78");
  await page.waitForURL(/at=-7\.\d+,112\.\d+,\d+&jurisdiction=35\.78$/);
  await page.keyboard.press("Escape");
  await page.locator(".card", { hasText: "Surabaya" }).first().waitFor();
  const found = await shown(page);
  assert.ok(found.every((report) => report.jurisdiction === "35.78"));
  await end();
});

test("chips say what is set, take it back one by one or all at once, and keep the focus", async () => {
  const { page, end } = await visit(browser, site, { viewport: PHONE, language: "id" });
  await open(page, `${site.url}/?${INDONESIA}&category=road,waste&status=received&age=90`);
  await listed(page);
  const chip = page.locator(".chip:not(.chip-clear)");
  await page.locator(".chip", { hasText: "Jalan rusak" }).waitFor();
  assert.equal(await chip.count(), 4);
  await page.getByRole("button", { name: "Hapus filter: Jalan rusak" }).click();
  await page.waitForURL(/&category=waste&status=received&age=90$/);
  await page.waitForFunction(() => document.activeElement.id === "chips");
  assert.equal(await chip.count(), 3);
  await page.locator(".chip-clear").click();
  await page.waitForURL((url) => url.search === `?${INDONESIA}`);
  await page.waitForFunction(() => document.activeElement.id === "open-filters");
  assert.equal(await page.locator(".chips").count(), 0);
  await cards(page, 30);
  await page.goBack();
  await page.waitForURL(/category=waste/);
  await chip.nth(2).waitFor();
  await end();
});

for (const [sort, key] of [["supports", (r) => r.supports], ["updated", (r) => Date.parse(r.updated_at)]]) {
  test(`sorted by ${sort}, as the address says`, async () => {
    const { page, end } = await visit(browser, site, { viewport: DESKTOP });
    await open(page, `${site.url}/?${INDONESIA}`);
    await listed(page);
    await page.selectOption(".order select", sort);
    await page.waitForURL((url) => url.search.endsWith(`&sort=${sort}`));
    await listed(page);
    const keys = (await shown(page)).map(key);
    assert.deepEqual(keys, [...keys].sort((a, b) => b - a));
    await page.reload();
    await listed(page);
    assert.equal(await page.inputValue(".order select"), sort);
    assert.deepEqual((await shown(page)).map(key), keys);
    await end();
  });
}

test("nonsense in the address is passed over, what makes sense beside it holds", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  await open(page, `${site.url}/?${INDONESIA}&category=nope,road,%3Cb%3E&status=gone&age=12&jurisdiction=99.99&sort=best&x=y`);
  const found = await shown(page);
  assert.ok(found.length > 0 && found.every((report) => report.category === "road"));
  assert.equal(await page.locator(".chip:not(.chip-clear)").count(), 1);
  await end();
});

test("the site's name leads to all reports", async () => {
  const { page, end } = await visit(browser, site, { viewport: PHONE });
  await open(page, `${site.url}/?${BANDUNG}&category=road&sort=supports`);
  await listed(page);
  await page.locator("a.brand").click();
  await page.waitForURL((url) => /^\?at=[^&]*,[345]$/.test(url.search));
  await cards(page, 30);
  assert.equal(await page.locator(".chips").count(), 0);
  await end();
});

test("what is known already is narrowed and sorted without a request", async () => {
  const { page, requests, end } = await visit(browser, site, { viewport: DESKTOP });
  await open(page, `${site.url}/?${CENTRE}`);
  const all = await shown(page);
  assert.ok(all.length > 3 && all.length < 30, `${all.length}`);
  const { category } = all[0];
  const asked = requests.filter((url) => url.includes("/reports?")).length;
  await openFilters(page);
  await page.locator(`input[name=category][value=${category}]`).check();
  await cards(page, all.filter((report) => report.category === category).length);
  await page.keyboard.press("Escape");
  await page.selectOption(".order select", "supports");
  await page.locator(".chip-clear").click();
  await cards(page, all.length);
  const supports = (await shown(page)).map((report) => report.supports);
  assert.deepEqual(supports, [...supports].sort((a, b) => b - a));
  assert.equal(requests.filter((url) => url.includes("/reports?")).length, asked);
  await end();
});

test("the panel that does not come is asked for again", async () => {
  const visited = await visit(browser, site, { viewport: PHONE });
  visited.expect(/ERR_FAILED|net::|Failed to fetch/);
  const { page, end } = visited;
  await page.route("**/warga-panels-*.wasm", (route) => route.abort());
  await open(page, site.url);
  await listed(page);
  await page.locator("#open-filters").click();
  await page.locator(".panel[open] .failure").waitFor();
  await page.unroute("**/warga-panels-*.wasm");
  await page.locator(".panel[open] .failure button").click();
  await page.locator("input[name=category][value=road]").waitFor({ state: "attached" });
  await end();
});
