// The form of a new report: every way to fill it in, every state, in every look; nothing typed or photographed is lost.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { PHONE, launch, open, visit } from "./support/browser.mjs";
import { CAMERA, cameraPhoto, chooseCategory, fillReport, reviewReport, sendReport } from "./support/form.mjs";
import { LOOKS, inspect } from "./support/inspect.mjs";
import { startSite } from "./support/site.mjs";

const AT = "reports/new?at=-6.91500,107.61000,15";
const HERE = { latitude: -6.915, longitude: 107.61, accuracy: 42.3 };
const words = (language) => JSON.parse(readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), "utf8"));
const id = words("id");

let site, browser;
before(async () => {
  site = await startSite({ reports: 60 });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const file = (name, buffer, mimeType = "image/jpeg") => ({ name, mimeType, buffer });
const focused = (page) => page.evaluate(() => document.activeElement.id);
const choice = (page, name) => page.locator("label.choice", { has: page.locator(`#${name}`) });

/** Opens the form, with its categories there. */
async function form(page, path = AT) {
  await open(page, `${site.url}/${path}`);
  await page.locator("#category-road, button#category").first().waitFor({ state: "attached" });
}

/** The report whose page is open once it has arrived. */
async function arrived(page) {
  await page.locator(".sent").waitFor();
  return site.api(`reports/${page.url().split("/").at(-1)}`);
}

/** The photos that the browser keeps, as the form would send them. */
async function keptPhotos(page) {
  const kept = await page.evaluate(async () => {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open("warga");
      Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) });
    });
    const all = await new Promise((resolve) => {
      const request = database.transaction("photos").objectStore("photos").getAll();
      request.onsuccess = () => resolve(request.result);
    });
    database.close();
    return Promise.all(all.map(async (blob) => {
      const { width, height } = await createImageBitmap(blob);
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = "";
      for (let at = 0; at < bytes.length; at += 10000) text += String.fromCharCode(...bytes.subarray(at, at + 10000));
      return { type: blob.type, size: blob.size, width, height, text };
    }));
  });
  return kept;
}

for (const look of LOOKS) {
  test(`the form in every state: ${look.name}`, async () => {
    const { page, end } = await visit(browser, site, look);
    await form(page);
    await inspect(page, "empty");
    await page.locator("button[type=submit]").click();
    await page.locator("#form-errors").waitFor();
    await inspect(page, "with errors");
    await fillReport(page, { category: "fire", text: "Asap tebal dari gudang kosong.", address: "Belakang terminal" });
    assert.ok(await page.locator(".callout").isVisible(), "whom to call stands out");
    assert.equal(await page.locator(".field-error:visible").count(), 0, "what was mended is no longer complained of");
    await page.setInputFiles("#photos", file("a.jpg", await cameraPhoto(page, 600, 400)));
    await page.locator(".photo img").waitFor();
    await choice(page, "visibility-public").click();
    await page.fill("#name", "Siti Aminah");
    await inspect(page, "filled in");
    await page.locator("#discard").click();
    await inspect(page, "asked whether to delete");
    await page.locator("#discard-no").click();
    await reviewReport(page);
    await inspect(page, "looked at");
    await page.locator(".reviewed button").first().click();
    await choice(page, "place-way-words").click();
    await page.locator("#jurisdiction").waitFor();
    await inspect(page, "without a map");
    await end();
  });
}

test("a photo goes up small, upright and without the camera's notes", async () => {
  const { page, end } = await visit(browser, site);
  await form(page);
  const original = await cameraPhoto(page, 3000, 2000, 6);
  assert.ok(original.includes(CAMERA));
  await page.setInputFiles("#photos", file("IMG_1.jpg", original));
  await page.locator(".photo img").waitFor();
  const [kept] = await keptPhotos(page);
  assert.deepEqual([kept.type, kept.width, kept.height], ["image/jpeg", 1067, 1600], "shrunk, and turned as the camera was held");
  assert.ok(kept.size < original.length / 2, `${kept.size} of ${original.length} bytes`);
  assert.ok(!kept.text.includes(CAMERA) && !kept.text.includes("Exif"), "nothing of the camera leaves the phone");
  await fillReport(page, { text: "Pohon condong ke jalan." });
  await sendReport(page);
  const report = await arrived(page);
  assert.deepEqual(report.photos.map(({ width, height }) => [width, height]), [[1067, 1600]]);
  const stored = Buffer.from(await (await fetch(`${site.url}/api/v1/photos/${report.photos[0].id}`)).arrayBuffer());
  assert.ok(stored.length > 1000 && !stored.includes(CAMERA));
  assert.deepEqual(await keptPhotos(page), [], "what has arrived is no longer kept");
  await end();
});

