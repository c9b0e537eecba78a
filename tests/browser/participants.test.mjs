// Who takes part, on the map: marks, list and numbers are always the rows of the tables, whichever year is looked at.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, LANGUAGES, PHONE, launch, listed, open, visit } from "./support/browser.mjs";
import { LOOKS, inspect } from "./support/inspect.mjs";
import { startSite } from "./support/site.mjs";

let site, browser, everybody;
before(async () => {
  site = await startSite({ reports: 100 });
  browser = await launch();
  everybody = (await site.api("participants")).features;
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const INDONESIA = "at=-2.50000,118.00000,4";
const SEMARANG = "at=-7.00000,110.42000,9";
const YEARS = [2017, 2018, 2019, 2021, 2022];
const DOUBTFUL = ["inferred", "disputed"];

const isRegion = (one) => ["kabupaten", "kota"].includes(one.properties.kind);
const began = (one, year) => one.properties.years.some((known) => known <= (year ?? Infinity));
const regions = (year) => everybody.filter((one) => isRegion(one) && began(one, year));
const cohort = (year) => everybody.filter((one) => isRegion(one) && one.properties.years.includes(year));
const declarators = () => everybody.filter((one) => one.properties.kind === "declarator");
const placed = (year) => everybody.filter((one) => one.geometry && began(one, year)).map((one) => one.id).sort();

/** The layer at a place, once its marks are there. */
async function openLayer(page, rest = "", at = INDONESIA) {
  await open(page, `${site.url}/?${at}&layer=participants${rest}`);
  await page.locator(".years").waitFor();
}

/** Everybody behind the marks. */
const drawn = (page) =>
  page.locator(".mark").evaluateAll((marks) => marks.flatMap((mark) => mark.dataset.participant.split(" ")).sort());
const vivid = (page) => page.locator(".mark:not([data-faded])").count();
const summary = (page) => page.locator(".home-summary").innerText();
const year = (page) => new URL(page.url()).searchParams.get("year");
/** Waits until the head of the list says this. */
const says = (page, pattern) => page.locator(".home-summary").filter({ hasText: pattern }).waitFor();
const button = (page, name = "Peserta") => page.getByRole("button", { name, exact: true });

test("the layer is asked for when it is switched on, by its button or by the address, and leaves as it came", async () => {
  const { page, requests, end } = await visit(browser, site, { viewport: DESKTOP });
  await open(page, `${site.url}/?${INDONESIA}`);
  await listed(page);
  await page.locator(".pin, .cluster").first().waitFor();
  const asked = () => requests.filter((url) => url.endsWith("/participants")).length;
  assert.equal(asked(), 0, "nobody asks for what nobody looks at");
  assert.equal(await button(page).getAttribute("aria-pressed"), "false");

  await button(page).click();
  await page.locator(".mark").first().waitFor();
  assert.equal(asked(), 1);
  assert.match(page.url(), /layer=participants$/);
  assert.equal(await page.locator(".pin, .cluster").count(), 0, "the reports' pins are gone");
  assert.equal(await page.locator("#open-filters").isVisible(), false, "what filters reports gives way");

  await button(page).click();
  await page.locator(".pin, .cluster").first().waitFor();
  assert.equal(await page.locator(".mark").count(), 0);
  assert.ok(await page.locator(".card[data-report]").count() > 0);
  await page.goBack();
  await page.locator(".mark").first().waitFor();
  await page.goBack();
  await page.locator(".pin, .cluster").first().waitFor();
  assert.ok(!page.url().includes("layer"));
  assert.equal(asked(), 1, "once per life of the document");
  await end();

  const other = await visit(browser, site, { viewport: DESKTOP });
  await openLayer(other.page, "&year=2018");
  await says(other.page, "Angkatan 2018");
  assert.ok(!other.requests.some((url) => url.includes("/reports?")), "nobody looks at reports");
  await other.end();
});

test("an address that names no layer or no year we know is the map as it is without them", async () => {
  const { page, end } = await visit(browser, site);
  await openLayer(page, "&year=2020");
  await says(page, /^160 wilayah/);
  await open(page, `${site.url}/?${INDONESIA}&layer=mars&year=2019`);
  await listed(page);
  assert.equal(await button(page).getAttribute("aria-pressed"), "false");
  await end();
});

test("the years of the slider are those of the rows", async () => {
  const known = new Set(everybody.filter(isRegion).flatMap((one) => one.properties.years));
  assert.deepEqual([...known].sort(), YEARS);
  assert.deepEqual(YEARS.map((year) => cohort(year).length), [26, 50, 25, 45, 23]);
  assert.deepEqual([regions().length, declarators().length], [160, 34]);
  const { page, end } = await visit(browser, site, { viewport: DESKTOP, language: "id" });
  await openLayer(page);
  const ticks = await page.locator(".year-tick").allInnerTexts();
  assert.deepEqual(ticks, [...YEARS.map(String), "Semua"]);
  await end();
});

test("who is looked for by a province is found to the last of it", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP, language: "id" });
  await openLayer(page);
  await page.locator("#layer-search").fill("Jawa Tengah");
  const within = everybody.filter((one) => one.properties.province === "Jawa Tengah");
  assert.ok(within.length > 20);
  await page.waitForFunction((n) => document.querySelectorAll(".layer-find .result").length === n, within.length);
  await page.locator("#layer-search").fill("kota waringin");
  await page.locator(".layer-find .result", { hasText: "Kotawaringin Timur" }).waitFor();
  await end();
});

