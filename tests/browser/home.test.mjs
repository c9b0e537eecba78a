// Map and list as a page: its sheet, search, "near me", its states, and every look of it.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DESKTOP, PHONE, launch, listed, open, visit } from "./support/browser.mjs";
import { LOOKS, inspect } from "./support/inspect.mjs";
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

// Where no pin lies under a button of the map.
const BANDUNG = "at=-6.91500,107.61000,11";
const NOWHERE = "at=0.00000,90.00000,10";
const INDONESIA = "at=-2.50000,118.00000,4";

const height = (page) => page.locator(".home").getAttribute("data-sheet");
const stands = (page, wanted) => page.locator(`.home[data-sheet="${wanted}"]`).waitFor();

for (const look of LOOKS) {
  const isPhone = look.viewport.width === PHONE.width;
  test(`map, list, sheet, panels and states stand every look: ${look.name}`, async () => {
    const visited = await visit(browser, site, look);
    visited.expect(/ERR_FAILED|net::/);
    const { page, end } = visited;
    await open(page, `${site.url}/?${BANDUNG}`);
    await listed(page);
    await inspect(page, "map and list");
    if (isPhone) {
      await page.locator(".sheet-handle").focus();
      await page.keyboard.press("End");
      await stands(page, "full");
      await inspect(page, "the sheet, full");
      await page.keyboard.press("Home");
      await stands(page, "peek");
      await listed(page);
      await inspect(page, "the sheet, small");
    }
    await page.locator("#open-filters").click();
    await page.locator("input[name=category][value=road]").waitFor({ state: "attached" });
    await page.locator("input[name=category][value=road]").check();
    await inspect(page, "the filters");
    await page.keyboard.press("Escape");
    await page.locator(".tool-search").click();
    await page.locator(".result").first().waitFor();
    await inspect(page, "the search");

    await open(page, `${site.url}/?${NOWHERE}&category=road&status=received`);
    await listed(page);
    await page.locator(".empty").waitFor();
    await inspect(page, "nothing found");

    await page.route("**/api/v1/reports?*", (route) => route.abort());
    await open(page, `${site.url}/?${BANDUNG}`);
    await page.locator(".failure").waitFor();
    await inspect(page, "a list that failed");
    await end();
  });
}

test("while reports are on their way, cards stand in, and nothing jumps when they come", async () => {
  const { page, end } = await visit(browser, site, { viewport: PHONE });
  let answer;
  await page.route("**/api/v1/reports?*", async (route) => {
    await new Promise((resolve) => { answer = resolve; });
    await route.continue();
  });
  await open(page, `${site.url}/?${BANDUNG}`);
  await page.locator(".card-waiting").first().waitFor({ state: "attached" });
  await inspect(page, "a list that loads");
  answer();
  await listed(page);
  assert.equal(await page.locator(".card-waiting").count(), 0);
  await inspect(page, "the list that came");
  await end();
});

test("the sheet moves by its button, by keys and by the finger; the map ends where it begins", async () => {
  const { page, context, end } = await visit(browser, site, { viewport: PHONE, hasTouch: true, language: "id" });
  await open(page, `${site.url}/?${BANDUNG}`);
  await listed(page);
  const handle = page.locator(".sheet-handle");
  assert.equal(await height(page), "half");
  assert.match(await handle.getAttribute("aria-label"), /setengah layar/);
  assert.equal(await handle.getAttribute("aria-expanded"), "true");

  await handle.click();
  await stands(page, "full");
  const covered = await page.evaluate(() => {
    const { x, y } = document.querySelector(".map-button").getBoundingClientRect();
    return Boolean(document.elementFromPoint(x + 20, y + 20).closest(".home-list"));
  });
  assert.ok(covered, "what lies on the map lies under the sheet");
  await handle.click();
  await stands(page, "peek");
  assert.equal(await handle.getAttribute("aria-expanded"), "false");
  assert.ok(!(await page.locator(".card").first().isVisible()), "what is not seen is not reached");
  const overlap = () => page.evaluate(() => {
    const [map, sheet] = [".map-ground", ".home-list"].map((of) => document.querySelector(of).getBoundingClientRect());
    return map.bottom - sheet.top;
  });
  await page.waitForFunction(() => document.querySelector(".home-list").offsetHeight < 100);
  assert.ok((await overlap()) <= 17, "the map ends at the sheet's round corners");
  await handle.focus();
  await page.keyboard.press("ArrowUp");
  await stands(page, "half");
  await page.keyboard.press("ArrowUp");
  await stands(page, "full");
  await page.keyboard.press("ArrowDown");
  await stands(page, "half");
  await listed(page);

  const touch = await context.newCDPSession(page);
  const drag = async (from, to) => {
    const at = (y) => [{ x: 120, y }];
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(from) });
    for (let step = 1; step <= 5; step += 1) {
      await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(from + ((to - from) * step) / 5) });
    }
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
  const top = async () => (await page.locator(".list-head").boundingBox()).y + 40;
  await page.waitForFunction(() => Math.abs(document.querySelector(".home-list").offsetHeight * 2 - document.querySelector(".home").offsetHeight) < 3);
  await drag(await top(), 150);
  await stands(page, "full");
  await page.waitForFunction(() => document.querySelector(".home-list").offsetHeight > 500);
  await drag(await top(), 730);
  await stands(page, "peek");
  // The page itself never scrolls, and the header stays.
  assert.equal(await page.evaluate(() => scrollY + document.querySelector("main").scrollTop), 0);
  assert.ok(await page.locator("a.button-main").isVisible());
  await end();
});

