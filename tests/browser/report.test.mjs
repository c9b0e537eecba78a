// A report's page: what it shows, what can be done there, and what it says when something is missing or fails.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { DESKTOP, LANGUAGES, PHONE, launch, open, visit } from "./support/browser.mjs";
import { LOOKS, inspect, shifted } from "./support/inspect.mjs";
import { device, jpeg, newId } from "./support/reports.mjs";
import { startSite } from "./support/site.mjs";

const NOBODY = "0190163d-8694-739b-aea5-966c26f8ad91";
const BROKEN_NETWORK = /ERR_CONNECTION_REFUSED|ERR_FAILED|net::/;
const TEXT = "Sampah menumpuk di depan pasar.\n<b>Bukan</b> tebal.";
const ADDRESS = "Jl. Braga No. 12, Braga, Bandung";

let site, browser, me, rich, own, demo;
before(async () => {
  site = await startSite({ reports: 300 });
  browser = await launch();
  me = await device(site);
  const photos = [];
  for (const [hue, text] of [[100, "1"], [180, "2"], [270, "3"]]) {
    photos.push(await me.photo(await jpeg(browser, { hue, text })));
  }
  rich = await me.report({
    category: "waste", description: TEXT, address: ADDRESS, photos, visibility: "public", name: "Siti Aminah",
    attributes: { since: "2026-11-01T03:00:00Z", kinds: ["household", "bulky"] },
    observed_at: "2026-11-02T03:00:00Z",
  });
  own = await me.report({
    address: "Gang Mawar", visibility: "private", photos: [await me.photo(await jpeg(browser, { text: "R" }))],
  });
  const { reports } = await site.api("reports?limit=500");
  demo = (fits) => reports.find((report) => report.demo && fits(report)) ?? assert.fail("no such demo report");
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const words = Object.fromEntries(
  LANGUAGES.map((language) => [language, JSON.parse(readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), "utf8"))]),
);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const plural = (forms, n, language) => {
  const form = forms[new Intl.PluralRules(language).select(n)] ?? forms.other;
  return fill(form, { n: new Intl.NumberFormat(language).format(n) });
};
const address = (id) => `${site.url}/reports/${id}`;

/** A visitor on a report's page. */
async function reading(id, options = {}) {
  const visited = await visit(browser, site, options);
  if (options.token) {
    await visited.context.addInitScript((token) => localStorage.setItem("warga.device", token), options.token);
  }
  await open(visited.page, address(id));
  await visited.page.locator('.report[aria-busy="false"]').waitFor();
  return visited;
}

const focused = (page, selector) => page.waitForFunction((wanted) => document.activeElement.matches(wanted), selector);
const answered = (page, method, path) =>
  page.waitForResponse((answer) => answer.url().endsWith(path) && answer.request().method() === method);
const drawn = (page, selector) =>
  page.waitForFunction((wanted) => [...document.querySelectorAll(wanted)].every((img) => img.complete && img.naturalWidth > 0), selector);