test("a mark keeps the focus while the years go by", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP, language: "id" });
  await open(page, `${site.url}/?${INDONESIA}&layer=participants&year=2021`);
  await listed(page);
  // Papua's two are far from everybody else, and there in each of these years.
  const mark = page.locator('.mark[data-participant*="declarator:91"]');
  await mark.focus();
  const held = await page.evaluateHandle(() => document.activeElement);
  for (const year of ["2022", "all"]) {
    await page.evaluate((year) => {
      const slider = document.querySelector("#layer-year");
      slider.value = String(year === "2022" ? 4 : 5);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    }, year);
    await says(page, year === "2022" ? "Angkatan 2022" : /^160 wilayah/);
    assert.ok(await held.evaluate((element) => element === document.activeElement), year);
  }
  await end();
});

test("map, list and sentence are the rows of each year, by the slider and by keys alone", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP, language: "id" });
  await openLayer(page);
  await page.waitForFunction((n) => [...document.querySelectorAll(".mark")].flatMap((m) => m.dataset.participant.split(" ")).length === n, 194);
  assert.equal(await summary(page), "160 wilayah · 34 deklarator");
  await page.locator("#layer-year").focus();
  await page.keyboard.press("Home");
  for (const at of YEARS) {
    const [own, all] = [cohort(at), regions(at)];
    await says(page, `Angkatan ${at}`);
    const since = at === 2017 ? "" : ` · ${all.length} wilayah sejak 2017`.replace(" · ", " · total ");
    assert.equal(await summary(page), `Angkatan ${at}: ${own.length} wilayah${since}`);
    assert.equal(year(page), String(at));
    assert.equal(await page.locator("#layer-year").getAttribute("aria-valuetext"), String(at));
    await page.waitForFunction(
      (ids) => JSON.stringify([...document.querySelectorAll(".mark")].flatMap((m) => m.dataset.participant.split(" ")).sort()) === ids,
      JSON.stringify(placed(at)),
    );
    assert.deepEqual(await drawn(page), placed(at));
    // The list says the same, whole.
    while (await page.locator(".list-more:visible").count()) await page.locator(".list-more:visible").click();
    const cards = page.locator(".card[data-participant]");
    const ids = await cards.evaluateAll((all) => all.map((card) => card.dataset.participant).sort());
    assert.deepEqual(ids, placed(at));
    const bright = await page.locator(".card[data-participant^=k]:not([data-faded])").count();
    assert.equal(bright, own.length, `the cohort of ${at} is vivid`);
    const doubtful = own.filter((one) => DOUBTFUL.includes(one.properties.evidence[one.properties.years.indexOf(at)])).length;
    const dashed = await page.locator(".card[data-participant^=k]:not([data-faded]) .mark-sample[data-doubtful]").count();
    assert.equal(dashed, doubtful, `what is not certain of ${at} has a broken line`);
    const told = await page.locator(".years + .hint").innerText();
    assert.equal(told.includes("belum pasti"), doubtful > 0);
    if (doubtful) assert.match(told, new RegExp(`\\b${doubtful} wilayah belum pasti`));
    await page.locator("#layer-year").focus();
    await page.keyboard.press("ArrowRight");
  }
  await says(page, /^160 wilayah/);
  assert.equal(await page.locator("#layer-year").getAttribute("aria-valuetext"), "Semua tahun");
  await end();
});