test("on a desktop map and list stand side by side, without a handle", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  await open(page, `${site.url}/?${BANDUNG}`);
  await listed(page);
  assert.ok(!(await page.locator(".sheet-handle").isVisible()));
  const [map, list] = [await page.locator(".home-map").boundingBox(), await page.locator(".home-list").boundingBox()];
  assert.ok(list.x + list.width <= map.x + 1 && map.height > 700);
  await end();
});

test("the device's position is shown with how sure it is, and the map goes there", async () => {
  const { page, end } = await visit(browser, site, {
    permissions: ["geolocation"],
    geolocation: { latitude: -6.915, longitude: 107.61, accuracy: 300 },
  });
  await open(page, site.url);
  await listed(page);
  await page.locator(".locate .map-button").click();
  await page.waitForURL(/at=-6\.91\d+,107\.6\d+,15/);
  await page.locator(".me").waitFor();
  const across = () => page.locator(".me").evaluate((me) => parseFloat(getComputedStyle(me, "::before").width));
  // 600 m at zoom 15 are 4.74 m a pixel at this latitude.
  assert.ok(Math.abs((await across()) - 126) < 4, `${await across()} px`);
  await page.locator(".map-zoom button").first().click();
  await page.waitForURL(/,16/);
  assert.ok(Math.abs((await across()) - 253) < 6, `${await across()} px a zoom closer`);
  await end();
});

test("a position that is refused, or does not come, is said beside the button", async () => {
  const { page, context, end } = await visit(browser, site, { language: "id" });
  await open(page, `${site.url}/?${BANDUNG}`);
  await listed(page);
  await page.locator(".locate .map-button").click();
  const word = page.locator(".locate-state", { hasText: "Izin lokasi" });
  await word.waitFor();
  const url = page.url();
  await page.locator(".locate-state button").click();
  assert.ok(!(await page.locator(".locate-state .notice").isVisible()));
  assert.equal(page.url(), url, "the map stays");

  await context.grantPermissions(["geolocation"]);
  await page.evaluate(() => {
    Geolocation.prototype.getCurrentPosition = (_, failed) => failed({ code: 2, PERMISSION_DENIED: 1 });
  });
  await page.locator(".locate .map-button").click();
  await page.locator(".locate-state", { hasText: "belum terbaca" }).waitFor();
  await end();
});

test("without a geocoder the names of jurisdictions are found on the device", async () => {
  const { page, requests, end } = await visit(browser, site, { language: "id" });
  await open(page, site.url);
  await listed(page);
  await page.locator(".tool-search").click();
  await page.waitForFunction(() => document.activeElement.id === "search-text");
  const before = requests.length;
  await page.keyboard.type("SURA");
  await page.locator(".panel[open] [role=status]", { hasText: "2 tempat" }).waitFor();
  assert.deepEqual(await page.locator(".result").allInnerTexts(), ["Kota Surakarta", "Kota Surabaya"]);
  await page.keyboard.type("b");
  await page.locator(".panel[open] [role=status]", { hasText: "1 tempat" }).waitFor();
  assert.equal(requests.length, before, "nobody is told what is typed");
  await page.keyboard.press("Enter");
  await page.waitForURL(/at=-7\.\d+,112\.\d+/);
  assert.equal(await page.locator(".panel[open]").count(), 0);
  await page.locator(".tool-search").click();
  await page.locator("#search-text").fill("zzz");
  await page.locator(".panel[open] [role=status]", { hasText: "Tidak ada tempat" }).waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.classList.contains("tool-search"));
  await end();
});

