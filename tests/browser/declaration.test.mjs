// The declaration: reading the pledge, joining with a device, seeing the counts, withdrawing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { LANGUAGES, launch, open, visit } from "./support/browser.mjs";
import { LOOKS, inspect } from "./support/inspect.mjs";
import { device } from "./support/reports.mjs";
import { startSite } from "./support/site.mjs";

let site, browser;
before(async () => {
  site = await startSite({ reports: 0 });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const words = (language) => JSON.parse(readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), "utf8"));
const say = words("id").declaration;
const counts = () => site.api("declaration/counts");
const countOf = async (code) => (await counts()).provinces.find((province) => province.code === code).count;

/** Opens the page and waits until its provinces are there. */
async function openDeclaration(page, at = site) {
  await open(page, `${at.url}/declaration`);
  await page.locator('#sign[aria-busy="false"]').waitFor();
}

async function join(page, code) {
  await page.selectOption("#province", code);
  await page.locator(".sign-form button[type=submit]").click();
  await page.locator(".sign-own").waitFor();
}

async function withdraw(page) {
  await page.locator("#withdraw").click();
  await page.locator("#withdraw-yes").click();
  await page.locator("#province").waitFor();
}

/** What the table behind the bars says, by name. */
async function shown(page) {
  const rows = await page.locator("#counts-table tbody tr").evaluateAll((all) =>
    all.map((row) => [row.cells[0].textContent, Number(row.cells[1].textContent)]),
  );
  return Object.fromEntries(rows);
}

for (const look of LOOKS) {
  const say = words(look.language).declaration;

  test(`the declaration holds at ${look.name}`, async () => {
    const visited = await visit(browser, site, look);
    visited.expect(/net::|Failed to load/);
    const { page, end } = visited;
    await openDeclaration(page);
    await inspect(page, "the declaration");
    await page.locator(".sign-form button[type=submit]").click();
    await page.locator("#province-error", { hasText: say.choose_needed }).waitFor();
    await inspect(page, "nothing chosen");
    await page.route("**/declaration", (route) => (route.request().resourceType() === "fetch" ? route.abort() : route.continue()));
    await page.selectOption("#province", "32");
    await page.locator(".sign-form button[type=submit]").click();
    await page.locator(".sign-form .failure", { hasText: say.failed }).waitFor();
    await inspect(page, "not sent");
    await page.unroute("**/declaration");
    await join(page, "32");
    await page.locator("#sign-title", { hasText: say.thanks }).waitFor();
    await inspect(page, "joined");
    await page.locator("#withdraw").click();
    await page.locator("#withdraw-yes").waitFor();
    await inspect(page, "asked once more");
    await page.locator("#withdraw-yes").click();
    await page.locator(".sign-told", { hasText: say.withdrawn }).waitFor();
    await inspect(page, "withdrawn");
    await page.locator("#counts-table summary").click();
    await inspect(page, "the counts as a table");
    await end();
  });
}

test("38 provinces to choose from; a device joins once, and what it did is still known after a reload", async () => {
  const { page, end } = await visit(browser, site);
  await openDeclaration(page);
  assert.equal(await page.locator("#province option").count(), 39);
  assert.equal(await page.locator(".pledge li").count(), 5);
  const before = await countOf("73");
  await join(page, "73");
  assert.equal(await countOf("73"), before + 1);
  assert.ok(await page.evaluate(() => document.activeElement.id === "sign-title"), "the focus is on the thanks");
  await page.locator("#sign-title", { hasText: say.thanks }).waitFor();
  await page.locator(".sign-own", { hasText: "Sulawesi Selatan" }).waitFor();
  await page.locator("#counts-table summary").click();
  assert.equal((await shown(page))["Sulawesi Selatan"], before + 1);
  await page.reload();
  await page.locator(".sign-own", { hasText: "Sulawesi Selatan" }).waitFor();
  await withdraw(page);
  assert.equal(await countOf("73"), before);
  assert.equal((await shown(page))["Sulawesi Selatan"], before);
  await end();
});

test("nothing but the province is sent", async () => {
  const { page, end } = await visit(browser, site);
  const sent = [];
  page.on("request", (request) => request.url().endsWith("/api/v1/declaration") && sent.push(request.postData()));
  await openDeclaration(page);
  await join(page, "11");
  assert.deepEqual(sent.map((body) => JSON.parse(body)), [{ province: "11" }]);
  await withdraw(page);
  await end();
});