test("kinds are left out on map, list and in the sentence", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP, language: "en" });
  await openLayer(page);
  await page.locator(".mark").first().waitFor();
  await page.locator("input[value=declarators]").uncheck();
  await says(page, /^160 regions$/);
  assert.deepEqual(await drawn(page), regions().map((one) => one.id).sort());
  await page.locator("input[value=declarators]").check();
  await page.locator("input[value=regions]").uncheck();
  await says(page, /^34 declarators$/);
  assert.deepEqual(await drawn(page), declarators().map((one) => one.id).sort());
  await page.locator("input[value=declarators]").uncheck();
  await says(page, "No participants are chosen.");
  assert.equal(await page.locator(".mark").count(), 0);
  await end();
});

test("it plays through the years, stops at the end, and when a hand is laid on it", async () => {
  const { page, end } = await visit(browser, site, { language: "id" });
  await page.clock.install();
  await openLayer(page);
  // From now on time passes by the test alone.
  await page.clock.pauseAt(Date.now() + 600_000);
  await page.getByRole("button", { name: "Putar tahun demi tahun" }).click();
  await says(page, "Angkatan 2017");
  for (const at of YEARS.slice(1)) {
    await page.clock.runFor(1200);
    await says(page, `Angkatan ${at}`);
  }
  await page.clock.runFor(1200);
  await says(page, /^160 wilayah/);
  await page.getByRole("button", { name: "Putar tahun demi tahun" }).waitFor();
  await page.clock.runFor(5000);
  assert.equal(year(page), null, "the end is the end");

  await page.getByRole("button", { name: "Putar tahun demi tahun" }).click();
  await says(page, "Angkatan 2017");
  await page.locator("#layer-year").focus();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("button", { name: "Putar tahun demi tahun" }).waitFor();
  await page.clock.runFor(5000);
  assert.equal(year(page), "2018", "who moves it has it");

  await page.getByRole("button", { name: "Putar tahun demi tahun" }).click();
  await page.getByRole("button", { name: "Jeda" }).click();
  await page.clock.runFor(5000);
  assert.equal(year(page), "2018");

  await page.getByRole("button", { name: "Putar tahun demi tahun" }).click();
  await page.evaluate(() => Object.defineProperty(document, "hidden", { value: true, configurable: true }));
  await page.clock.runFor(5000);
  assert.equal(year(page), "2018", "nobody watches a page that is hidden");
  await page.getByRole("button", { name: "Putar tahun demi tahun" }).waitFor();
  await end();
});

test("a search without accents or case moves the map and lights the mark; both of one name are there", async () => {
  const { page, end } = await visit(browser, site, { viewport: PHONE, language: "id" });
  await openLayer(page);
  const results = page.locator(".layer-find .result");
  const names = () => results.evaluateAll((all) => all.map((one) => one.textContent.trim().replace(/\s+/g, " ")));
  for (const [typed, wanted] of [
    ["BANDUNG", ["Kabupaten Bandung Jawa Barat", "Kota Bandung Jawa Barat"]],
    ["bándung", ["Kabupaten Bandung Jawa Barat", "Kota Bandung Jawa Barat"]],
    ["kab. bandung", ["Kabupaten Bandung Jawa Barat"]],
    ["kota bandung", ["Kota Bandung Jawa Barat"]],
    ["deklarator sulawesi tengah", ["Deklarator Sulawesi Tengah Biondi Sandasima"]],
  ]) {
    await page.fill("#layer-search", typed);
    await page.waitForFunction((n) => document.querySelectorAll(".layer-find .result").length === n, wanted.length);
    assert.deepEqual(await names(), wanted, typed);
  }
  await page.fill("#layer-search", "atlantis");
  await page.locator(".layer-find", { hasText: "Tidak ada peserta yang cocok" }).waitFor();
  assert.equal(await results.count(), 0);

  for (const [typed, id, name] of [
    ["kota bandung", "kota:32.73", "Kota Bandung"],
    ["kabupaten bandung", "kabupaten:32.04", "Kabupaten Bandung"],
  ]) {
    await page.fill("#layer-search", typed);
    await page.locator("#layer-search").press("Enter");
    await page.waitForURL(/at=-\d\.\d+,107\.\d+,12&layer=participants$/);
    const mark = page.locator(`.mark[data-participant="${id}"][data-chosen]`);
    await mark.waitFor();
    assert.match(await mark.getAttribute("aria-label"), new RegExp(`^${name}, Jawa Barat, angkatan 20\\d\\d`));
    await page.locator(".layer-find", { hasText: `${name} ditandai di peta.` }).waitFor();
  }
  // The kota shares its spot with the declarator of the province: each can be pressed.
  await page.fill("#layer-search", "kota bandung");
  await page.locator("#layer-search").press("Enter");
  for (const id of ["kota:32.73", "declarator:32"]) {
    await page.locator(`.mark[data-participant="${id}"]`).click({ trial: true });
  }
  await end();
});