for (const language of LANGUAGES) {
  const say = words[language];

  test(`a report tells everything that is known of it (${language})`, async () => {
    const { page, end } = await reading(rich.id, { language });
    const { categories } = await site.api("site");
    const waste = categories.find(({ code }) => code === "waste");
    assert.equal(await page.locator("h1").textContent(), waste.name[language]);
    assert.equal(await page.locator(".report-story .report-text").textContent(), TEXT, "HTML is shown as text");
    assert.match(await page.locator(".report-when").textContent(), new RegExp(fill(say.report.by, { name: "Siti Aminah" })));
    assert.equal(await page.locator(".report-when time").nth(1).getAttribute("datetime"), rich.observed_at);

    // The answers, in the order of the questions and in the reader's language.
    const questions = await page.locator(".report-answers dt").allTextContents();
    assert.deepEqual(questions, waste.attributes.map(({ description }) => description[language]));
    const named = (key) => waste.attributes[0].values.find((value) => value.key === key).name[language];
    const said = await page.locator(".report-answers dd").allTextContents();
    assert.deepEqual(said.slice(0, 2), [named("household"), named("bulky")]);
    const since = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
    assert.equal(said[2], since.format(new Date("2026-11-01T03:00:00Z")));

    // The place in words, on the small map and on the big one.
    const map = page.locator(".map-spot [role=img]");
    assert.equal(await map.getAttribute("aria-label"), fill(say.report.small_map, { place: ADDRESS }));
    assert.ok(await page.getByText(ADDRESS, { exact: true }).isVisible());
    assert.ok(await page.getByText(fill(say.report.coordinates, { lat: "-6.91750", lng: "107.61910" })).isVisible());
    await page.locator(".report-place a.button").click();
    await page.waitForURL(/at=-6\.917\d+,107\.619\d+,16/);
    await end();
  });

  test(`photos are enlarged and leafed through, and the focus comes back (${language})`, async () => {
    const { page, requests, end } = await reading(rich.id, { language });
    const nth = (n) => fill(say.report.photo, { number: n, total: 3 });
    const tiles = page.locator(".gallery-photo");
    assert.equal(await tiles.count(), 3);
    await drawn(page, ".gallery-photo img");
    const image = tiles.first().locator("img");
    assert.deepEqual(
      await Promise.all(["width", "height", "loading"].map((name) => image.getAttribute(name))),
      ["800", "600", "lazy"],
    );
    assert.equal(requests.filter((url) => url.includes("size=full")).length, 0, "large ones are not asked for");
    await page.getByRole("button", { name: nth(2) }).click();
    const viewer = page.getByRole("dialog", { name: nth(2) });
    await viewer.waitFor();
    await drawn(page, ".viewer img");
    await viewer.getByRole("button", { name: say.report.photo_next }).click();
    await page.getByRole("dialog", { name: nth(3) }).waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("dialog", { name: nth(1) }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("dialog", { name: nth(3) }).waitFor();
    await page.getByRole("button", { name: say.report.photo_previous }).click();
    await page.getByRole("dialog", { name: nth(2) }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".viewer").waitFor({ state: "hidden" });
    await focused(page, ".gallery li:nth-child(2) .gallery-photo");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: say.report.photo_close }).click();
    await page.locator(".viewer").waitFor({ state: "hidden" });
    await end();
  });

  test(`the history is told to its present, and what is still to come (${language})`, async () => {
    const report = demo(({ status, updates }) => status === "in_progress" && updates.some((update) => update.note));
    const { page, end } = await reading(report.id, { language });
    const steps = page.locator(".step");
    assert.deepEqual(await steps.evaluateAll((all) => all.map((step) => step.dataset.status)), [
      "received", ...report.updates.map(({ status }) => status), "resolved",
    ]);
    const last = page.locator('[aria-current="step"]');
    assert.equal(await last.getAttribute("data-status"), "in_progress");
    assert.equal(await last.locator(".step-what").textContent(), say.status.in_progress);
    const update = report.updates.at(-1);
    assert.equal(await last.locator("time").getAttribute("datetime"), update.at);
    const exact = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
    assert.ok((await last.locator("time").textContent()).endsWith(exact.format(new Date(update.at))));
    const told = report.updates.find(({ note }) => note);
    assert.ok(await page.getByText(told.note, { exact: true }).isVisible());
    assert.ok(await page.locator(".step-agency", { hasText: told.agency }).first().isVisible());
    const coming = page.locator(".step-coming");
    assert.equal(await coming.count(), 1);
    assert.match(await coming.textContent(), new RegExp(`${say.report.coming}.*${say.status.resolved}`));
    // A word and a shape of its own each: not by colour alone.
    const shapes = await steps.evaluateAll((all) => all.map((step) => getComputedStyle(step, "::before").clipPath));
    assert.equal(new Set(shapes).size, shapes.length);
    await end();
  });

  test(`a promise is measured (${language})`, async () => {
    const day = 24 * 3600 * 1000;
    const date = new Intl.DateTimeFormat(language, { dateStyle: "long" });
    for (const [report, expected] of [
      [demo(({ status, due_at }) => ["received", "verified", "in_progress"].includes(status) && Date.parse(due_at) < Date.now()),
        (over) => plural(say.report.late, over(Date.now()), language)],
      [demo(({ status, due_at }) => ["received", "verified", "in_progress"].includes(status) && Date.parse(due_at) > Date.now()), () => ""],
      [demo(({ status, due_at, status_since }) => status === "resolved" && status_since < due_at), () => say.report.kept],
      [demo(({ status, due_at, status_since }) => status === "resolved" && status_since > due_at),
        (over, { status_since }) => plural(say.report.kept_late, over(Date.parse(status_since)), language)],
    ]) {
      const { page, end } = await reading(report.id, { language });
      const over = (at) => Math.ceil((at - Date.parse(report.due_at)) / day);
      const promise = page.locator(".promise");
      assert.equal(await promise.locator("time").textContent(), fill(say.report.due, { when: date.format(new Date(report.due_at)) }));
      assert.equal(await promise.locator("strong").textContent(), expected(over, report), report.id);
      await end();
    }
    const rejected = demo(({ status, due_at }) => status === "rejected" && due_at);
    const { page, end } = await reading(rejected.id, { language });
    assert.equal(await page.locator(".promise").count(), 0, "what is not taken on is not promised");
    await end();
  });

  test(`support goes up at once, once, and is taken back (${language})`, async () => {
    const report = await me.report();
    const { page, requests, end } = await reading(report.id, { language });
    const button = page.locator(".support-button");
    const count = page.locator(".support-count[role=status]");
    assert.equal(await count.textContent(), plural(say.support.count, 0, language));
    // The answer is held back until the page has been looked at.
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route("**/support", async (route) => { await held; await route.continue(); });
    await button.click();
    assert.equal(await count.textContent(), plural(say.support.count, 1, language), "before the answer");
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    // Presses while it is on its way are what the visitor wants too: back, and up again.
    await button.click();
    assert.equal(await count.textContent(), plural(say.support.count, 0, language));
    await button.click();
    await button.click();
    const back = answered(page, "DELETE", "/support");
    release();
    assert.ok((await back).ok());
    assert.equal((await site.api(`reports/${report.id}`)).supports, 0, "the last press counts");
    const asked = requests.filter((url) => url.endsWith("/support"));
    assert.equal(asked.length, 2, "what was wanted in between is not asked for");
    assert.equal(await button.getAttribute("aria-pressed"), "false");
    const up = answered(page, "PUT", "/support");
    await button.click();
    assert.ok((await up).ok());
    await page.reload();
    await page.locator('.support-button[aria-pressed="true"]').waitFor();
    assert.equal((await site.api(`reports/${report.id}`)).supports, 1);
    await end();
  });

  test(`a refused support is taken back with a word (${language})`, async () => {
    const report = await me.report();
    const visited = await reading(report.id, { language });
    visited.expect(BROKEN_NETWORK);
    visited.expect(/429/);
    const { page, end } = visited;
    const button = page.locator(".support-button");
    const failure = page.locator(".support .failure[role=alert]");
    const refused = async (why) => {
      await button.click();
      await failure.getByText(why).waitFor();
      assert.equal(await button.getAttribute("aria-pressed"), "false");
      assert.equal(await page.locator(".support-count").textContent(), plural(say.support.count, 0, language));
    };
    await page.route("**/support", (route) => route.abort("connectionreset"), { times: 1 });
    await refused(say.error.offline);
    // What a network between us and the server answers when it has had enough of somebody.
    const problem = { type: "urn:warga:problem:too-many", title: say.problem["too-many"], status: 429 };
    await page.route("**/support", (route) =>
      route.fulfill({ status: 429, contentType: "application/problem+json", body: JSON.stringify(problem) }), { times: 1 });
    await refused(say.problem["too-many"]);
    await failure.locator("button").click();
    await page.locator('.support-button[aria-pressed="true"]').waitFor();
    // It goes when the answer is here.
    await failure.waitFor({ state: "detached" });
    assert.equal((await site.api(`reports/${report.id}`)).supports, 1);
    await end();
  });

  test(`the link is copied, and by hand where the browser does not let us (${language})`, async () => {
    const { page, context, end } = await reading(rich.id, { language });
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: site.origin });
    const copy = page.getByRole("button", { name: say.share.copy });
    await copy.click();
    await page.locator(".copy-done[role=status]", { hasText: say.share.copied }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address(rich.id));
    await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error("refused")); });
    await copy.click();
    const field = page.getByLabel(say.share.by_hand);
    await field.waitFor();
    await page.waitForFunction(() => {
      const at = document.activeElement;
      return at.matches(".copy input") && at.selectionStart === 0 && at.selectionEnd === at.value.length;
    });
    assert.equal(await field.inputValue(), address(rich.id));
    assert.ok(await field.evaluate((input) => input.readOnly));
    await end();
  });

  test(`the phone's own way to share gets title and address, and a page that has none is whole (${language})`, async () => {
    const visited = await visit(browser, site, { language });
    const { page, context, end } = visited;
    await context.addInitScript(() => {
      navigator.share = (data) => { window.given = data; return Promise.reject(new DOMException("closed", "AbortError")); };
    });
    await open(page, address(rich.id));
    await page.getByRole("button", { name: say.share.share, exact: true }).click();
    const { categories } = await site.api("site");
    const category = categories.find(({ code }) => code === "waste").name[language];
    assert.deepEqual(await page.evaluate(() => window.given), {
      title: fill(say.share.title, { category, place: ADDRESS }), url: address(rich.id),
    });
    await end();
    const without = await visit(browser, site, { language });
    await without.context.addInitScript(() => {
      for (const name of ["share", "clipboard"]) Object.defineProperty(Navigator.prototype, name, { value: undefined });
    });
    await open(without.page, address(rich.id));
    await without.page.getByRole("button", { name: say.share.copy }).click();
    await without.page.getByLabel(say.share.by_hand).waitFor();
    assert.equal(await without.page.locator(".share-button").count(), 0);
    await without.end();
  });

  test(`a report is flagged; what was typed is never lost (${language})`, async () => {
    const report = await me.report();
    const visited = await reading(report.id, { language });
    visited.expect(BROKEN_NETWORK);
    visited.expect(/422/);
    const { page, end } = visited;
    const opener = page.getByRole("button", { name: say.flag.open });
    assert.equal(await opener.getAttribute("aria-expanded"), "false");
    await opener.click();
    await focused(page, "#flag-first");
    const send = page.getByRole("button", { name: say.flag.send, exact: true });
    await send.click();
    await page.locator("#flag-reason-error[role=alert]", { hasText: say.flag.choose }).waitFor();
    await focused(page, "#flag-first");
    await page.getByLabel(say.flag.personal_data).check();
    assert.equal(await page.locator("#flag-reason-error").textContent(), "");
    const note = page.getByLabel(say.flag.note);
    await note.fill("é".repeat(501));
    const number = (n) => new Intl.NumberFormat(language).format(n);
    assert.equal(await page.locator("#flag-note-length").textContent(), fill(say.flag.length, { used: number(501), max: number(500) }));
    await send.click();
    await page.locator("#flag-note-error[role=alert]", { hasText: say.field["too-long"] }).waitFor();
    await focused(page, "#flag-note");
    await note.fill("Nomor pelat mobil terlihat jelas.");
    await page.route("**/flag", (route) => route.abort("connectionreset"), { times: 1 });
    await send.click();
    const failure = page.locator(".flag .failure[role=alert]", { hasText: say.flag.failed });
    await failure.waitFor();
    assert.equal(await note.inputValue(), "Nomor pelat mobil terlihat jelas.");
    assert.ok(await page.getByLabel(say.flag.personal_data).isChecked());
    const bodies = [];
    page.on("request", (request) => request.url().endsWith("/flag") && bodies.push(request.postDataJSON()));
    // Sent twice by an impatient finger, it is one request.
    await failure.locator("button").dblclick();
    await page.locator(".flag-sent[role=status]", { hasText: say.flag.sent }).waitFor();
    await focused(page, "#flag-open");
    assert.deepEqual(bodies, [{ reason: "personal_data", note: "Nomor pelat mobil terlihat jelas." }]);
    assert.ok(await page.locator(".flag-form").isHidden());
    // Another mind: the same form, with what was said, sent again.
    await opener.click();
    assert.equal(await note.inputValue(), "Nomor pelat mobil terlihat jelas.");
    await page.getByLabel(say.flag.untrue).check();
    await note.fill("  ");
    await send.click();
    await page.locator(".flag-sent", { hasText: say.flag.sent }).waitFor();
    assert.deepEqual(bodies.at(-1), { reason: "untrue" });
    await opener.click();
    await page.getByRole("button", { name: say.flag.cancel }).click();
    await focused(page, "#flag-open");
    assert.ok(await page.locator(".flag-form").isHidden());
    await end();
  });

  test(`the head says what others shall see, and takes it back (${language})`, async () => {
    const { page, end } = await reading(rich.id, { language });
    const head = () => page.evaluate(() => {
      const of = (selector, field) => document.head.querySelector(selector)?.getAttribute(field) ?? null;
      return {
        title: document.title,
        description: of("meta[name=description]", "content"),
        robots: of("meta[name=robots]", "content"),
        canonical: of("link[rel=canonical]", "href"),
        ogTitle: of('meta[property="og:title"]', "content"),
        ogDescription: of('meta[property="og:description"]', "content"),
        ogUrl: of('meta[property="og:url"]', "content"),
        ogImage: of('meta[property="og:image"]', "content"),
      };
    });
    const { categories } = await site.api("site");
    const category = (code) => categories.find((known) => known.code === code).name[language];
    const title = fill(say.share.title, { category: category("waste"), place: ADDRESS });
    const told = "Sampah menumpuk di depan pasar. <b>Bukan</b> tebal.";
    await page.waitForFunction((title) => document.title === title, fill(say.app.title, { page: title }));
    assert.deepEqual(await head(), {
      title: fill(say.app.title, { page: title }), description: told, robots: null, canonical: address(rich.id),
      ogTitle: title, ogDescription: told, ogUrl: address(rich.id),
      ogImage: `${site.url}/api/v1/photos/${rich.photos[0].id}?size=full`,
    });
    await page.locator("a.back").click();
    const home = fill(say.app.title, { page: say.home.title });
    await page.waitForFunction((title) => document.title === title, home);
    await page.waitForURL(/\?/);
    assert.deepEqual(await head(), {
      title: home, description: say.share.description, robots: null, canonical: `${site.url}/`,
      ogTitle: say.home.title, ogDescription: say.share.description, ogUrl: `${site.url}/`, ogImage: null,
    });
    // A private report is for nobody else: not for search engines, not for those it is sent to.
    await page.evaluate((token) => localStorage.setItem("warga.device", token), me.token);
    await open(page, address(own.id));
    await page.locator(".report-head").waitFor();
    const hidden = fill(say.app.title, { page: fill(say.share.title, { category: category("road"), place: "Gang Mawar" }) });
    await page.waitForFunction((title) => document.title === title, hidden);
    assert.deepEqual(await head(), {
      title: hidden, description: null, robots: "noindex", canonical: null,
      ogTitle: null, ogDescription: null, ogUrl: null, ogImage: null,
    });
    await end();
  });

  test(`a private report is there for its device, and for nobody else (${language})`, async () => {
    const mine = await reading(own.id, { language, token: me.token });
    await mine.page.getByText(say.report.private_note).waitFor();
    await drawn(mine.page, ".gallery-photo img");
    const source = await mine.page.locator(".gallery-photo img").getAttribute("src");
    assert.match(source, /^blob:/);
    for (const absent of [".support", ".flag", ".share-button"]) {
      assert.equal(await mine.page.locator(absent).count(), 0, absent);
    }
    // What was fetched for this page alone goes with it.
    await mine.page.locator("a.back").click();
    await mine.page.locator(".home").waitFor();
    mine.expect(/ERR_FILE_NOT_FOUND/);
    const left = await mine.page.evaluate((url) => new Promise((resolve) => {
      Object.assign(new Image(), { onload: () => resolve("there"), onerror: () => resolve("gone"), src: url });
    }), source);
    assert.equal(left, "gone");
    await mine.end();
    for (const id of [own.id, NOBODY]) {
      const visited = await reading(id, { language });
      visited.expect(/404/);
      await visited.page.locator("h1", { hasText: say.report.missing }).waitFor();
      for (const reason of [say.report.missing_link, say.report.missing_withdrawn, say.report.missing_private]) {
        assert.ok(await visited.page.getByText(reason).isVisible());
      }
      assert.equal(await visited.page.evaluate(() => document.querySelector("meta[name=robots]").content), "noindex");
      await visited.page.getByRole("link", { name: say.report.missing_map }).click();
      await visited.page.locator(".home").waitFor();
      await visited.end();
    }
  });

  test(`what does not come is named, and comes when asked again (${language})`, async () => {
    const visited = await visit(browser, site, { language });
    visited.expect(BROKEN_NETWORK);
    visited.expect(/503/);
    const { page, end } = visited;
    await page.route(`**/api/v1/reports/${rich.id}`, (route) => route.abort("internetdisconnected"), { times: 1 });
    await open(page, address(rich.id));
    const failure = page.locator(".report > .failure[role=alert]");
    await failure.getByText(say.error.offline).waitFor();
    assert.ok(await failure.getByText(say.error.report).isVisible());
    await page.route(`**/api/v1/reports/${rich.id}`, (route) => route.fulfill({ status: 503, body: "ada gangguan" }), { times: 1 });
    await failure.locator("button").click();
    await failure.getByText(say.error.server).waitFor();
    await failure.locator("button").click();
    await page.locator(".report-head").waitFor();
    await end();
  });

  test(`a photo that does not come says so, and the enlarged one can be asked for again (${language})`, async () => {
    const visited = await visit(browser, site, { language });
    visited.expect(BROKEN_NETWORK);
    const { page, end } = visited;
    await page.route("**/api/v1/photos/**", (route) => route.abort("connectionreset"));
    await open(page, address(rich.id));
    await page.locator(".gallery-photo .picture-failed", { hasText: say.report.photo_failed }).first().waitFor();
    await page.locator(".gallery-photo").first().click();
    const failed = page.locator(".viewer .picture-failed");
    await failed.getByText(say.report.photo_failed).waitFor();
    await page.unroute("**/api/v1/photos/**");
    await failed.locator("button").click();
    await drawn(page, ".viewer img");
    await failed.waitFor({ state: "hidden" });
    await end();
  });

  test(`on paper stands the report alone, with its address (${language})`, async () => {
    for (const colorScheme of ["light", "dark"]) {
      const { page, context, end } = await visit(browser, site, { language, colorScheme, viewport: DESKTOP });
      await context.addInitScript(() => { window.print = () => { window.printed = true; }; });
      await open(page, address(rich.id));
      await page.getByRole("button", { name: say.share.print }).click();
      assert.ok(await page.evaluate(() => window.printed));
      const url = page.getByText(fill(say.report.address, { url: address(rich.id) }));
      assert.ok(await url.isHidden(), "not on the screen");
      await page.emulateMedia({ media: "print" });
      assert.ok(await url.isVisible());
      for (const gone of [".top", ".button", ".map", ".back", ".flag", ".share"]) {
        for (const one of await page.locator(gone).all()) assert.ok(await one.isHidden(), gone);
      }
      for (const kept of ["h1", ".gallery img", ".report-text", ".report-answers", ".support-count", ".report-address", ".steps"]) {
        assert.ok(await page.locator(kept).first().isVisible(), kept);
      }
      const colours = await page.evaluate(() => {
        const of = (selector) => getComputedStyle(document.querySelector(selector));
        return [of("body").backgroundColor, of(".report-text").color, of(".step-what").color, of(".hint").color];
      });
      assert.deepEqual(colours, ["rgb(255, 255, 255)", ...Array(3).fill("rgb(0, 0, 0)")]);
      await end();
    }
  });
}

