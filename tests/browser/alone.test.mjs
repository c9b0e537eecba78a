// The whole way of a citizen (find, filter, read, support, report with a photo), once with nothing but a keyboard, and
// once for somebody to whom the map does not exist.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { DESKTOP, PHONE, launch, listed, open, visit } from "./support/browser.mjs";
import { cameraPhoto } from "./support/form.mjs";
import { startSite } from "./support/site.mjs";

let site, browser;
before(async () => {
  site = await startSite({ prefix: "/lapor" });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const say = JSON.parse(readFileSync(new URL("../../locales/id.json", import.meta.url), "utf8"));

/** What arrived of a text: the one report, with its photo. */
async function arrived(page, text) {
  await page.locator(".sent").waitFor();
  const report = await site.api(`reports/${page.url().split("/").at(-1)}`);
  assert.equal(report.description, text);
  assert.equal(report.photos.length, 1, "the photo came along");
  return report;
}

test("with nothing but a keyboard", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  const { keyboard } = page;
  const focused = (selector) => page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
  const tabTo = async (selector) => {
    for (let tabs = 0; tabs < 400; tabs += 1) {
      await keyboard.press("Tab");
      if (await focused(selector)) return;
    }
    assert.fail(`Tab never reached ${selector}`);
  };
  const focusOn = (selector) => page.waitForFunction((wanted) => document.activeElement.matches(wanted), selector);
  // The pointer is nowhere, and the page must never need it.
  await open(page, site.url);
  await listed(page);
  await tabTo(".skip");
  await keyboard.press("Enter");
  assert.ok(await focused("main"), "the skip link leads to the content");
  assert.match(page.url(), /lapor\/\?at=/, "and stays on the page");

  // Find.
  await tabTo(".tool-search");
  await keyboard.press("Enter");
  await focusOn("#search-text");
  await keyboard.type("Bandung");
  await tabTo(".result");
  await keyboard.press("Enter");
  await page.waitForURL(/at=-6\.[89]\d+,107\.[56]/);
  await listed(page);

  // Filter.
  await tabTo("#open-filters");
  await keyboard.press("Enter");
  await page.locator("input[name=status][value=received]").waitFor({ state: "attached" });
  await tabTo("input[name=status][value=received]");
  await keyboard.press("Space");
  await page.waitForURL(/status=received/);
  await keyboard.press("Escape");
  await focusOn("#open-filters");
  await listed(page);
  await tabTo(".map-ground");
  await keyboard.press("ArrowRight");
  await listed(page);

  // Read and support: closer, until one report stands alone.
  for (let step = 0; step < 8 && (await page.locator(".pin").count()) === 0; step += 1) {
    await tabTo(".cluster");
    await keyboard.press("Enter");
    await page.waitForTimeout(1000);
    await listed(page);
  }
  await tabTo(".pin");
  await keyboard.press("Enter");
  await page.waitForURL("**/reports/*");
  await page.locator(".support-button").waitFor();
  assert.ok(await focused("main"), "the focus follows to the new page");
  assert.equal((await site.api(`reports/${page.url().split("/").at(-1)}`)).status, "received");
  await tabTo(".support-button");
  await keyboard.press("Space");
  await page.locator('.support-button[aria-pressed="true"]').waitFor();

  // Report, with a photo.
  const photo = await cameraPhoto(page, 1200, 900);
  const text = "Aspal mengelupas sepanjang sepuluh meter.";
  await page.goto(`${site.url}/reports/new?at=-6.91500,107.61000,15`);
  await page.locator("#category-road").waitFor({ state: "attached" });
  await tabTo(".map-picker .map-ground");
  await keyboard.press("ArrowUp");
  await tabTo("input#category");
  await keyboard.type("rusak");
  await tabTo("#category-road");
  await keyboard.press("Space");
  await tabTo("#description");
  assert.ok(await page.locator("button#category").isVisible(), "the list has folded away behind the one that was left");
  await keyboard.type(text);
  // Listened for before the press is near: Chromium is told so on a way of its own, which a busy machine makes the longer one.
  const choosing = page.waitForEvent("filechooser");
  await tabTo("#photos");
  await keyboard.press("Enter");
  const chooser = await choosing;
  await chooser.setFiles({ name: "jalan.jpg", mimeType: "image/jpeg", buffer: photo });
  await page.locator(".photo img").first().waitFor();
  await tabTo("button[type=submit]");
  await keyboard.press("Enter");
  await focusOn("#review-title");
  await tabTo("button[type=submit]");
  await keyboard.press("Enter");
  const report = await arrived(page, text);
  assert.ok(Math.abs(report.lat + 6.915) < 0.05, "where the arrow keys had put the pin");
  assert.ok(page.url().startsWith(`${site.url}/reports/`), "the address keeps the prefix");
  await end();
});

test("without a map in the accessibility tree", async () => {
  const { page, context, end } = await visit(browser, site, { viewport: PHONE });
  // Every map there is, now and later, is inert: no name, no focus, no press reaches it.
  await context.addInitScript(() => {
    const hide = () => document.querySelectorAll(".map").forEach((map) => { map.inert = true; map.ariaHidden = "true"; });
    new MutationObserver(hide).observe(document, { childList: true, subtree: true });
  });
  await open(page, site.url);
  await listed(page);
  assert.equal(await page.getByRole("application").count(), 0, "the map is hidden");

  // Find and filter, by names alone.
  await page.getByRole("button", { name: say.search.title }).click();
  await page.getByLabel(say.search.label).fill("Bandung");
  await page.getByRole("dialog").getByRole("button", { name: /Bandung/ }).first().click();
  await page.waitForURL(/at=-6\.[89]\d+,107\.[56]/);
  await listed(page);
  await page.getByRole("button", { name: new RegExp(say.filter.open) }).first().click();
  await page.getByRole("dialog").getByRole("checkbox", { name: say.status.received }).check({ force: true });
  await page.waitForURL(/status=received/);
  await page.keyboard.press("Escape");
  await listed(page);

  // Read and support.
  const card = page.getByRole("list").getByRole("link").first();
  const name = (await card.textContent()).trim();
  await card.click();
  await page.getByRole("heading", { level: 1, name: new RegExp(name) }).waitFor();
  await page.getByRole("button", { name: say.support.add }).click();
  await page.getByRole("button", { name: say.support.added }).waitFor();

  // Report with the place in words, and a photo.
  const text = "Lampu di depan pasar padam sejak Senin.";
  const photo = await cameraPhoto(page, 1200, 900);
  await page.goto(`${site.url}/reports/new`);
  await page.getByRole("radio", { name: new RegExp(say.new.place_in_words) }).check({ force: true });
  await page.getByLabel(say.new.jurisdiction).selectOption({ label: "Kota Bandung" });
  await page.locator("#address").fill("Depan Pasar Kosambi, sisi utara");
  await page.getByRole("radio", { name: "Lampu jalan" }).click({ force: true });
  await page.getByLabel(say.new.description).fill(text);
  await page.locator("#photos").setInputFiles({ name: "lampu.jpg", mimeType: "image/jpeg", buffer: photo });
  await page.locator(".photo img").first().waitFor();
  await page.locator("button[type=submit]").click();
  await page.getByRole("button", { name: say.new.send }).click();
  const report = await arrived(page, text);
  assert.equal(report.jurisdiction, "32.73");
  assert.match(report.address, /Depan Pasar Kosambi/);
  await end();
});