test("a result that the year leaves out is shown all the same", async () => {
  const { page, end } = await visit(browser, site, { language: "id" });
  await openLayer(page, "&year=2017");
  await page.fill("#layer-search", "deklarator aceh");
  await page.locator("#layer-search").press("Enter");
  await page.locator('.mark[data-participant="declarator:11"][data-chosen]').waitFor();
  assert.equal(year(page), null, "all years");
  await end();
});

test("a group says how many and where, and a press by key leads to its members, one by one", async () => {
  const { page, end } = await visit(browser, site, { viewport: PHONE, language: "id" });
  await openLayer(page, "", "at=-7.00000,110.42000,6");
  let group = page.locator('.mark[data-mark="group"]').first();
  await group.waitFor();
  assert.match(await group.getAttribute("aria-label"), /^\d+ peserta di sekitar .+; perbesar$/);
  const wanted = (await group.getAttribute("data-participant")).split(" ")[0];
  for (let closer = 0; ; closer += 1) {
    assert.ok(closer < 12, "each press is a closer look");
    const mark = page.locator(`.mark[data-participant~="${wanted}"]`);
    await mark.waitFor();
    if ((await mark.getAttribute("data-participant")) === wanted) break;
    const before = page.url();
    await mark.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.href !== before);
    const focused = await page.evaluate(() => document.activeElement.matches(".mark, .map-ground"));
    assert.ok(focused, "the focus stays on the map");
  }
  await end();
});

test("marks of one spot stand side by side, none hides another", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  for (const at of [SEMARANG, "at=-6.91500,107.61000,10", "at=-6.60000,106.80000,11", INDONESIA]) {
    await openLayer(page, "", at);
    await page.locator(".mark").first().waitFor();
    const boxes = await page.locator(".mark").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
    for (const [index, a] of boxes.entries()) {
      for (const b of boxes.slice(0, index)) {
        const apart = Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
        assert.ok(apart > 43, `${at}: ${apart} px`);
      }
    }
    assert.ok(boxes.every((box) => box.width >= 44 && box.height >= 44) && boxes.length <= 300);
  }
  await end();
});

test("a button stays the same while the map moves, with the focus on it", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  await openLayer(page, "", SEMARANG);
  const mark = page.locator('.mark:not([data-mark="group"])').first();
  await mark.focus();
  const before = page.url();
  await page.evaluate(() => { window.standing = document.activeElement; });
  const box = await mark.boundingBox();
  await page.mouse.move(box.x + 22, box.y + 22);
  await page.mouse.wheel(0, -120);
  await page.waitForURL((url) => url.href !== before);
  await page.waitForFunction(() => window.standing.isConnected && document.activeElement === window.standing);
  await end();
});

test("a card and its mark show that they belong together", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  await openLayer(page, "", SEMARANG);
  await page.locator('.card[data-participant="kota:33.74"]').hover();
  await page.locator('.mark[data-lit][data-participant~="kota:33.74"]').waitFor();
  assert.equal(await page.locator(".mark[data-lit]").count(), 1);
  await page.locator('.mark[data-lit]').hover();
  await page.locator('.card[data-lit][data-participant="kota:33.74"]').waitFor();
  await end();
});

for (const language of LANGUAGES) {
  test(`a region is opened and left again, by keyboard alone (${language})`, async () => {
    const { page, requests, end } = await visit(browser, site, { viewport: DESKTOP, language });
    await openLayer(page, "&year=2019", SEMARANG);
    await page.locator("input[value=declarators]").focus();
    await page.keyboard.press("Space");
    const link = page.locator(".card[data-participant] a").first();
    await link.focus();
    const [href, said, here] = [await link.getAttribute("href"), await summary(page), page.url()];
    assert.match(href, /^participants\/(kota|kabupaten):\d\d\.\d\d$/);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname.endsWith(href));
    await page.goBack();
    await page.locator(".mark").first().waitFor();
    assert.equal(page.url(), here);
    await says(page, said);
    assert.equal(await page.locator("input[value=declarators]").isChecked(), false, "what was left out stays so");
    assert.equal(requests.filter((url) => url.endsWith("/participants")).length, 1);
    await end();
  });
}

test("no participants in a view, and the way on", async () => {
  const { page, end } = await visit(browser, site, { viewport: PHONE, language: "id" });
  await openLayer(page, "", "at=-15.00000,90.00000,9");
  await page.locator(".empty", { hasText: "Coba geser atau perkecil peta." }).waitFor();
  await page.getByRole("button", { name: "Seluruh Indonesia" }).click();
  await page.locator(".mark").first().waitFor();
  await end();
});