test("photos survive a reload, are taken away by name, and three are enough", async () => {
  const { page, end } = await visit(browser, site);
  await form(page);
  const jpeg = await cameraPhoto(page, 400, 300);
  await page.setInputFiles("#photos", [1, 2].map((n) => file(`${n}.jpg`, jpeg)));
  await page.locator(".photo img").nth(1).waitFor();
  await page.reload();
  await page.locator(".photo img").nth(1).waitFor();
  await page.getByRole("button", { name: "Hapus foto 1" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".photo img").length === 1);
  assert.equal((await keptPhotos(page)).length, 1);
  await page.setInputFiles("#photos", [1, 2, 3].map((n) => file(`${n}.jpg`, jpeg)));
  await page.locator(".photo img").nth(2).waitFor();
  assert.match(await page.locator(".field-error", { hasText: "Paling banyak 3 foto" }).textContent(), /3/);
  assert.ok(!(await page.locator(".photo-add").isVisible()), "no room for a fourth");
  await end();
});

test("a file that is no photo is named, and HEIC gets advice", async () => {
  const { page, end } = await visit(browser, site);
  await form(page);
  await page.setInputFiles("#photos", [file("surat.jpg", Buffer.from("bukan gambar")), file("IMG_7.HEIC", Buffer.from("ftypheic"), "image/heic")]);
  await page.locator(".field-error", { hasText: "“surat.jpg” bukan foto" }).waitFor();
  await page.locator(".field-error", { hasText: "“IMG_7.HEIC” adalah foto HEIC" }).waitFor();
  assert.equal(await page.locator(".photo img").count(), 0);
  await end();
});

test("an upload that is cut goes on under the same id", async () => {
  const visited = await visit(browser, site);
  visited.expect(/ERR_FAILED|net::/);
  const { page, end } = visited;
  const asked = [];
  await page.route("**/api/v1/photos/*", async (route) => {
    if (route.request().method() !== "PUT") return route.continue();
    asked.push(route.request().url());
    return asked.length === 2 ? route.abort("connectionreset") : route.continue();
  });
  await form(page);
  await fillReport(page, { text: "Trotoar ambles, dua foto." });
  const jpeg = await cameraPhoto(page, 500, 400);
  await page.setInputFiles("#photos", [1, 2].map((n) => file(`${n}.jpg`, jpeg)));
  await page.locator(".photo img").nth(1).waitFor();
  await sendReport(page);
  const failure = page.locator(".failure", { hasText: id.photo.not_sent });
  await failure.waitFor();
  assert.ok(await page.locator(".reviewed button").first().isVisible(), "nothing is sealed yet: it may still be changed");
  await failure.locator("button").click();
  const report = await arrived(page);
  assert.equal(asked.length, 3, "the first photo does not go up again");
  assert.equal(asked[1], asked[2]);
  assert.deepEqual(report.photos.map((photo) => photo.id), [asked[0], asked[1]].map((url) => url.split("/").at(-1)));
  await end();
});

test("photos that the server does not find go up once more", async () => {
  const visited = await visit(browser, site);
  visited.expect(/422/);
  const { page, end } = visited;
  const { token } = await (await fetch(`${site.url}/api/v1/devices`, {
    method: "POST", headers: { "content-type": "application/json" }, body: "{}",
  })).json();
  let strange = 0;
  // As if the device's token had ended in between: the report comes from a device that never sent these photos.
  await page.route("**/api/v1/reports/*", async (route) => {
    const headers = { ...route.request().headers() };
    if (route.request().method() === "PUT" && strange === 0) {
      strange += 1;
      headers.authorization = `Bearer ${token}`;
    }
    await route.continue({ headers });
  });
  await form(page);
  await fillReport(page, { text: "Lampu taman pecah, ada foto." });
  await page.setInputFiles("#photos", file("a.jpg", await cameraPhoto(page, 500, 400)));
  await page.locator(".photo img").waitFor();
  await sendReport(page);
  assert.equal((await arrived(page)).photos.length, 1);
  assert.equal(strange, 1);
  await end();
});

