// The Smart City Movement: its figures, pictures and names, and a page for each participant. What is shown is held
// against the tables of `data/` themselves.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { LANGUAGES, launch, open, visit } from "./support/browser.mjs";
import { LOOKS, inspect } from "./support/inspect.mjs";
import { device } from "./support/reports.mjs";
import { startSite } from "./support/site.mjs";

let site, browser;
before(async () => {
  site = await startSite({ reports: 600 });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const words = (language) => JSON.parse(readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), "utf8"));

/** A table of `data/participants`, a row an object. */
function rows(name) {
  const text = readFileSync(new URL(`../../data/participants/${name}.csv`, import.meta.url), "utf8");
  const [head, ...lines] = text.trim().split("\n").map((line) => {
    const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g).map((cell) => cell.replace(/,$/, "").replace(/^"|"$/g, ""));
    return cells;
  });
  return lines.map((cells) => Object.fromEntries(head.map((column, nth) => [column, cells[nth]])));
}

const cohorts = rows("cohorts");
const YEARS = [2017, 2018, 2019, 2021, 2022];
const ofYear = (year) => cohorts.filter((row) => Number(row.year) === year);
const codes = new Set(cohorts.map((row) => row.code));

/** Opens the movement's page and waits until its numbers are there. */
async function openMovement(page) {
  await open(page, `${site.url}/participants`);
  await page.locator(".figures").waitFor();
}

async function openParticipant(page, id) {
  await open(page, `${site.url}/participants/${id}`);
  await page.locator(".participant h1:not(.unseen)").waitFor();
  await page.locator('.participant[aria-busy="false"]').waitFor();
}

/** Waits until what a region's government is asked for is there. */
async function reported(page) {
  await page.locator('#reports[aria-busy="false"]').waitFor();
  await page.locator('#reports [aria-busy="true"]').waitFor({ state: "detached" });
}

const texts = (locator) => locator.allInnerTexts();
const cells = async (page, table) =>
  page.locator(`${table} tbody tr`).evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
/** Opens everything that is folded. */
const unfold = (page) => page.evaluate(() => document.querySelectorAll("details.folded").forEach((it) => { it.open = true; }));

for (const look of LOOKS) {
  const say = words(look.language);

  test(`the movement holds at ${look.name}`, async () => {
    const { page, end } = await visit(browser, site, look);
    await openMovement(page);
    assert.equal(await page.title(), `${say.movement.title} · Warga`);
    await inspect(page, "the movement");
    await page.fill("#regions-search", "bandung");
    await page.locator(".regions-found", { hasText: /^2 / }).waitFor();
    await inspect(page, "the movement, searched");
    await page.fill("#regions-search", "zzz");
    await page.locator(".regions-found", { hasText: say.movement.no_match }).waitFor();
    await inspect(page, "the movement, nothing found");
    await page.fill("#regions-search", "");
    await unfold(page);
    await inspect(page, "the movement, unfolded");
    await end();
  });

  test(`the pages of participants hold at ${look.name}`, async () => {
    const visited = await visit(browser, site, look);
    visited.expect(/404/);
    const { page, end } = visited;
    for (const id of ["kota:32.73", "kota:32.76", "kabupaten:52.03", "declarator:72", "declarator:11", "ministry:kominfo"]) {
      await openParticipant(page, id);
      if (id.startsWith("ko") || id.startsWith("ka")) await reported(page);
      await inspect(page, id);
    }
    await openParticipant(page, "kota:99.99");
    await page.locator("h1", { hasText: say.participant.missing }).waitFor();
    await inspect(page, "an unknown participant");
    await end();
  });
}

