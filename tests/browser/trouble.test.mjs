// Bad networks, bad input, bad addresses: nothing typed is lost, nothing is sent twice, everything is said.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, launch, listed, open, visit } from "./support/browser.mjs";
import { chooseCategory, fillReport, reviewReport, sendReport } from "./support/form.mjs";
import { startSite } from "./support/site.mjs";

let site, browser;
before(async () => {
  site = await startSite({ reports: 60 });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const TEXT = "Lampu jalan mati sejak Senin malam.";

const fill = (page, text = TEXT) => fillReport(page, { text });

async function withText(text) {
  const { reports } = await site.api("reports?limit=500");
  return reports.filter((report) => report.description === text);
}

test("what is missing is said beside its field, and the rest is kept", async () => {
  const { page, end } = await visit(browser, site);
  await open(page, `${site.url}/reports/new?at=-6.91500,107.61000,15`);
  await page.fill("#address", "Dekat pasar");
  await page.locator("button[type=submit]").click();
  await page.locator("#form-errors").waitFor();
  await page.waitForFunction(() => document.activeElement.id === "form-errors", null, { timeout: 5000 });
  for (const id of ["place-error", "category-error", "description-error"]) {
    assert.ok(await page.locator(`#${id}`).isVisible(), id);
  }
  assert.equal(await page.inputValue("#address"), "Dekat pasar");
  await page.locator('#form-errors a[href="#description"]').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "description");
  await end();
});

test("a draft survives a reload", async () => {
  const { page, end } = await visit(browser, site);
  await open(page, `${site.url}/reports/new?at=-6.91500,107.61000,15`);
  await fill(page);
  await page.waitForTimeout(200);
  await page.reload();
  await page.locator("#description").waitFor();
  assert.equal(await page.inputValue("#description"), TEXT);
  await page.locator(".chosen", { hasText: "Lampu jalan" }).waitFor();
  assert.match(await page.locator(".place-state").textContent(), /Pin/);
  await end();
});

test("an answer that is lost does not make a second report", async () => {
  const visited = await visit(browser, site);
  visited.expect(/ERR_FAILED|net::/);
  const { page, end } = visited;
  const text = `${TEXT} (jawaban hilang)`;
  // The server gets the report and answers; the answer never arrives.
  let lost = 0;
  await page.route("**/api/v1/reports/*", async (route) => {
    if (route.request().method() === "PUT" && lost === 0) {
      lost += 1;
      await route.fetch();
      await route.abort("connectionreset");
    } else {
      await route.continue();
    }
  });
  await open(page, `${site.url}/reports/new?at=-6.91500,107.61000,15`);
  await fill(page, text);
  await sendReport(page);
  await page.locator(".failure[role=alert]:not(#form-errors)").waitFor();
  assert.equal(lost, 1);
  assert.equal((await withText(text)).length, 1, "the server has it");
  // Not even a reload tempts into a second one: the same is sent again, unchanged.
  await page.reload();
  await page.locator(".report-text", { hasText: text }).waitFor();
  assert.equal(await page.locator(".reviewed button:visible").count(), 0, "nothing can be changed");
  await page.locator("button[type=submit]").click();
  await page.waitForURL(/reports\/[0-9a-f-]{36}$/);
  assert.equal((await withText(text)).length, 1);
  await end();
});

test("pressing send twice makes one report", async () => {
  const { page, end } = await visit(browser, site);
  const text = `${TEXT} (dua kali)`;
  await open(page, `${site.url}/reports/new?at=-6.91500,107.61000,15`);
  await fill(page, text);
  await reviewReport(page);
  await page.locator("button[type=submit]").dblclick();
  await page.waitForURL(/reports\/[0-9a-f-]{36}$/);
  assert.equal((await withText(text)).length, 1);
  await end();
});

test("a server that dies is named, what was typed stays, and it goes on when the server is back", async () => {
  const visited = await visit(browser, site);
  visited.expect(/ERR_CONNECTION_REFUSED|ERR_FAILED/);
  const { page, end } = visited;
  const text = `${TEXT} (server mati)`;
  await open(page, `${site.url}/reports/new?at=-6.91500,107.61000,15`);
  await fill(page, text);
  await reviewReport(page);
  await site.kill();
  await page.locator("button[type=submit]").click();
  const failure = page.locator(".failure[role=alert]:not(#form-errors)");
  await failure.waitFor();
  assert.ok(await page.locator(".report-text", { hasText: text }).isVisible());
  await site.start();
  await failure.locator("button").click();
  await page.waitForURL(/reports\/[0-9a-f-]{36}$/);
  assert.equal((await withText(text)).length, 1);
  await end();
});

test("a support that is refused is taken back with a word", async () => {
  const visited = await visit(browser, site);
  visited.expect(/ERR_CONNECTION_REFUSED|ERR_FAILED/);
  const { page, end } = visited;
  const { reports } = await site.api("reports?limit=1");
  await open(page, `${site.url}/reports/${reports[0].id}`);
  await page.locator(".support-button").waitFor();
  await site.kill();
  await page.locator(".support-button").click();
  await page.locator(".support .failure").waitFor();
  assert.equal(await page.locator(".support-button").getAttribute("aria-pressed"), "false");
  await site.start();
  await page.locator(".support .failure button").click();
  await page.locator('.support-button[aria-pressed="true"]').waitFor();
  await end();
});

test("a token that has ended is renewed without a word", async () => {
  const visited = await visit(browser, site);
  visited.expect(/401/);
  const { page, end } = visited;
  await open(page, site.url);
  await page.evaluate(() => localStorage.setItem("warga.device", "of-another-deployment"));
  const { reports } = await site.api("reports?limit=1");
  await open(page, `${site.url}/reports/${reports[0].id}`);
  await page.locator(".support-button").click();
  await page.locator('.support-button[aria-pressed="true"]').waitFor();
  await end();
});

test("an empty place, an unknown report and an unknown page say what they are", async () => {
  const visited = await visit(browser, site);
  visited.expect(/404/);
  const { page, end } = visited;
  await open(page, `${site.url}/?at=0.00000,90.00000,10`);
  await listed(page);
  assert.equal(await page.locator(".card").count(), 0);
  await page.locator(".empty .hint").waitFor();
  await open(page, `${site.url}/reports/0190163d-8694-739b-aea5-966c26f8ad91`);
  await page.locator("h1", { hasText: "tidak ditemukan" }).waitFor();
  await open(page, `${site.url}/tidak/ada`);
  await page.locator("h1", { hasText: "Halaman tidak ditemukan" }).waitFor();
  await end();
});

test("two tabs with one draft: the second is told, keeps its text, and can send it", async () => {
  const visited = await visit(browser, site);
  visited.expect(/409/);
  const { page, context, end } = visited;
  const text = `${TEXT} (tab kedua)`;
  await open(page, `${site.url}/reports/new?at=-6.91500,107.61000,15`);
  await fill(page, `${TEXT} (tab pertama)`);
  const second = await context.newPage();
  await open(second, `${site.url}/reports/new?at=-6.91500,107.61000,15`);
  await fill(second, text);
  await sendReport(page);
  await page.locator(".sent").waitFor();
  await sendReport(second);
  await second.locator(".notice[role=alert]").waitFor();
  assert.ok(await second.locator(".report-text", { hasText: text }).isVisible());
  await second.locator("button[type=submit]").click();
  await second.locator(".sent").waitFor();
  assert.equal((await withText(text)).length, 1);
  assert.equal((await withText(`${TEXT} (tab pertama)`)).length, 1);
  await end();
});

test("a draft made by a clock that was wrong can be sent once the clock is right", async () => {
  const visited = await visit(browser, site);
  visited.expect(/422/);
  const { page, end } = visited;
  const text = `${TEXT} (jam salah)`;
  await page.addInitScript(() => {
    const now = Date.now;
    window.ahead = 40 * 24 * 3600 * 1000;
    Date.now = () => now() + window.ahead;
  });
  await open(page, `${site.url}/reports/new?at=-6.91500,107.61000,15`);
  await fill(page, text);
  await sendReport(page);
  await page.locator("#form-errors", { hasText: "Periksa jam di perangkat" }).waitFor();
  assert.equal(await page.inputValue("#description"), text);
  await page.evaluate(() => { window.ahead = 0; });
  await sendReport(page);
  await page.locator(".sent").waitFor();
  assert.equal((await withText(text)).length, 1);
  await end();
});

test("a tap on the form's map brings the pin there", async () => {
  const { page, end } = await visit(browser, site);
  await open(page, `${site.url}/reports/new?at=-6.91500,107.61000,15`);
  const box = await page.locator(".map-picker").boundingBox();
  await page.mouse.click(box.x + box.width / 2 + 60, box.y + box.height / 2 + 40);
  const state = page.locator(".place-state", { hasText: /Pin/ });
  await state.waitFor();
  const [lat, lng] = (await state.textContent()).match(/-?\d+\.\d+/g).map(Number);
  assert.ok(lng > 107.61 && lat < -6.915, `south-east of where it was: ${lat}, ${lng}`);
  await end();
});

test("without the map the list works, and the device's position is a place", async () => {
  const visited = await visit(browser, site, {
    permissions: ["geolocation"],
    geolocation: { latitude: -6.915, longitude: 107.61 },
  });
  visited.expect(/ERR_FAILED|net::/);
  const { page, end } = visited;
  await page.route("**/leaflet-*.js", (route) => route.abort());
  await open(page, site.url);
  await listed(page);
  assert.ok(await page.locator(".map-failed").isVisible());
  assert.ok((await page.locator(".card").count()) > 0);
  await open(page, `${site.url}/reports/new`);
  const text = `${TEXT} (tanpa peta)`;
  await chooseCategory(page, "street_light");
  await page.fill("#description", text);
  await page.locator("#place").click();
  await page.locator(".place-state", { hasText: "Pin di -6.91500, 107.61000" }).waitFor();
  await sendReport(page);
  await page.locator(".sent").waitFor();
  const [sent] = await withText(text);
  assert.equal(sent.lat, -6.915);
  await end();
});

test("back and forward lead where they led before", async () => {
  const { page, end } = await visit(browser, site, { viewport: PHONE });
  await open(page, `${site.url}/?at=-6.91500,107.61000,11`);
  await listed(page);
  await page.locator(".card a").first().click();
  await page.waitForURL("**/reports/*");
  await page.goBack();
  await listed(page);
  assert.match(page.url(), /at=-6\.91500,107\.61000,11/);
  await page.goForward();
  await page.locator(".support-button").waitFor();
  await end();
});