/** A geocoder that answers as it is told, and remembers what it was asked. */
async function startGeocoder() {
  const geocoder = { asked: [], answer: null };
  const server = createServer((request, response) => {
    geocoder.asked.push(request.url);
    const { status = 200, body } = geocoder.answer;
    response.writeHead(status, { "content-type": "application/json", "access-control-allow-origin": "*" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  geocoder.url = `http://127.0.0.1:${server.address().port}`;
  geocoder.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return geocoder;
}

test("a geocoder is asked by a press only, in both of the usual tongues, and its failure is said", async () => {
  const geocoder = await startGeocoder();
  const own = await startSite({ reports: 20 });
  const file = join(own.assets, "site.json");
  const settings = JSON.parse(readFileSync(file, "utf8"));
  settings.search = { url: `${geocoder.url}/api/?q={query}&lang={lang}&limit=5`, attribution: "Geokoder Contoh" };
  writeFileSync(file, JSON.stringify(settings));
  // The policy of the server knows nothing of a geocoder yet.
  const visited = await visit(browser, { ...own, tiles: own.tiles }, { language: "id", bypassCSP: true });
  visited.expect(/stranger: http:\/\/127\.0\.0\.1|500|Failed to load/);
  const { page, end } = visited;
  await open(page, own.url);
  await listed(page);
  await page.locator(".tool-search").click();
  await page.locator("#search-text").fill("jalan braga & kota");
  await page.locator(".panel .hint", { hasText: "Geokoder Contoh" }).waitFor();
  assert.equal(geocoder.asked.length, 0, "typing asks nobody");
  geocoder.answer = { body: { type: "FeatureCollection", features: [{
    geometry: { type: "Point", coordinates: [107.609, -6.918] },
    properties: { name: "Jalan Braga", city: "Bandung", state: "Jawa Barat" },
  }] } };
  await page.keyboard.press("Enter");
  await page.locator(".result", { hasText: "Jalan Braga, Bandung, Jawa Barat" }).click();
  assert.equal(geocoder.asked.length, 1);
  assert.match(geocoder.asked[0], /^\/api\/\?q=jalan%20braga%20%26%20kota&lang=id&limit=5&?$/);
  await page.waitForURL(/at=-6\.918\d*,107\.609\d*,17/);

  await page.locator(".tool-search").click();
  await page.locator("#search-text").fill("bandung");
  geocoder.answer = { body: [{ lat: "-6.92", lon: "107.61", display_name: "Bandung, Jawa Barat", boundingbox: ["-6.97", "-6.83", "107.54", "107.74"] }] };
  await page.locator(".search-form button").click();
  await page.locator(".result", { hasText: "Bandung, Jawa Barat" }).click();
  await page.waitForURL(/at=-6\.9\d+,107\.6\d+,1[0-3]/);

  await page.locator(".tool-search").click();
  await page.locator("#search-text").fill("entah");
  for (const body of ["<html>", { error: "busy" }]) {
    geocoder.answer = { body };
    await page.locator(".search-form button").click();
    await page.locator(".panel .failure").waitFor();
    await page.locator("#search-text").fill(`entah ${geocoder.asked.length}`);
  }
  geocoder.answer = { status: 500, body: {} };
  await page.locator(".search-form button").click();
  await page.locator(".panel .failure").waitFor();
  geocoder.answer = { body: [] };
  await page.locator(".panel .failure button").click();
  await page.locator(".panel[open] [role=status]", { hasText: "Tidak ada tempat" }).waitFor();
  await end();
  await own.close();
  await geocoder.close();
});

test("nothing found: filters are cleared, the map is widened, a report is begun", async () => {
  const { page, end } = await visit(browser, site, { language: "id" });
  await open(page, `${site.url}/?${NOWHERE}&category=road`);
  await listed(page);
  await page.locator(".home-summary", { hasText: "Tidak ada laporan yang cocok" }).waitFor();
  await page.locator(".empty button", { hasText: "Hapus semua" }).click();
  await page.waitForURL((url) => url.search === `?${NOWHERE}`);
  await page.locator(".home-summary", { hasText: "Belum ada laporan" }).waitFor();
  assert.match(await page.locator(".empty a").getAttribute("href"), /reports\/new\?at=0\.0+,90\.0+,10/);
  await page.locator(".empty button", { hasText: "Seluruh Indonesia" }).click();
  await page.locator(".card[data-report]").first().waitFor();
  await end();
});

test("a list that failed comes with another try; without the tables the codes stand in and are asked for again", async () => {
  const visited = await visit(browser, site, { language: "id" });
  visited.expect(/ERR_FAILED|net::|503/);
  const { page, end } = visited;
  await page.route("**/api/v1/reports?*", (route) => route.fulfill({ status: 503, body: "" }));
  await page.route("**/api/v1/site", (route) => route.abort());
  await open(page, `${site.url}/?${BANDUNG}`);
  await page.locator(".failure", { hasText: "Laporan tidak dapat dimuat" }).waitFor();
  await page.unroute("**/api/v1/reports?*");
  await page.locator(".failure button").click();
  await page.locator(".card[data-report]").first().waitFor();
  await page.locator(".failure", { hasText: "Daftar kategori" }).waitFor();
  await page.unroute("**/api/v1/site");
  await page.locator(".failure button").click();
  await page.locator(".failure").waitFor({ state: "detached" });
  // Names, not codes.
  await page.waitForFunction(() => !/^[a-z_]+$/.test(document.querySelector(".card h3").innerText));
  await end();
});

test("a card and its pin light up together, by pointer and by focus", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  await open(page, `${site.url}/?at=-6.91500,107.61000,15`);
  await listed(page);
  const id = await page.locator(".pin").first().getAttribute("data-report");
  const lit = (of) => page.locator(`${of}[data-report="${id}"][data-lit]`);
  await page.locator(`.card[data-report="${id}"]`).hover();
  await lit(".pin").waitFor();
  await page.locator(".home-summary").hover();
  await lit(".pin").waitFor({ state: "detached" });
  await page.locator(`.pin[data-report="${id}"]`).focus();
  await lit(".card").waitFor();
  await page.locator("#open-filters").focus();
  await lit(".card").waitFor({ state: "detached" });
  await end();
});

test("more reports are asked for by a button, follow each once, and take the focus along", async () => {
  const { page, end } = await visit(browser, site, { viewport: PHONE });
  await open(page, `${site.url}/?${INDONESIA}`);
  await listed(page);
  await page.locator(".list-more").focus();
  await page.keyboard.press("Enter");
  await page.locator(".card[data-report]").nth(45).waitFor();
  await page.waitForFunction(() => {
    const card = document.activeElement.closest(".card");
    return card && [...document.querySelectorAll(".card")].indexOf(card) === 30;
  });
  const ids = await page.locator(".card[data-report]").evaluateAll((cards) => cards.map((card) => card.dataset.report));
  assert.equal(new Set(ids).size, ids.length);
  await end();
});

test("the way back from a report leads to the same list at the same place", async () => {
  const { page, end } = await visit(browser, site, { viewport: PHONE });
  await open(page, `${site.url}/?${INDONESIA}&status=received,verified,in_progress,resolved`);
  await listed(page);
  await page.locator(".list-more").click();
  await page.locator(".card[data-report]").nth(45).waitFor();
  await listed(page);
  const count = await page.locator(".card[data-report]").count();
  await page.locator(".sheet-handle").focus();
  await page.keyboard.press("End");
  await page.locator(".card[data-report]").nth(40).scrollIntoViewIfNeeded();
  const scrolled = () => page.locator(".list-body").evaluate((body) => body.scrollTop);
  const before = await scrolled();
  assert.ok(before > 1000);
  const url = page.url();
  await page.locator(".card[data-report]").nth(40).locator("a").click();
  await page.waitForURL("**/reports/*");
  await page.locator("a.back").click();
  await page.waitForURL(url);
  await listed(page);
  assert.equal(await page.locator(".card[data-report]").count(), count, "all pages are still there");
  assert.equal(await height(page), "full");
  await page.waitForFunction((was) => Math.abs(document.querySelector(".list-body").scrollTop - was) < 200, before);
  await end();
});

test("a photo has its place in the card before it comes", async () => {
  const { page, context, end } = await visit(browser, site, { viewport: PHONE });
  await open(page, `${site.url}/?${BANDUNG}`);
  await listed(page);
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(640, 480);
    const draw = canvas.getContext("2d");
    draw.fillStyle = "#886644";
    draw.fillRect(0, 0, 640, 480);
    const blob = await canvas.convertToBlob({ type: "image/jpeg" });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const api = `${site.url}/api/v1`;
  const { token } = await (await fetch(`${api}/devices`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" })).json();
  const id = () => {
    const time = Date.now().toString(16).padStart(12, "0");
    const random = [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`;
  };
  const [photo, report] = [id(), id()];
  const send = (path, body, type) =>
    fetch(`${api}/${path}`, { method: "PUT", headers: { authorization: `Bearer ${token}`, "content-type": type }, body });
  assert.equal((await send(`photos/${photo}`, Uint8Array.from(bytes), "image/jpeg")).status, 201);
  const body = { category: "road", description: "Lubang besar.", lat: -6.915, lng: 107.61, photos: [photo] };
  assert.equal((await send(`reports/${report}`, JSON.stringify(body), "application/json")).status, 201);

  await context.route("**/photos/*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  await page.reload();
  await listed(page);
  const image = page.locator(`.card[data-report="${report}"] img`);
  const room = await image.boundingBox();
  assert.deepEqual([room.width, room.height], [80, 80]);
  await page.waitForFunction((of) => document.querySelector(of).naturalWidth > 0, `.card[data-report="${report}"] img`);
  assert.equal(await image.getAttribute("loading"), "lazy");
  await inspect(page, "a card with a photo");
  await end();
});