test("those without a place and what it is about are one link away, and GeoNames is named", async () => {
  const { page, end } = await visit(browser, site, { viewport: PHONE, language: "id" });
  await openLayer(page);
  const links = await page.locator(".layer-links a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  assert.deepEqual(links, ["participants", "participants", "declaration"]);
  await page.locator(".list-body a", { hasText: "GeoNames" }).waitFor();
  await page.locator(".list-body a", { hasText: "CC BY 4.0" }).waitFor();
  await end();
});

test("without a network it says so, and a press asks again", async () => {
  const { page, end, expect } = await visit(browser, site, { viewport: PHONE, language: "id" });
  expect(/Failed to load resource/);
  await open(page, `${site.url}/?${INDONESIA}`);
  await listed(page);
  await page.route("**/api/v1/participants", (route) => route.abort());
  await button(page).click();
  const failure = page.locator(".failure", { hasText: "Daftar peserta belum dapat dimuat." });
  await failure.waitFor();
  assert.equal(await page.locator(".mark").count(), 0);
  await page.unroute("**/api/v1/participants");
  await page.route("**/api/v1/participants", (route) => route.fulfill({ status: 503, contentType: "text/html", body: "busy" }));
  await failure.getByRole("button").click();
  await failure.waitFor();
  await page.unroute("**/api/v1/participants");
  await page.locator(".failure").getByRole("button").click();
  await page.locator(".mark").first().waitFor();
  await end();
});

test("when the part itself does not come, a press asks again", async () => {
  const { page, end, expect } = await visit(browser, site, { viewport: PHONE, language: "id" });
  expect(/Failed to load resource|Failed to fetch|participants-/);
  await open(page, `${site.url}/?${INDONESIA}`);
  await listed(page);
  await page.route("**/warga-participants-*", (route) => route.abort());
  await button(page).click();
  await page.locator(".home-list .failure").waitFor();
  await page.unroute("**/warga-participants-*");
  await page.locator(".home-list .failure").getByRole("button").click();
  await page.locator(".mark").first().waitFor();
  await end();
});

test("pressed twice at once it is off again, whatever comes late", async () => {
  const { page, end } = await visit(browser, site, { viewport: PHONE });
  await open(page, `${site.url}/?${INDONESIA}`);
  await listed(page);
  await button(page).dblclick();
  await page.locator(".pin, .cluster").first().waitFor();
  assert.ok(!page.url().includes("layer"));
  assert.equal(await page.locator(".mark, .years").count(), 0);
  await end();
});

test("the layer costs at most 12 KiB of data", async () => {
  const { page, end } = await visit(browser, site);
  const [answer] = await Promise.all([page.waitForResponse("**/api/v1/participants"), openLayer(page)]);
  assert.equal(await answer.headerValue("content-encoding"), "br");
  const { responseBodySize } = await answer.request().sizes();
  assert.ok(responseBodySize > 0 && responseBodySize <= 12_288, `${responseBodySize} bytes`);
  await end();
});

for (const look of LOOKS) {
  test(`the layer stands every inspection: ${look.name}`, async () => {
    const { page, end } = await visit(browser, site, look);
    await openLayer(page);
    await page.locator(".mark").first().waitFor();
    await inspect(page, "all years");
    await page.locator(".layer-legend summary").click();
    await page.locator("#layer-year").focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await says(page, "2021");
    await inspect(page, "a year, with the legend");
    await page.locator("#layer-search").pressSequentially("kota");
    await page.locator(".layer-find .result").first().waitFor();
    await inspect(page, "while searching");
    await end();
  });
}

test("it fits the smallest phone, in both halves and both languages", async () => {
  for (const language of LANGUAGES) {
    const { page, end } = await visit(browser, site, { viewport: { width: 320, height: 640 }, language });
    // Where no mark happens to lie under a control of the map.
    await open(page, `${site.url}/?at=-6.92222,107.60694,12`);
    await listed(page);
    const inside = async (what) => {
      const out = await page.locator(".home-tools > *, .list-body > *").evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect()).filter((box) => box.width && (box.left < 0 || box.right > innerWidth)).length);
      assert.equal(out, 0, what);
    };
    await inside(`reports, ${language}`);
    await page.locator(".home-tools [aria-pressed]").click();
    await page.locator(".mark").first().waitFor();
    await inside(`participants, ${language}`);
    await inspect(page, `participants, ${language}`);
    await end();
  }
});