test("photos that another report has taken go up under ids of their own", async () => {
  const visited = await visit(browser, site);
  visited.expect(/409|422/);
  const { page, context, end } = visited;
  await form(page);
  await fillReport(page, { text: "Foto yang sama, tab pertama." });
  await page.setInputFiles("#photos", file("a.jpg", await cameraPhoto(page, 500, 400)));
  await page.locator(".photo img").waitFor();
  const second = await context.newPage();
  await form(second);
  await second.locator(".photo img").waitFor();
  await second.fill("#description", "Foto yang sama, tab kedua.");
  await sendReport(page);
  const first = await arrived(page);
  await sendReport(second);
  await second.locator(".notice[role=alert]").waitFor();
  await second.locator("button[type=submit]").click();
  const other = await arrived(second);
  assert.equal(other.photos.length, 1);
  assert.notEqual(other.photos[0].id, first.photos[0].id);
  await end();
});

test("in words alone: the centre of a jurisdiction, and the report says that it is only that", async () => {
  const { page, end } = await visit(browser, site);
  await form(page, "reports/new");
  await choice(page, "place-way-words").click();
  await chooseCategory(page, "waste");
  await page.fill("#description", "Tumpukan sampah di pinggir kali.");
  await page.locator("button[type=submit]").click();
  await page.locator('#form-errors a[href="#jurisdiction"]').click();
  assert.equal(await focused(page), "jurisdiction");
  await page.selectOption("#jurisdiction", "32.73");
  await page.locator('#form-errors a[href="#address"]').click();
  await page.keyboard.type("Jl. Braga, belakang gedung tua");
  assert.equal(await page.locator(".field-error:visible").count(), 0);
  await reviewReport(page);
  await page.locator(".reviewed", { hasText: "titik di peta hanya perkiraan: pusat Kota Bandung" }).waitFor();
  await page.locator("button[type=submit]").click();
  const report = await arrived(page);
  const { jurisdictions } = await site.api("site");
  const bandung = jurisdictions.find((place) => place.code === "32.73");
  assert.deepEqual([report.lat, report.lng], bandung.center);
  assert.equal(report.jurisdiction, "32.73");
  assert.equal(report.address, "Jl. Braga, belakang gedung tua (titik di peta hanya perkiraan: pusat Kota Bandung)");
  await end();
});

test("the device's position comes with its accuracy, and goes where the pin is moved", async () => {
  const { page, end } = await visit(browser, site, { permissions: ["geolocation"], geolocation: HERE });
  await form(page, "reports/new");
  await page.locator("#place").click();
  await page.locator(".place-state", { hasText: "Pin di -6.91500, 107.61000, akurasi ±43 m" }).waitFor();
  const circle = await page.locator(".map-accuracy").evaluate((element) => element.offsetWidth);
  assert.ok(circle > 40 && circle < 120, `85 m at zoom 17 are about 71 pixels, not ${circle}`);
  await page.locator(".map-picker .map-zoom button").first().click();
  await page.waitForFunction((before) => document.querySelector(".map-accuracy").offsetWidth > before * 1.8, circle);
  assert.match(await page.locator(".place-state").textContent(), /±43/, "a closer look is the same place");
  await page.locator(".map-picker .map-ground").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => !document.querySelector(".place-state").textContent.includes("±"));
  assert.equal(await page.locator(".map-accuracy").evaluate((element) => element.offsetWidth), 0);
  await end();
});

test("a position that is refused or rough is said, and the rest goes on", async () => {
  const refused = await visit(browser, site, { permissions: [] });
  await form(refused.page, "reports/new");
  await refused.page.locator("#place").click();
  await refused.page.locator(".place-state", { hasText: id.new.locate_refused }).waitFor();
  await refused.end();
  const rough = await visit(browser, site, { permissions: ["geolocation"], geolocation: { ...HERE, accuracy: 900 } });
  await form(rough.page, "reports/new");
  await rough.page.locator("#place").click();
  await rough.page.locator(".notice", { hasText: id.new.place_rough }).waitFor();
  await rough.end();
});

test("the pin is dragged, and stays where it was on the way back from the review", async () => {
  const { page, end } = await visit(browser, site);
  await form(page);
  const box = await page.locator(".map-picker").boundingBox();
  await page.mouse.move(box.x + 150, box.y + 150);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 110, { steps: 5 });
  await page.mouse.up();
  const state = page.locator(".place-state", { hasText: /Pin/ });
  await state.waitFor();
  const chosen = await state.textContent();
  await fillReport(page, { text: "Pin digeser.", place: false });
  await reviewReport(page);
  await page.setViewportSize({ width: 740, height: 360 });
  await page.getByRole("button", { name: "Ubah: Lokasi" }).click();
  await page.waitForFunction(() => document.activeElement.id === "place");
  assert.equal(await state.textContent(), chosen, "not even when the phone was turned meanwhile");
  await end();
});

