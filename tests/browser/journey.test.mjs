// The main job: see reports, open one, support it, send one and find it again. In both languages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { DESKTOP, LANGUAGES, PHONE, launch, listed, open, visit } from "./support/browser.mjs";
import { fillReport, sendReport } from "./support/form.mjs";
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

const words = (language) => JSON.parse(readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), "utf8"));

for (const [language, viewport, away] of [["id", PHONE, "-6.71500,107.41000"], ["en", DESKTOP, "-6.61500,107.31000"]]) {
  const say = words(language);

  test(`a citizen sees, opens and supports a report (${language})`, async () => {
    const { page, end } = await visit(browser, site, { viewport, language });
    await open(page, `${site.url}/?at=-6.91500,107.61000,15`);
    await listed(page);
    assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    await page.locator(".pin").first().waitFor();
    assert.ok((await page.locator(".card").count()) > 0, "cards in the list");
    assert.ok(await page.locator(".notice", { hasText: say.home.demo }).isVisible(), "demo data is named as such");

    // A pin leads to the report that it names.
    const id = await demoPin(page);
    const pin = page.locator(`.pin[data-report="${id}"]`);
    assert.ok((await pin.getAttribute("aria-label")).length > 10, "a pin has a name");
    await pin.click();
    await page.waitForURL(`**/reports/${id}`);
    const report = await site.api(`reports/${id}`);
    await page.locator(".report-text", { hasText: report.description.slice(0, 40) }).first().waitFor();
    assert.ok(await page.locator(".demo").first().isVisible(), "the report says that it is demo data");

    // Support counts once, survives a reload, and is taken back by a second press.
    const button = page.locator(".support-button");
    assert.equal(await button.getAttribute("aria-pressed"), "false");
    await button.click();
    await page.locator('.support-button[aria-pressed="true"]').waitFor();
    await supportsBecome(id, report.supports + 1);
    await page.reload();
    await page.locator('.support-button[aria-pressed="true"]').waitFor();
    await page.locator(".support-button").click();
    await page.locator('.support-button[aria-pressed="false"]').waitFor();
    await supportsBecome(id, report.supports);
    await page.reload();
    await page.locator('.support-button[aria-pressed="false"]').waitFor();
    await end();
  });

  test(`a citizen sends a report and finds it on map and list (${language})`, async () => {
    const { page, end } = await visit(browser, site, { viewport, language });
    // Where no demo report is, which would stand with it in a cluster.
    await open(page, `${site.url}/?at=${away},15`);
    await listed(page);
    await page.locator("a.button-main").click();
    await page.waitForURL("**/reports/new?at=*");
    const text = `Lubang di depan halte, dalamnya sejengkal (${language}).\n<b>Bukan</b> tebal.`;
    await fillReport(page, { category: "road", text, address: "Depan halte" });
    await sendReport(page);

    await page.waitForURL(/reports\/[0-9a-f-]{36}$/);
    await page.locator(".sent").waitFor();
    const id = page.url().split("/").at(-1);
    const report = await site.api(`reports/${id}`);
    assert.equal(report.description, text);
    assert.equal(report.category, "road");
    assert.equal(report.demo, false);
    assert.equal(await page.locator("p.report-text").first().textContent(), text, "HTML is shown as text");

    await page.locator("a.back").click();
    await listed(page);
    await page.locator(`.card[data-report="${id}"]`).waitFor();
    await page.locator(`.pin[data-report="${id}"]`).waitFor();
    // Another browser, later, sees it too.
    const other = await visit(browser, site, { viewport, language });
    await open(other.page, `${site.url}/?at=${report.lat.toFixed(5)},${report.lng.toFixed(5)},17`);
    await other.page.locator(`.pin[data-report="${id}"]`).waitFor();
    await other.end();
    await end();
  });
}