test("both figures stand there, apart, and each is called what it is", async () => {
  for (const language of LANGUAGES) {
    const say = words(language).movement;
    const { page, end } = await visit(browser, site, { language });
    await openMovement(page);
    assert.deepEqual(await texts(page.locator(".figure h3")), [say.claimed, say.counted]);
    assert.deepEqual(await texts(page.locator(".figure-number")), ["191", String(codes.size)]);
    assert.equal(codes.size, 160);
    const claimed = page.locator(".figure-claimed");
    assert.match(await claimed.innerText(), /2022/);
    assert.match(await claimed.locator("a").getAttribute("href"), /^https?:/);
    assert.equal(await claimed.locator("a").getAttribute("rel"), "noopener external");
    const counted = await page.locator(".figure-counted").innerText();
    const provinces = new Set(cohorts.map((row) => row.province)).size;
    assert.ok(counted.includes(String(cohorts.length)) && counted.includes(`${provinces}`), counted);
    assert.equal(provinces, 29);
    assert.ok(!counted.includes("191"));
    await end();
  }
});

test("what is shown by year equals the rows, in the drawing, its label and its table", async () => {
  assert.deepEqual(YEARS.map((year) => ofYear(year).length), [26, 50, 25, 45, 23]);
  const { page, end } = await visit(browser, site);
  const say = words("id").movement;
  await openMovement(page);
  await unfold(page);
  assert.deepEqual((await page.locator(".growth-counted").allTextContents()).map(Number), [26, 50, 25, 45, 23]);
  assert.deepEqual((await page.locator(".growth-claimed").allTextContents()).map(Number), [25, 50, 25, 48, 50]);
  assert.deepEqual(await page.locator(".growth-year").allTextContents(), ["2017", "2018", "2019", "2020", "2021", "2022"]);
  const label = await page.locator("svg.growth").getAttribute("aria-label");
  const doubtful = (year, grade) => ofYear(year).filter((row) => row.evidence === grade).length;
  const table = await cells(page, "#growth-table");
  for (const year of YEARS) {
    const n = ofYear(year).length;
    assert.ok(label.includes(`${year}: terhitung ${n},`), label);
    const row = table.find((row) => row[0] === String(year));
    const [inferred, disputed] = [doubtful(year, "inferred"), doubtful(year, "disputed")];
    assert.deepEqual(row.slice(1, 5), [n, n - inferred - disputed, inferred, disputed].map(String));
  }
  // A year without a cohort is a gap, not nothing at all.
  assert.equal(table.find((row) => row[0] === "2020")[1], say.no_cohort);
  assert.ok(label.includes(`2020: ${say.no_cohort}`), label);
  await end();
});