test("categories are searched, gone through by arrows, and fold away when left", async () => {
  const { page, end } = await visit(browser, site);
  await form(page);
  const filter = page.locator("input#category");
  await filter.fill("pkl");
  await page.locator("[role=status]", { hasText: "1 kategori cocok" }).waitFor();
  await filter.fill("tidak ada yang begini");
  await page.locator("[role=status]", { hasText: id.new.category_none }).waitFor();
  await filter.fill("lubang");
  assert.ok(await choice(page, "category-road").isVisible(), "what can be answered finds its category");
  await filter.fill("");
  await page.locator("#category-road").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), "category-illegal_parking", "arrows go through the list");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.matches("button#category"));
  assert.match(await page.locator(".chosen").textContent(), /Parkir liar/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.matches("input#category"));
  await page.keyboard.type("banjir");
  await page.keyboard.press("Enter");
  await page.locator(".chosen", { hasText: "Banjir" }).waitFor();
  await end();
});

test("answers go with their category, are checked, and come back with it", async () => {
  const { page, end } = await visit(browser, site);
  await form(page);
  await fillReport(page, { category: "flood", text: "Genangan di depan sekolah." });
  await page.fill("#answer-depth_cm", "selutut");
  await page.fill("#answer-since", "2026-01-05");
  await page.fill("#answer-since-time", "06:30");
  await choice(page, "answer-cause-drain").click();
  await page.locator("button[type=submit]").click();
  await page.locator('#form-errors a[href="#answer-depth_cm"]').click();
  assert.equal(await focused(page), "answer-depth_cm");
  assert.equal(await page.locator("#answer-depth_cm-error").textContent(), id.new.answer_number);
  await page.fill("#answer-depth_cm", "30,5");
  await chooseCategory(page, "waste");
  await choice(page, "answer-kinds-plastic").click();
  await choice(page, "answer-kinds-rubble").click();
  await choice(page, "answer-kinds-plastic").click();
  await reviewReport(page);
  await page.locator(".answers dd", { hasText: "Puing bangunan" }).waitFor();
  assert.equal(await page.locator(".answers dd").count(), 1, "answers of another category are not sent");
  await page.getByRole("button", { name: "Ubah: Apa masalahnya?" }).click();
  await chooseCategory(page, "flood");
  assert.equal(await page.inputValue("#answer-depth_cm"), "30,5");
  assert.ok(await page.locator("#answer-cause-drain").isChecked());
  await sendReport(page);
  const moment = await page.evaluate(() => new Date("2026-01-05T06:30").toISOString().replace(".000", ""));
  assert.deepEqual((await arrived(page)).attributes, { cause: "drain", depth_cm: 30.5, since: moment });
  await end();
});

test("the room for a description is counted, and told when it gets short", async () => {
  const { page, end } = await visit(browser, site);
  await form(page);
  await page.fill("#description", "é".repeat(3700));
  await page.locator(".length", { hasText: "3.700 dari 4.000" }).waitFor();
  assert.equal(await page.locator("[role=status]", { hasText: "Sisa" }).count(), 0, "not before it matters");
  await page.fill("#description", "é".repeat(3960));
  await page.locator("[role=status]", { hasText: "Sisa 50 karakter" }).waitFor();
  await page.fill("#description", "é".repeat(4001));
  await page.locator("[role=status]", { hasText: id.new.description_over }).waitFor();
  await page.locator("button[type=submit]").click();
  await page.locator("#description-error", { hasText: id.field["too-long"] }).waitFor();
  await end();
});

