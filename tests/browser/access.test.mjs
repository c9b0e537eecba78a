// Everybody gets in: axe finds nothing, nothing sticks out of a 320-pixel screen, and the portal stands under a path
// prefix as well as at the root. The whole way by keyboard alone is in alone.test.mjs.
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