test("the small map is a picture: no stop for the keyboard, no trap for a finger, and no tile before it is near", async () => {
  const { page, requests, end } = await reading(rich.id, { viewport: { width: 360, height: 400 } });
  const tiles = () => requests.filter((url) => url.startsWith(site.tiles)).length;
  await drawn(page, ".gallery-photo img");
  assert.equal(tiles(), 0, "nobody has paid for tiles yet");
  await page.locator(".map-spot").scrollIntoViewIfNeeded();
  await page.locator(".map-spot .leaflet-tile-loaded").first().waitFor();
  assert.ok(tiles() > 0);
  assert.equal(await page.locator(".map-spot [tabindex], .map-spot button").count(), 0);
  const pane = () => page.locator(".map-spot .leaflet-map-pane").evaluate((pane) => pane.style.transform);
  const still = await pane();
  const box = await page.locator(".map-spot").boundingBox();
  await page.mouse.move(box.x + 60, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 90, { steps: 5 });
  await page.mouse.up();
  await page.mouse.wheel(0, 200);
  assert.equal(await pane(), still);
  // One pin, in the middle, of the status's colour.
  const pin = await page.locator(".map-spot-pin").boundingBox();
  const map = await page.locator(".map-spot").boundingBox();
  assert.ok(Math.abs(pin.x + pin.width / 2 - map.x - map.width / 2) <= 1);
  assert.equal(await page.locator('.map-spot-pin[data-status="received"]').count(), 1);
  assert.ok((await shifted(page)) <= 0.02);
  await end();
});