test("the language is switched in place and kept", async () => {
  const { page, end } = await visit(browser, site);
  await open(page, site.url);
  const [id, en] = LANGUAGES.map(words);
  await page.locator("h1", { hasText: id.home.title }).waitFor({ state: "attached" });
  await page.locator('button[lang="en"]').click();
  await page.locator("h1", { hasText: en.home.title }).waitFor({ state: "attached" });
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await page.reload();
  await page.locator("h1", { hasText: en.home.title }).waitFor({ state: "attached" });
  await end();
});

test("the map page asks for what the byte gate counts, and for nothing else", async () => {
  const counted = JSON.parse(readFileSync(new URL("../../target/portal/map-page.json", import.meta.url), "utf8"));
  const { page, requests, end } = await visit(browser, site);
  await open(page, site.url);
  await listed(page);
  await page.waitForLoadState("networkidle");
  const files = new Set(
    requests
      .filter((url) => url.startsWith(site.url) && !url.includes("/api/v1/"))
      .map((url) => new URL(url).pathname.slice(1) || "index.html"),
  );
  assert.deepEqual([...files].sort(), counted.map((file) => file.path).sort());
  await end();
});

test("moving the map shows the reports of the new view and keeps the view in the address", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  await open(page, site.url);
  await listed(page);
  await page.locator(".tool-search").click();
  await page.locator(".result", { hasText: "Surabaya" }).click();
  await page.waitForURL(/at=-7\.\d+,112\.\d+,\d+/);
  await page.locator(".card", { hasText: "Surabaya" }).first().waitFor();
  await listed(page);
  const shown = await page.locator(".card").evaluateAll((cards) => cards.map((card) => card.dataset.report));
  for (const id of shown.slice(0, 5)) {
    const report = await site.api(`reports/${id}`);
    assert.ok(report.lng > 112 && report.lng < 113.5, `${id} lies in the view`);
  }
  const url = page.url();
  await page.reload();
  await listed(page);
  assert.equal(page.url(), url);
  await end();
});

/** The report of a pin that is demo data: the other tests send real ones. */
async function demoPin(page) {
  const ids = await page.locator(".pin").evaluateAll((pins) => pins.map((pin) => pin.dataset.report));
  for (const id of ids) {
    if ((await site.api(`reports/${id}`)).demo) return id;
  }
  return assert.fail("no pin of the demo data");
}

test("more reports follow the first thirty, each once", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  await open(page, `${site.url}/?at=-2.50000,118.00000,4`);
  await listed(page);
  assert.equal(await page.locator(".card").count(), 30);
  await page.locator(".list-more").click();
  await page.locator(".card").nth(45).waitFor();
  const ids = await page.locator(".card").evaluateAll((cards) => cards.map((card) => card.dataset.report));
  assert.equal(new Set(ids).size, ids.length);
  await end();
});

test("the site's name leads back to the whole map, and back to where one was", async () => {
  const { page, end } = await visit(browser, site);
  await open(page, `${site.url}/?at=-7.26000,112.74000,13`);
  await listed(page);
  await page.locator("a.brand").click();
  await page.waitForURL(/,[345]$/);
  await listed(page);
  await page.locator("a.button-main").click();
  await page.waitForURL(/reports\/new\?at=.*,[345]$/);
  await end();
});

test("with animations on, leaving in the middle of a zoom breaks nothing", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP, reducedMotion: "no-preference" });
  await open(page, `${site.url}/?at=-6.91500,107.61000,12`);
  await listed(page);
  await page.locator(".map-zoom button").first().click();
  await page.locator("a.button-main").click();
  await page.locator(".map-picker").waitFor();
  await page.locator(".map-picker .map-zoom button").first().click();
  await page.goBack();
  await listed(page);
  // Longer than Leaflet's own timer, which must find nothing to trip over.
  await page.waitForTimeout(600);
  await end();
});

async function supportsBecome(id, expected) {
  let supports;
  for (let tries = 0; tries < 50; tries += 1) {
    ({ supports } = await site.api(`reports/${id}`));
    if (supports === expected) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.equal(supports, expected);
}