test("a name is asked for only where it is shown; contact is checked and never public", async () => {
  const { page, end } = await visit(browser, site);
  await form(page);
  await fillReport(page, { text: "Parkir di trotoar setiap sore.", category: "illegal_parking" });
  await choice(page, "visibility-public").click();
  await page.fill("#email", "siti");
  await page.fill("#phone", "12");
  await page.locator("button[type=submit]").click();
  for (const field of ["name", "email", "phone"]) {
    assert.ok(await page.locator(`#${field}-error`).isVisible(), field);
  }
  await page.fill("#name", "Siti Aminah");
  await page.fill("#email", "siti@contoh.id");
  await page.fill("#phone", "0812 3456 7890");
  assert.equal(await page.locator(".field-error:visible").count(), 0);
  await choice(page, "visibility-private").click();
  await reviewReport(page);
  assert.equal(await page.locator(".review", { hasText: "Siti Aminah" }).count(), 0, "a name that is not shown is not sent");
  await page.locator(".reviewed", { hasText: "siti@contoh.id · 0812 3456 7890" }).waitFor();
  await page.locator("button[type=submit]").click();
  await page.locator(".sent").waitFor();
  const answer = await site.api(`reports/${page.url().split("/").at(-1)}`);
  assert.equal(answer.status, 404, "nobody else sees it");
  await end();
});

test("what is nearby is offered, and never in the way", async () => {
  const { page, end } = await visit(browser, site);
  await form(page, "reports/new?at=-6.95000,107.65000,17");
  await fillReport(page, { category: "tree", text: "Pohon asam miring ke rumah warga." });
  await sendReport(page);
  const first = await arrived(page);
  const near = `reports/new?at=${first.lat.toFixed(5)},${first.lng.toFixed(5)},17`;
  await form(page, near);
  await fillReport(page, { category: "tree", text: "Pohon miring." });
  await reviewReport(page);
  const offer = page.locator(`.nearby-card[data-report="${first.id}"]`);
  await offer.waitFor();
  assert.match(await offer.textContent(), /Pohon asam miring[^]*\d+ m dari pin Anda/);
  await inspect(page, "with a report nearby");
  await offer.locator("a").click();
  await page.locator(".support-button").waitFor();
  await page.goBack();
  await page.locator("#description").waitFor();
  assert.equal(await page.inputValue("#description"), "Pohon miring.", "the draft waits");
  await end();
});

test("when nearby reports do not come, nothing is said and the report goes", async () => {
  const visited = await visit(browser, site);
  visited.expect(/ERR_FAILED|net::/);
  const { page, end } = visited;
  await page.route("**/reports/nearby*", (route) => route.abort());
  await form(page);
  await fillReport(page, { text: "Lampu mati, tanpa tetangga." });
  await reviewReport(page);
  assert.equal(await page.locator(".failure:visible").count(), 0);
  await page.locator("button[type=submit]").click();
  await arrived(page);
  await end();
});

test("a second press on the way to the review does not send", async () => {
  const { page, requests, end } = await visit(browser, site, { viewport: { width: 1280, height: 2400 } });
  await form(page);
  await fillReport(page, { text: "Jari yang gugup." });
  const button = page.locator("button[type=submit]");
  await button.scrollIntoViewIfNeeded();
  const box = await button.boundingBox();
  await page.mouse.dblclick(box.x + 40, box.y + 20);
  await page.locator("#review-title").waitFor();
  await page.waitForLoadState("networkidle");
  assert.equal(requests.filter((url) => /reports\/[0-9a-f-]{36}$/.test(url)).length, 0);
  await end();
});

test("the draft is deleted after a question, photos too", async () => {
  const { page, end } = await visit(browser, site);
  await form(page);
  await fillReport(page, { text: "Salah tulis." });
  await page.setInputFiles("#photos", file("a.jpg", await cameraPhoto(page, 300, 300)));
  await page.locator(".photo img").waitFor();
  await page.locator("#discard").click();
  await page.waitForFunction(() => document.activeElement.id === "discard-no");
  await page.keyboard.press("Enter");
  assert.equal(await page.inputValue("#description"), "Salah tulis.");
  await page.locator("#discard").click();
  await page.getByRole("button", { name: id.new.discard_yes }).click();
  await page.locator("[role=status]", { hasText: id.new.discarded }).waitFor();
  assert.equal(await page.inputValue("#description"), "");
  assert.deepEqual(await keptPhotos(page), []);
  await page.reload();
  await page.locator("input#category").waitFor();
  assert.equal(await page.inputValue("#description"), "");
  assert.equal(await page.locator(".photo img").count(), 0);
  await end();
});