test("without Leaflet and without tiles the words of the place remain", async () => {
  for (const broken of ["**/leaflet-*.js", `${site.tiles}/**`]) {
    const visited = await visit(browser, site);
    visited.expect(BROKEN_NETWORK);
    const { page, end } = visited;
    await page.route(broken, (route) => route.abort());
    await open(page, address(rich.id));
    await page.getByText(ADDRESS, { exact: true }).waitFor();
    await page.locator(".map-spot").scrollIntoViewIfNeeded();
    assert.ok(await page.locator(".report-place a.button").isVisible());
    if (broken.includes("leaflet")) assert.ok(await page.getByText(words.id.report.map_failed).isVisible());
    await end();
  }
});

test("where the categories do not come, the report is shown by its codes", async () => {
  const visited = await visit(browser, site);
  visited.expect(BROKEN_NETWORK);
  const { page, end } = visited;
  await page.route("**/api/v1/site", (route) => route.abort("connectionreset"));
  await open(page, address(rich.id));
  await page.locator("h1", { hasText: "waste" }).waitFor();
  assert.deepEqual(await page.locator(".report-answers dt").allTextContents(), ["kinds", "since"]);
  assert.ok((await page.locator(".report-answers dd").allTextContents()).includes("household"));
  // Whoever opens the next report asks for them again.
  await page.unroute("**/api/v1/site");
  await page.locator("a.back").click();
  await page.locator(".home").waitFor();
  await page.goBack();
  await page.locator("h1", { hasText: "Sampah" }).waitFor();
  await end();
});