test("counts of several devices are shown in words, bars and the table, and equal the API's", async () => {
  const phones = [];
  for (const province of ["35", "35", "35", "51"]) {
    const phone = await device(site);
    await phone.ask("PUT", "declaration", { province });
    phones.push(phone);
  }
  for (const language of LANGUAGES) {
    const { page, end } = await visit(browser, site, { language });
    await openDeclaration(page);
    const known = await counts();
    await page.locator("#counts-table summary").click();
    const table = await shown(page);
    assert.deepEqual(table, Object.fromEntries(known.provinces.map(({ name, count }) => [name, count])));
    assert.equal(Object.keys(table).length, 38);
    assert.match(await page.locator(".count-total").innerText(), new RegExp(`^${known.total} `));
    // The most first; those that nobody joined for have no bar.
    const bars = await page.locator("#counts .bars-number").allInnerTexts();
    const expected = known.provinces.map(({ count }) => count).filter((count) => count > 0).sort((a, b) => b - a);
    assert.deepEqual(bars.map(Number), expected);
    assert.ok((await page.locator("#counts").innerText()).includes(words(language).declaration.not_votes));
    await end();
  }
  for (const phone of phones) await phone.ask("DELETE", "declaration");
  const { page, end } = await visit(browser, site);
  await openDeclaration(page);
  assert.equal((await counts()).total, 0, "every test takes its devices back");
  await page.locator(".count-total", { hasText: say.total_none }).waitFor();
  await end();
});

test("another province is refused to a second page of the same device, which then knows what was signed", async () => {
  const visited = await visit(browser, site);
  visited.expect(/409/);
  const { page, context, end } = visited;
  await openDeclaration(page);
  const second = await context.newPage();
  await openDeclaration(second);
  await join(page, "34");
  await second.selectOption("#province", "61");
  await second.locator(".sign-form button[type=submit]").click();
  await second.locator(".sign-told", { hasText: say.already }).waitFor();
  await second.locator(".sign-own", { hasText: "Yogyakarta" }).waitFor();
  assert.deepEqual([await countOf("34"), await countOf("61")], [1, 0]);
  // Withdrawn there, another province may be chosen; the same again is no second one.
  await withdraw(second);
  await join(second, "61");
  assert.deepEqual([await countOf("34"), await countOf("61")], [0, 1]);
  await withdraw(second);
  // The first page does not know; withdrawing what is withdrawn already is no error.
  await withdraw(page);
  assert.equal((await counts()).total, 0);
  await end();
});

test("joining for the same province in two pages is one signature", async () => {
  const { page, context, end } = await visit(browser, site);
  await openDeclaration(page);
  const second = await context.newPage();
  await openDeclaration(second);
  await join(page, "64");
  await join(second, "64");
  assert.equal(await countOf("64"), 1);
  await withdraw(second);
  await end();
});

test("a cut network keeps the choice, over a reload too, and nothing is signed", async () => {
  const visited = await visit(browser, site);
  visited.expect(/net::|Failed to load/);
  const { page, context, end } = visited;
  await openDeclaration(page);
  await page.selectOption("#province", "71");
  await context.setOffline(true);
  await page.locator(".sign-form button[type=submit]").click();
  await page.locator(".sign-form .failure", { hasText: words("id").error.offline }).waitFor();
  assert.equal(await page.inputValue("#province"), "71");
  await context.setOffline(false);
  assert.equal((await counts()).total, 0);
  await page.reload();
  await page.locator("#province").waitFor();
  assert.equal(await page.inputValue("#province"), "71");
  await page.locator(".sign-form button[type=submit]").click();
  await page.locator(".sign-own", { hasText: "Sulawesi Utara" }).waitFor();
  // Cut again while it is taken back: it stays signed, and says so.
  await page.locator("#withdraw").click();
  await context.setOffline(true);
  await page.locator("#withdraw-yes").click();
  await page.locator(".withdraw .failure", { hasText: say.withdraw_failed }).waitFor();
  await context.setOffline(false);
  assert.equal(await countOf("71"), 1);
  await page.locator(".withdraw .failure button").click();
  await page.locator("#province").waitFor();
  assert.equal(await countOf("71"), 0);
  await end();
});

/** The server takes in what comes next; its answer does not arrive. */
const lose = (page) => page.route("**/api/v1/declaration", async (route) => {
  await route.fetch();
  await route.abort();
}, { times: 1 });

test("an answer that is lost is looked up: joined and withdrawn, each said as it is", async () => {
  const visited = await visit(browser, site);
  visited.expect(/net::|Failed to load/);
  const { page, end } = visited;
  await openDeclaration(page);
  await page.selectOption("#province", "16");
  await lose(page);
  await page.locator(".sign-form button[type=submit]").click();
  await page.locator(".sign-own").waitFor();
  assert.equal(await countOf("16"), 1);
  await lose(page);
  await withdraw(page);
  await page.locator("#sign", { hasText: say.withdrawn }).waitFor();
  assert.equal(await countOf("16"), 0);
  await end();
});

test("where looking it up fails as well, nothing is claimed; sending again is one signature", async () => {
  const visited = await visit(browser, site);
  visited.expect(/net::|Failed to load/);
  const { page, end } = visited;
  await openDeclaration(page);
  await page.selectOption("#province", "16");
  await lose(page);
  await page.route("**/api/v1/declaration/counts", (route) => route.abort(), { times: 1 });
  await page.locator(".sign-form button[type=submit]").click();
  await page.locator(".sign-form .failure", { hasText: say.failed }).waitFor();
  assert.equal(await countOf("16"), 1);
  await page.locator(".sign-form .failure button").click();
  await page.locator(".sign-own").waitFor();
  assert.equal(await countOf("16"), 1);
  await withdraw(page);
  await end();
});

