// The portal as plain files: under a path of any web server, with its API on another origin.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, PHONE, launch, listed, open, visit } from "./support/browser.mjs";
import { startSite } from "./support/site.mjs";

const ELSEWHERE = "/kota/warga";
/** Such a server does not know wasm's type: the browser says so, and compiles it all the same. */
const UNTYPED = /instantiateStreaming/;

let site, browser;
before(async () => {
  site = await startSite({ elsewhere: ELSEWHERE });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

test("the files of the bundle are all it takes: map, report, support, and back", async () => {
  const visited = await visit(browser, site, { viewport: PHONE });
  visited.expect(UNTYPED);
  const { page, end } = visited;
  await open(page, `${site.url}/`);
  await listed(page);
  await page.locator(".pin, .cluster").first().waitFor();
  await page.locator(".card a").first().click();
  await page.waitForURL(`${site.url}/reports/*`);
  await page.locator(".support-button").click();
  await page.locator('.support-button[aria-pressed="true"]').waitFor();
  await page.goBack();
  await listed(page);
  assert.ok(page.url().startsWith(`${site.url}/`), "the address keeps the path");
  await end();
});

test("a deep link opens its page, and a reload stays there", async () => {
  const visited = await visit(browser, site, { viewport: DESKTOP });
  visited.expect(UNTYPED);
  const { page, end } = visited;
  const { reports } = await site.api("reports?limit=1");
  const address = `${site.url}/reports/${reports[0].id}`;
  await open(page, address);
  await page.locator(".support-button").waitFor();
  await page.reload();
  await page.locator(".support-button").waitFor();
  assert.equal(page.url(), address);
  await open(page, `${site.url}/reports/new`);
  await page.locator("form.form").waitFor();
  await end();
});

test("where the API does not list the portal's origin, reading works and writing says that it did not", async () => {
  const unlisted = await startSite({ elsewhere: ELSEWHERE, listed: false });
  try {
    const visited = await visit(browser, unlisted, { viewport: PHONE });
    visited.expect(UNTYPED);
    visited.expect(/CORS policy|ERR_FAILED/);
    const { page, end } = visited;
    await open(page, `${unlisted.url}/`);
    await listed(page);
    await page.locator(".card a").first().click();
    await page.locator(".support-button").click();
    await page.locator(".support .failure").waitFor();
    assert.equal(await page.locator(".support-button").getAttribute("aria-pressed"), "false", "it is taken back");
    await end();
  } finally {
    await unlisted.close();
  }
});