test("a slow report is waited for by a shape of its size, and nothing jumps when it comes", async () => {
  const { page, end } = await visit(browser, site, { viewport: PHONE });
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(`**/api/v1/reports/${rich.id}`, async (route) => { await held; await route.continue(); });
  await open(page, address(rich.id));
  await page.locator('.report[aria-busy="true"] .report-waiting [role=status]').waitFor();
  assert.ok((await page.locator(".report-waiting").boundingBox()).height >= PHONE.height);
  release();
  await page.locator(".report-head").waitFor();
  await drawn(page, ".gallery-photo img");
  assert.ok((await shifted(page)) <= 0.02);
  await end();
});

test("leaving while answers are on their way breaks nothing", async () => {
  const visited = await reading(own.id, { token: me.token });
  const { page, end } = visited;
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  const asked = [];
  await page.route(/\/(support|flag)$|photos/, async (route) => { asked.push(route.request().url()); await held; await route.continue(); });
  const leave = async () => {
    await page.locator("a.back").click();
    await page.locator(".home").waitFor();
  };
  await page.reload();
  await page.locator(".report-head").waitFor();
  await leave();
  await open(page, address(rich.id));
  await page.locator(".support-button").click();
  await page.locator("#flag-open").click();
  await page.getByLabel(words.id.flag.spam).check();
  await page.locator(".flag-form [type=submit]").click();
  await leave();
  const answers = [answered(page, "PUT", "/support"), answered(page, "PUT", "/flag")];
  release();
  await Promise.all(answers);
  assert.ok(asked.some((url) => url.includes("/photos/")), "a private photo was on its way too");
  await page.locator(".home-list .card").first().waitFor();
  await end();
});

