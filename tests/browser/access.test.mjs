// Everybody gets in: axe finds nothing, the keyboard is enough, nothing sticks out of a 320-pixel screen, and the
// portal stands under a path prefix as well as at the root.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, LANGUAGES, PHONE, launch, listed, open, visit } from "./support/browser.mjs";
import { violations } from "./support/inspect.mjs";
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

for (const [viewport, colorScheme] of [[PHONE, "light"], [DESKTOP, "dark"], [PHONE, "dark"]]) {
  for (const language of LANGUAGES) {
    test(`axe has nothing to say at ${viewport.width} px, ${colorScheme}, ${language}`, async () => {
      const { page, end } = await visit(browser, site, { viewport, colorScheme, language });
      await open(page, site.url);
      await listed(page);
      assert.deepEqual(await violations(page), [], "map and list");
      await page.locator(".card a").first().click();
      await page.locator(".support-button").waitFor();
      assert.deepEqual(await violations(page), [], "a report");
      await open(page, `${site.url}/reports/new?at=-6.91500,107.61000,15`);
      await page.locator("#category-road").waitFor({ state: "attached" });
      assert.deepEqual(await violations(page), [], "the form");
      await page.locator("button[type=submit]").click();
      await page.locator("#form-errors").waitFor();
      assert.deepEqual(await violations(page), [], "the form with errors");
      await end();
    });
  }
}

test("nothing sticks out of a 320-pixel screen", async () => {
  for (const language of LANGUAGES) {
    const { page, end } = await visit(browser, site, { viewport: { width: 320, height: 640 }, language });
    const { reports } = await site.api("reports?limit=1");
    for (const [path, ready] of [
      ["/", ".card"],
      ["/reports/new", "#category-road"],
      [`/reports/${reports[0].id}`, ".support-button"],
    ]) {
      await open(page, site.url + path);
      await page.locator(ready).first().waitFor({ state: "attached" });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${path} is ${width} px wide in ${language}`);
      const height = await page.locator("header.top").evaluate((top) => top.offsetHeight);
      assert.ok(height < 64, `the header takes one line on ${path} in ${language}, not ${height} px`);
    }
    await end();
  }
});

test("the keyboard is enough: from the map to a report, support, and a report of one's own", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  const { keyboard } = page;
  const focused = (selector) => page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
  const tabTo = async (selector) => {
    for (let tabs = 0; tabs < 300; tabs += 1) {
      await keyboard.press("Tab");
      if (await focused(selector)) return;
    }
    assert.fail(`Tab never reached ${selector}`);
  };
  await open(page, site.url);
  await listed(page);
  await tabTo(".skip");
  await keyboard.press("Enter");
  assert.ok(await focused("main"), "the skip link leads to the content");
  assert.match(page.url(), /lapor\/\?at=/, "and stays on the page");
  await tabTo(".map-ground");
  await keyboard.press("ArrowRight");
  await page.waitForURL(/at=/);
  await listed(page);
  await tabTo(".pin");
  await keyboard.press("Enter");
  await page.waitForURL("**/reports/*");
  await page.locator(".support-button").waitFor();
  assert.ok(await focused("main"), "the focus follows to the new page");
  await tabTo(".support-button");
  await keyboard.press("Space");
  await page.locator('.support-button[aria-pressed="true"]').waitFor();

  await open(page, `${site.url}/reports/new?at=-6.91500,107.61000,15`);
  await page.locator("#category-road").waitFor({ state: "attached" });
  await tabTo(".map-picker .map-ground");
  await keyboard.press("ArrowUp");
  await tabTo("input#category");
  await keyboard.type("rusak");
  await tabTo("#category-road");
  await keyboard.press("Space");
  await tabTo("#description");
  assert.ok(await page.locator("button#category").isVisible(), "the list has folded away behind the one that was left");
  await keyboard.type("Aspal mengelupas sepanjang sepuluh meter.");
  await tabTo("button[type=submit]");
  await keyboard.press("Enter");
  await page.locator("#review-title").waitFor();
  await page.waitForFunction(() => document.activeElement.id === "review-title");
  await tabTo("button[type=submit]");
  await keyboard.press("Enter");
  await page.locator(".sent").waitFor();
  assert.ok(page.url().startsWith(`${site.url}/reports/`), "the address keeps the prefix");
  await end();
});

test("a deep link under the prefix opens its page", async () => {
  const { page, end } = await visit(browser, site);
  const { reports } = await site.api("reports?limit=1");
  await open(page, `${site.url}/reports/${reports[0].id}`);
  await page.locator(".support-button").waitFor();
  await page.locator("a.back").click();
  await listed(page);
  assert.ok(page.url().startsWith(`${site.url}/`));
  await end();
});