test("each claim has its source, and beside it what is counted and in what the two differ", async () => {
  const { page, end } = await visit(browser, site);
  await openMovement(page);
  const claims = rows("claims");
  const shown = await cells(page, "#claims");
  assert.equal(shown.length, claims.length);
  const counted = (year) => shown.find((row) => row[0] === `Angkatan ${year}`)[2];
  assert.match(counted(2022), /^23Bila klaim itu benar, 27 namanya belum kami temukan\.$/);
  assert.match(counted(2021), /^45Bila klaim itu benar, sedikitnya 3 namanya belum kami temukan\. 6 disimpulkan/);
  assert.match(counted(2017), /^261 lebih banyak daripada klaim\. 1 masih diperdebatkan/);
  assert.match(counted(2018), /^50Sama dengan klaim\.$/);
  // What is doubtful in a year is so in every total after it.
  const total = shown.find((row) => row[0] === "Total sampai 2022")[2];
  assert.match(total, /^160.*31 lebih sedikit daripada klaim\. 6 disimpulkan.* 1 masih diperdebatkan/);
  const links = await page.locator("#claims tbody a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.deepEqual(links, claims.map((claim) => claim.source));
  const nobody = claims.findIndex((claim) => !claim.speaker_id);
  assert.ok(shown[nobody][1].includes(words("id").movement.speaker_unknown), shown[nobody][1]);
  const never = claims.findIndex((claim) => !claim.said_on);
  assert.ok(shown[never][1].includes(words("id").movement.date_unknown), shown[never][1]);
  await end();
});

test("the tiles and their table tell every province's share", async () => {
  const { page, end } = await visit(browser, site);
  await openMovement(page);
  await unfold(page);
  const provinces = rows("provinces");
  const share = (province) => new Set(cohorts.filter((row) => row.code.startsWith(`${province.code}.`)).map((row) => row.code)).size;
  const table = await cells(page, "#tiles-table");
  assert.deepEqual(
    table.map(([name, , part]) => [name, part]),
    provinces.map((province) => [province.name, `${share(province)} dari ${province.regencies}`]),
  );
  assert.equal(new Set(table.map(([, short]) => short)).size, 38);
  assert.deepEqual(
    await page.locator("svg.tiles .tile title").allTextContents(),
    provinces.map((province) => `${province.name}: ${share(province)} dari ${province.regencies} kabupaten/kota`),
  );
  const places = await page.locator("svg.tiles .tile rect").evaluateAll((all) => all.map((it) => `${it.getAttribute("x")},${it.getAttribute("y")}`));
  assert.equal(new Set(places).size, 38, "no tile lies on another");
  // Nobody with a region that takes part has the shade of those who have none.
  const steps = await page.locator("svg.tiles .tile").evaluateAll((all) => all.map((it) => Number(it.dataset.step)));
  steps.forEach((step, nth) => assert.equal(step === 0, share(provinces[nth]) === 0, provinces[nth].name));
  await end();
});

test("the letters of the tiles stand out from every shade, and the smallest are readable at 320 px", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, end } = await visit(browser, site, { viewport: { width: 320, height: 640 }, colorScheme });
    await openMovement(page);
    const tiles = await page.locator("svg.tiles .tile").evaluateAll((all) =>
      all.map((tile) => ({
        step: tile.dataset.step,
        ground: getComputedStyle(tile.querySelector("rect")).fill,
        ink: getComputedStyle(tile.querySelector("text")).fill,
        high: tile.querySelector(".tile-name").getBoundingClientRect().height,
        fits: tile.querySelector(".tile-name").getBoundingClientRect().width <= tile.querySelector("rect").getBoundingClientRect().width,
      })),
    );
    const light = (colour) => {
      const [r, g, b] = colour.match(/\d+/g).map((n) => n / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    for (const { step, ground, ink, high, fits } of tiles) {
      const [a, b] = [light(ground), light(ink)].sort((a, b) => b - a);
      assert.ok((a + 0.05) / (b + 0.05) >= 4.5, `${colorScheme}, step ${step}: ${ink} on ${ground}`);
      assert.ok(high >= 10 && fits, `${high} px`);
    }
    assert.ok(new Set(tiles.map(({ step }) => step)).size === 5, "every step is there to be looked at");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing sticks out");
    await unfold(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing sticks out, unfolded");
    await end();
  }
});

test("all regions are listed once with their years, by province", async () => {
  const { page, end } = await visit(browser, site);
  await openMovement(page);
  const listed = await page.locator(".regions-list li").evaluateAll((all) =>
    all.map((it) => [
      it.querySelector("a").getAttribute("href").replace(/.*:/, ""),
      it.querySelector("a").textContent,
      [...it.querySelectorAll(".year")].map((year) => year.textContent),
    ]),
  );
  const doubts = { inferred: ` ${words("id").participant.evidence_inferred}`, disputed: ` ${words("id").participant.evidence_disputed}` };
  const expected = [...codes].sort().map((code) => {
    const of = cohorts.filter((row) => row.code === code);
    return [code, of[0].name, of.map((row) => `${row.year}${doubts[row.evidence] ?? ""}`).sort()];
  });
  assert.deepEqual(listed, expected);
  assert.deepEqual(listed.find(([code]) => code === "32.76")[2], ["2018", "2019"]);
  await end();
});

test("a region is found without case and accents, by kind, name and province, and how many is said", async () => {
  const { page, end } = await visit(browser, site);
  await openMovement(page);
  const found = async (text, n) => {
    await page.fill("#regions-search", text);
    await page.locator(".regions-found", { hasText: new RegExp(`^${n} wilayah`) }).waitFor();
    return texts(page.locator(".regions-list a"));
  };
  assert.deepEqual(await found("kab. BÁNDUNG", 1), ["Kabupaten Bandung"]);
  assert.deepEqual(await found("kota bandung", 1), ["Kota Bandung"]);
  const east = new Set(cohorts.filter((row) => row.province === "35").map((row) => row.code));
  assert.equal((await found("jawa timur", east.size)).length, east.size);
  await page.fill("#regions-search", "wakanda");
  await page.locator(".regions-found", { hasText: words("id").movement.no_match }).waitFor();
  assert.equal(await page.locator(".regions-group").count(), 0);
  await page.fill("#regions-search", "");
  await page.locator(".regions-found", { hasText: /^160 wilayah/ }).waitFor();
  await end();
});

test("34 declarators: two by name, the others said to be unpublished, each with its sources", async () => {
  const { page, end } = await visit(browser, site);
  const say = words("id");
  await openMovement(page);
  await unfold(page);
  const table = await cells(page, "#declarators-table");
  assert.equal(table.length, 34);
  const named = rows("declarators").filter((row) => row.name);
  assert.deepEqual(table.map(([, name]) => name).filter((name) => name !== say.movement.unnamed), named.map((row) => row.name));
  assert.equal(named.length, 2);
  const links = await page.locator("#declarators-table tbody tr").evaluateAll((all) => all.map((row) => row.querySelectorAll("td a[href^=http]").length));
  assert.ok(links.every((n) => n > 0), links.join());
  await page.locator("#declarators-table a", { hasText: "Sulawesi Tengah" }).click();
  await page.locator("h1", { hasText: "Biondi Sandasima" }).waitFor();
  await openParticipant(page, "declarator:11");
  await page.locator("h1", { hasText: "Deklarator Aceh" }).waitFor();
  await page.locator("p", { hasText: say.participant.declared_unnamed }).waitFor();
  await end();
});

test("a region of several years tells each with its evidence and source", async () => {
  const { page, end } = await visit(browser, site);
  const say = words("id").participant;
  await openParticipant(page, "kota:32.76");
  assert.deepEqual(await texts(page.locator(".cohort .year")), ["2018", "2019"]);
  const sources = cohorts.filter((row) => row.code === "32.76").map((row) => row.source);
  assert.deepEqual(await page.locator(".cohort a").evaluateAll((all) => all.map((link) => link.getAttribute("href"))), sources);
  assert.ok((await page.locator(".cohort").first().innerText()).includes(say.evidence_list_text));
  // Its government is not one of this portal's: no numbers are made up.
  await page.locator("#reports p", { hasText: "belum mencantumkan pemerintah Kota Depok" }).waitFor();
  assert.match(await page.locator("#place .button").getAttribute("href"), /^\.\/\?at=-6\.40000,106\.81861,\d+&layer=participants$/);
  // One that is disputed says so.
  const disputed = cohorts.find((row) => row.evidence === "disputed");
  await openParticipant(page, `${disputed.kind}:${disputed.code}`);
  assert.ok((await page.locator(".cohort").first().innerText()).includes(say.evidence_disputed_text));
  await end();
});

test("a kabupaten and a kota of the same name are two", async () => {
  const { page, end } = await visit(browser, site);
  await openParticipant(page, "kabupaten:32.04");
  assert.equal(await page.locator("h1").innerText(), "Kabupaten Bandung");
  await openParticipant(page, "kota:32.73");
  assert.equal(await page.locator("h1").innerText(), "Kota Bandung");
  await end();
});

test("a region's reports are counted by status and by all six dimensions, as the API counts them", async () => {
  const phone = await device(site);
  await phone.report({ category: "road", lat: -6.9175, lng: 107.6191 });
  const { page, end } = await visit(browser, site);
  await openParticipant(page, "kota:32.73");
  await reported(page);
  const counted = await site.api("statistics?jurisdiction=32.73");
  const { categories } = await site.api("site");
  const sum = (fits) => counted.by.filter(fits).reduce((sum, by) => sum + by.reports, 0);
  const total = await page.locator(".reports-total").innerText();
  assert.equal(total, `${counted.reports} laporan`);
  const numbers = await page.locator("#reports .bars").evaluateAll((lists) =>
    lists.map((list) => [...list.querySelectorAll(".bars-number")].map((number) => Number(number.textContent))),
  );
  const STATUSES = ["received", "verified", "in_progress", "resolved", "rejected", "duplicate"];
  assert.deepEqual(numbers[0], STATUSES.map((status) => sum((by) => by.status === status)));
  const DIMENSIONS = ["governance", "branding", "economy", "living", "society", "environment"];
  const of = Object.fromEntries(categories.map((category) => [category.code, category.dimension]));
  assert.deepEqual(numbers[1], DIMENSIONS.map((dimension) => sum((by) => of[by.category] === dimension)));
  assert.equal(numbers[1].length, 6);
  assert.equal(await page.locator("#reports .card").count(), 3);
  // The way to them on the map shows that government's alone.
  await page.locator("#reports .buttons a").click();
  await page.locator('.home-list[aria-busy="false"]').waitFor();
  assert.match(page.url(), /jurisdiction=32\.73/);
  await end();
});

test("a government without reports is told so warmly, with the way to the first", async () => {
  const empty = await startSite({ reports: 0 });
  try {
    const { page, end } = await visit(browser, empty);
    await open(page, `${empty.url}/participants/kota:32.73`);
    await page.locator(".reports-none", { hasText: "Kota Bandung" }).waitFor();
    await inspect(page, "no reports");
    await page.locator(".reports-none a").click();
    await page.locator("#description").waitFor();
    await end();
  } finally {
    await empty.close();
  }
});

test("an unknown id says so, leads on, and is kept by no search engine", async () => {
  const visited = await visit(browser, site);
  visited.expect(/404/);
  const { page, end } = visited;
  const say = words("id").participant;
  for (const id of ["kota:99.99", "declarator:99", "ministry:nobody"]) {
    await openParticipant(page, id);
    await page.locator("h1", { hasText: say.missing }).waitFor();
    assert.equal(await page.locator('meta[name="robots"]').getAttribute("content"), "noindex");
  }
  await page.locator(".participant .button", { hasText: say.all }).click();
  await page.locator(".figures").waitFor();
  assert.equal(await page.locator('meta[name="robots"]').count(), 0);
  await end();
});

test("a network that fails is said, and asked again", async () => {
  const visited = await visit(browser, site);
  visited.expect(/net::|Failed to load resource/);
  const { page, end } = visited;
  await page.route("**/participants/summary", (route) => route.abort());
  await open(page, `${site.url}/participants`);
  await page.locator(".failure", { hasText: words("id").movement.failed }).waitFor();
  await inspect(page, "the movement did not come");
  await page.unroute("**/participants/summary");
  await page.locator(".failure button").click();
  await page.locator(".figures").waitFor();
  await page.route("**/statistics**", (route) => route.fulfill({ status: 503, contentType: "text/html", body: "busy" }));
  await openParticipant(page, "kota:32.73");
  await page.locator("#reports .failure").waitFor();
  await page.unroute("**/statistics**");
  await page.locator("#reports .failure button").click();
  await page.locator(".reports-total").waitFor();
  await end();
});

test("from the menu to a region and back by keys alone, in both languages", async () => {
  for (const language of LANGUAGES) {
    const { page, end } = await visit(browser, site, { language });
    const { keyboard } = page;
    const say = words(language);
    await open(page, `${site.url}/about`);
    await page.locator("main h1").waitFor();
    await page.focus("#menu-button");
    await keyboard.press("Enter");
    await keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), say.menu.movement);
    await keyboard.press("Enter");
    await page.locator(".figures").waitFor();
    await page.focus("#regions-search");
    await keyboard.type("kota depok");
    await page.locator(".regions-found", { hasText: /^1 / }).waitFor();
    // The province's line, then the region in it.
    await keyboard.press("Tab");
    await keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Kota Depok");
    await keyboard.press("Enter");
    await page.locator("h1", { hasText: "Kota Depok" }).waitFor();
    assert.equal(await page.title(), "Kota Depok · Warga");
    await page.goBack();
    await page.locator(".figures").waitFor();
    await end();
  }
});