test("whoever has just sent a report is thanked, and told what comes next", async () => {
  const { page, context, end } = await visit(browser, site);
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: site.origin });
  // The draft as the form keeps it, sealed: the way through the form has tests of its own.
  const id = newId();
  const submission = { category: "road", description: "Lubang baru.", lat: -6.9, lng: 107.6, secret: "0".repeat(32) };
  await open(page, `${site.url}/reports/new`);
  await page.evaluate((draft) => localStorage.setItem("warga.draft", JSON.stringify(draft)), {
    id, secret: "0".repeat(32), category: "road", description: "Lubang baru.", address: "", place: [-6.9, 107.6], sealed: submission,
  });
  await page.reload();
  await page.locator("button[type=submit]").click();
  await page.waitForURL(address(id));
  const sent = page.locator(".sent");
  await sent.locator("[role=status]", { hasText: words.id.report.sent }).waitFor();
  assert.ok(await sent.getByText(words.id.report.sent_next).isVisible());
  await sent.getByRole("button", { name: words.id.share.copy }).click();
  await sent.getByText(words.id.share.copied).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address(id));
  await inspect(page, "just sent");
  await page.reload();
  await page.locator(".report-head").waitFor();
  assert.equal(await sent.count(), 0, "it is news once");
  await end();
});