test("a browser that is no longer the device that joined says so, and becomes no new one to withdraw", async () => {
  const visited = await visit(browser, site);
  const { page, end } = visited;
  await openDeclaration(page);
  await join(page, "17");
  // Not in the page's memory any more either.
  await openDeclaration(page);
  await page.locator(".sign-own").waitFor();
  await page.evaluate(() => localStorage.removeItem("warga.device"));
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await withdraw(page);
  await page.locator("#sign", { hasText: say.stranger }).waitFor();
  assert.equal(await countOf("17"), 1, "its signature still counts");
  assert.deepEqual(asked.filter((url) => url.includes("/devices")), []);
  await end();
});

test("a province that the server does not know, too many at once, a captive portal: said beside the form", async () => {
  const visited = await visit(browser, site);
  visited.expect(/422|429|Failed to load/);
  const { page, end } = visited;
  await openDeclaration(page);
  await page.selectOption("#province", "12");
  const press = () => page.locator(".sign-form button[type=submit]").click();
  // The page is older than the server: what it offers is not known there any more.
  await page.route("**/api/v1/declaration", async (route) => {
    await route.continue({ postData: JSON.stringify({ province: "00" }) });
  }, { times: 1 });
  await press();
  await page.locator("#province-error", { hasText: say.unknown }).waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.id === "province"));
  const problem = { type: "/problems/too-many", title: "Terlalu banyak permintaan.", status: 429 };
  await page.route("**/api/v1/declaration", (route) => route.fulfill({
    status: 429, contentType: "application/problem+json", headers: { "retry-after": "7" }, body: JSON.stringify(problem),
  }), { times: 1 });
  await press();
  await page.locator(".sign-form .failure", { hasText: "7 detik" }).waitFor();
  await page.route("**/api/v1/declaration", (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<p>login" }), { times: 1 });
  await press();
  await page.locator(".sign-form .failure", { hasText: words("id").error.not_ours }).waitFor();
  assert.equal(await page.inputValue("#province"), "12");
  assert.equal(await countOf("12"), 0);
  await end();
});

test("a token that the server no longer knows is renewed without a word", async () => {
  const visited = await visit(browser, site);
  visited.expect(/401/);
  const { page, end } = visited;
  await openDeclaration(page);
  await page.evaluate(() => localStorage.setItem("warga.device", "tidak-dikenal"));
  await join(page, "31");
  assert.equal(await countOf("31"), 1);
  await withdraw(page);
  await end();
});

test("the counts that do not come are said, and asked again", async () => {
  const visited = await visit(browser, site);
  visited.expect(/net::|Failed to load/);
  const { page, end } = visited;
  await page.route("**/declaration/counts", (route) => route.abort());
  await open(page, `${site.url}/declaration`);
  await page.locator("#sign .failure", { hasText: say.loading_failed }).waitFor();
  assert.equal(await page.locator(".pledge li").count(), 5, "the pledge needs no network");
  await inspect(page, "the counts did not come");
  await page.unroute("**/declaration/counts");
  await page.locator("#sign .failure button").click();
  await page.locator("#province").waitFor();
  await end();
});

test("erasing the device says what becomes of the signature, leads to withdrawing, and erases the choice", async () => {
  const { page, end } = await visit(browser, site);
  await openDeclaration(page);
  await join(page, "81");
  await page.locator("#sign a", { hasText: say.privacy }).click();
  await page.locator(".text-erase > button").click();
  await page.locator("dialog li", { hasText: words("id").erase.declaration }).waitFor();
  await page.locator("dialog a").click();
  await page.locator("#withdraw").waitFor();
  await withdraw(page);
  assert.equal(await page.evaluate(() => localStorage.getItem("warga.declaration")), "81");
  await open(page, `${site.url}/privacy`);
  await page.locator(".text-erase > button").click();
  await page.locator("dialog .button-danger").click();
  await page.locator(".text-erase .notice").waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem("warga.declaration")), null);
  await end();
});

test("joining and withdrawing by keys alone", async () => {
  const { page, end } = await visit(browser, site);
  const { keyboard } = page;
  const at = () => page.evaluate(() => document.activeElement.id);
  await openDeclaration(page);
  await page.focus("#province");
  await keyboard.type("Gorontalo");
  assert.equal(await page.inputValue("#province"), "75");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await page.locator(".sign-own", { hasText: "Gorontalo" }).waitFor();
  assert.equal(await at(), "sign-title");
  await keyboard.press("Tab");
  assert.equal(await at(), "withdraw");
  await keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "withdraw-ask");
  // Staying leads back to where the question was asked.
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "withdraw");
  await keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "withdraw-ask");
  await keyboard.press("Tab");
  assert.equal(await at(), "withdraw-yes");
  await keyboard.press("Enter");
  await page.locator(".sign-told", { hasText: say.withdrawn }).waitFor();
  await page.waitForFunction(() => document.activeElement.id === "sign-title");
  assert.equal(await countOf("75"), 0);
  await end();
});