test("categories that do not come are asked for again, and what was typed stays", async () => {
  const visited = await visit(browser, site);
  visited.expect(/ERR_FAILED|net::/);
  const { page, end } = visited;
  let broken = true;
  await page.route("**/api/v1/site", (route) => (broken ? route.abort() : route.continue()));
  await open(page, `${site.url}/${AT}`);
  const failure = page.locator(".failure", { hasText: id.error.site });
  await failure.waitFor();
  await page.fill("#description", "Ditulis tanpa kategori.");
  await inspect(page, "without categories");
  broken = false;
  await failure.locator("button").click();
  await chooseCategory(page, "road");
  assert.equal(await page.inputValue("#description"), "Ditulis tanpa kategori.");
  await end();
});

test("a browser that keeps nothing says so, and sends all the same", async () => {
  const { page, end } = await visit(browser, site);
  await page.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", { get: () => undefined });
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
  });
  await form(page);
  await fillReport(page, { text: "Dari jendela pribadi." });
  await page.locator(".hint", { hasText: id.new.draft_unkept }).waitFor();
  await page.setInputFiles("#photos", file("a.jpg", await cameraPhoto(page, 300, 300)));
  await page.locator(".notice", { hasText: id.photo.unkept }).waitFor();
  await sendReport(page);
  assert.equal((await arrived(page)).photos.length, 1);
  await end();
});

test("a server that asks to wait says how long, and takes it then", async () => {
  const strict = await startSite({ reports: 0, limits: true });
  const visited = await visit(browser, strict, { viewport: PHONE });
  visited.expect(/429/);
  const { page, end } = visited;
  try {
    await open(page, `${strict.url}/${AT}`);
    await fillReport(page, { text: "Yang kesekian." });
    await reviewReport(page);
    const { token } = await (await fetch(`${strict.url}/api/v1/devices`, {
      method: "POST", headers: { "content-type": "application/json" }, body: "{}",
    })).json();
    await page.evaluate((held) => localStorage.setItem("warga.device", held), token);
    let last;
    for (let n = 0; n < 200 && last?.status !== 429; n += 1) {
      const report = `0190163d-8694-739b-aea5-${n.toString(16).padStart(12, "0")}`;
      last = await fetch(`${strict.url}/api/v1/reports/${report}`, {
        method: "PUT",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify({ category: "road", description: `${n}`, lat: -6.9, lng: 107.6 }),
      });
    }
    assert.equal(last.status, 429);
    await page.locator("button[type=submit]").click();
    const failure = page.locator(".failure[role=alert]:visible");
    await failure.waitFor();
    assert.match(await failure.textContent(), /Coba lagi dalam [\d.]+ detik/);
  } finally {
    await end();
    await strict.close();
  }
});

test("what may have arrived keeps its photos over a reload, and is given up only after a warning", async () => {
  const visited = await visit(browser, site);
  visited.expect(/ERR_FAILED|net::/);
  const { page, end } = visited;
  let lost = 0;
  await page.route("**/api/v1/reports/*", async (route) => {
    if (route.request().method() !== "PUT" || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort("connectionreset");
  });
  await form(page);
  const text = "Jawabannya hilang di jalan, dengan foto.";
  await fillReport(page, { text });
  await page.setInputFiles("#photos", file("a.jpg", await cameraPhoto(page, 400, 300)));
  await page.locator(".photo img").waitFor();
  await sendReport(page);
  await page.locator(".failure", { hasText: id.new.not_sent }).waitFor();
  await page.reload();
  await page.locator(".review .photo img").waitFor();
  await inspect(page, "sealed");
  await page.locator("#discard").click();
  await page.locator("#discard-question", { hasText: id.new.discard_sealed }).waitFor();
  await page.locator("#discard-no").click();
  await page.locator("button[type=submit]").click();
  assert.equal((await arrived(page)).photos.length, 1);
  const { reports } = await site.api("reports?limit=500");
  assert.equal(reports.filter((report) => report.description === text).length, 1);
  await end();
});

test("the one that is chosen already folds the list away too, and the language is changed without a loss", async () => {
  const { page, end } = await visit(browser, site);
  await form(page);
  await fillReport(page, { category: "road", text: "Aspal retak." });
  await chooseCategory(page, "road");
  await page.locator('button[lang="en"]').click();
  await page.locator(".chosen", { hasText: "Damaged road" }).waitFor();
  assert.equal(await page.inputValue("#description"), "Aspal retak.");
  await reviewReport(page);
  await page.locator(".reviewed", { hasText: words("en").new.anonymous_hint }).waitFor();
  await page.locator('button[lang="id"]').click();
  await page.locator(".reviewed", { hasText: id.new.anonymous_hint }).waitFor();
  await end();
});