test("huge texts stay inside a 320-pixel screen", async () => {
  const report = await me.report({
    description: `${"Panjang".repeat(200)}\n${"kata ".repeat(400)}`, address: "Jl".repeat(140), visibility: "public", name: "N".repeat(100),
  });
  const { page, end } = await reading(report.id, { viewport: { width: 320, height: 640 } });
  await page.locator("#flag-open").click();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
  await end();
});

for (const look of LOOKS) {
  test(`a report in every state stands in every look (${look.name})`, async () => {
    const say = words[look.language];
    const visited = await visit(browser, site, look);
    visited.expect(/404/);
    visited.expect(BROKEN_NETWORK);
    const { page, context, end } = visited;
    await context.addInitScript((token) => localStorage.setItem("warga.device", token), me.token);
    const opened = async (id) => {
      await open(page, address(id));
      await page.locator('.report[aria-busy="false"]').waitFor();
    };
    await opened(rich.id);
    await drawn(page, ".gallery-photo img");
    await page.locator(".map-spot").scrollIntoViewIfNeeded();
    await inspect(page, "a report with photos and answers");
    await page.locator(".gallery-photo").first().click();
    await drawn(page, ".viewer img");
    await inspect(page, "an enlarged photo");
    await page.keyboard.press("Escape");
    await page.locator("#flag-open").click();
    await page.locator(".flag-form [type=submit]").click();
    await inspect(page, "the flag's form with an error");
    await opened(demo(({ status, updates }) => status === "in_progress" && updates.length > 1).id);
    await inspect(page, "a report with a history");
    await opened(own.id);
    await page.getByText(say.report.private_note).waitFor();
    await inspect(page, "a private report");
    await opened(NOBODY);
    await inspect(page, "a report that is not there");
    await page.route(`**/api/v1/reports/${rich.id}`, (route) => route.abort("connectionreset"), { times: 1 });
    await open(page, address(rich.id));
    await page.locator(".report > .failure").waitFor();
    await inspect(page, "a report that did not come");
    await end();
  });
}
