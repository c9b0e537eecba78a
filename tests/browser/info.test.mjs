// What there is to read, the menu that leads there, erasing what the device keeps, and the states of the frame:
// offline, not found, crashed, not started.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { DESKTOP, LANGUAGES, PHONE, launch, listed, open, visit } from "./support/browser.mjs";
import { LOOKS, inspect } from "./support/inspect.mjs";
import { startSite } from "./support/site.mjs";

let site, browser;
before(async () => {
  site = await startSite({ reports: 60, prefix: "/lapor" });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const words = (language) => JSON.parse(readFileSync(new URL(`../../locales/${language}.json`, import.meta.url), "utf8"));
const TEXTS = ["about", "privacy", "accessibility"];

/** Waits until a page has its heading. */
async function headed(page, text) {
  await page.locator("main h1", { hasText: text }).waitFor();
}

const focused = (page, selector) => page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
const eraseButton = (page) => page.locator(".text-erase > button");

for (const look of LOOKS) {
  const say = words(look.language);

  test(`the texts, the menu and the question before erasing hold at ${look.name}`, async () => {
    const { page, end } = await visit(browser, site, look);
    for (const text of TEXTS) {
      await open(page, `${site.url}/${text}`);
      await headed(page, say.menu[text]);
      assert.equal(await page.title(), `${say.menu[text]} · Warga`);
      await inspect(page, text);
    }
    await open(page, `${site.url}/privacy`);
    await headed(page, say.menu.privacy);
    // The site's own street map is named, whosever it is.
    await page.locator("p", { hasText: new URL(site.tiles).host }).waitFor();
    await eraseButton(page).click();
    await page.locator("dialog[open]").waitFor();
    await inspect(page, "the question before erasing");
    await page.locator("dialog .button-danger").click();
    await page.locator(".text-erase .notice").waitFor();
    await inspect(page, "after erasing");
    await page.locator("#menu-button").click();
    await page.locator(".menu a").first().waitFor();
    await inspect(page, "the menu");
    await end();
  });

  test(`offline, not found and not started hold at ${look.name}`, async () => {
    const visited = await visit(browser, site, look);
    visited.expect(/net::|Failed to fetch|dynamically imported|WebAssembly/);
    const { page, context, end } = visited;
    await open(page, `${site.url}/about`);
    await headed(page, say.menu.about);
    await context.setOffline(true);
    await page.locator(".offline", { hasText: say.offline.now }).locator("button").waitFor();
    await inspect(page, "offline");
    await context.setOffline(false);
    await open(page, `${site.url}/tidak/ada`);
    await headed(page, say.missing.title);
    await inspect(page, "not found");
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto(`${site.url}/privacy`);
    await page.locator("#not-started").waitFor();
    await inspect(page, "not started");
    // The way to try again is the page that was asked for.
    await page.unroute("**/*.wasm");
    await page.locator("#not-started a").click();
    await headed(page, say.menu.privacy);
    await end();
  });

  test(`a crash says so and keeps what was typed at ${look.name}`, async () => {
    const visited = await visit(browser, site, look);
    visited.expect(/panicked|unreachable|RuntimeError/);
    const { page, end } = visited;
    const text = "Pohon tumbang menutup jalan.";
    await open(page, `${site.url}/reports/new?at=-6.91500,107.61000,15`);
    await page.fill("#description", text);
    await page.waitForFunction((typed) => localStorage.getItem("warga.draft")?.includes(typed), text);
    // A browser that cannot make an element is one thing that the library does not expect.
    await page.evaluate(() => {
      const create = document.createElement;
      document.createElement = function (name, ...rest) {
        if (name === "article") throw new DOMException("no more elements");
        return create.call(this, name, ...rest);
      };
    });
    await page.locator("#menu-button").click();
    await page.locator(".menu a[href$=about]").click();
    await page.locator(".crash h1", { hasText: say.app.crashed_title }).waitFor();
    assert.equal(await page.title(), `${say.app.crashed_title} · Warga`);
    assert.ok(await page.locator(".crash [role=alert]", { hasText: say.app.kept }).isVisible());
    assert.equal(await page.locator("header.top").count(), 0, "nothing is left of what may be broken");
    await inspect(page, "a crash");
    await page.locator(".crash a").click();
    await headed(page, say.menu.about);
    await open(page, `${site.url}/reports/new`);
    await page.locator("#description").waitFor();
    assert.equal(await page.inputValue("#description"), text);
    await end();
  });
}

test("the header takes one line and nothing sticks out, from 320 px on, with targets for fingers", async () => {
  for (const language of LANGUAGES) {
    for (const width of [320, 340, 358, 360, 375, 412]) {
      const { page, end } = await visit(browser, site, { viewport: { width, height: 640 }, language });
      await open(page, `${site.url}/about`);
      await headed(page, words(language).menu.about);
      const top = await page.evaluate(() => {
        const top = document.querySelector("header.top");
        const sized = [...top.querySelectorAll("a:not(.skip), button, summary")].filter((it) => it.checkVisibility());
        return {
          wide: document.documentElement.scrollWidth,
          height: top.offsetHeight,
          right: Math.max(...sized.map((it) => it.getBoundingClientRect().right)),
          small: sized.filter((it) => it.offsetHeight < 44).map((it) => it.outerHTML.slice(0, 80)),
          menu: document.querySelector("#menu-button").offsetWidth,
        };
      });
      const what = `${width} px, ${language}`;
      assert.ok(top.wide <= width && top.right <= width, `${what}: ${JSON.stringify(top)}`);
      assert.ok(top.height < 64, `${what}: ${top.height} px high`);
      assert.deepEqual(top.small, [], what);
      assert.ok(top.menu >= 44, what);
      await page.locator("#menu-button").click();
      const targets = await page.locator(".menu a").evaluateAll((links) => links.map((link) => link.offsetHeight));
      assert.ok(targets.length === 5 && targets.every((height) => height >= 44), `${what}: ${targets}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${what}, the menu open`);
      await end();
    }
  }
});

test("the menu works by keyboard: Enter, Tab, Escape, and the focus goes on with the page", async () => {
  const { page, end } = await visit(browser, site, { viewport: DESKTOP });
  const { keyboard } = page;
  const say = words("id");
  await open(page, site.url);
  await listed(page);
  await page.locator("#menu-button").focus();
  await keyboard.press("Enter");
  await page.locator(".menu[open]").waitFor();
  await keyboard.press("Tab");
  assert.ok(await focused(page, ".menu a[href$=participants]"));
  await keyboard.press("Escape");
  await page.locator(".menu:not([open])").waitFor();
  assert.ok(await focused(page, "#menu-button"), "Escape gives the focus back");

  await keyboard.press("Space");
  await page.locator(".menu[open]").waitFor();
  for (let tabs = 0; tabs < 6; tabs += 1) await keyboard.press("Tab");
  await page.locator(".menu:not([open])").waitFor();
  assert.ok(await page.evaluate(() => !document.activeElement.closest(".menu")), "the focus has gone on");

  await page.locator("#menu-button").focus();
  await keyboard.press("Enter");
  // Past the movement, the declaration and what the portal is.
  for (let tabs = 0; tabs < 4; tabs += 1) await keyboard.press("Tab");
  await keyboard.press("Enter");
  await headed(page, say.menu.privacy);
  assert.equal(page.url(), `${site.url}/privacy`);
  await page.locator(".menu:not([open])").waitFor();
  await page.waitForFunction(() => document.activeElement.id === "content");
  assert.equal(await page.title(), `${say.menu.privacy} · Warga`);

  // From one text to the next, which is another page.
  await page.locator("#menu-button").click();
  assert.equal(await page.locator('.menu a[aria-current="true"]').textContent(), say.menu.privacy);
  await page.locator(".menu a[href$=accessibility]").click();
  await headed(page, say.menu.accessibility);
  await page.goBack();
  await headed(page, say.menu.privacy);
  // To the page that is open already.
  await page.locator("#menu-button").click();
  await page.locator(".menu a[href$=privacy]").click();
  await page.locator(".menu:not([open])").waitFor();
  assert.ok(await focused(page, "#menu-button"));
  await page.locator("#menu-button").click();
  await page.locator("main h1").click();
  await page.locator(".menu:not([open])").waitFor();
  await page.locator("a.back").click();
  await listed(page);
  await end();
});

/** What the browser keeps, ours and others'. */
const kept = (page) => page.evaluate(async () => ({
  small: Object.keys(localStorage).sort(),
  databases: (await indexedDB.databases()).map(({ name }) => name).sort(),
  caches: (await caches.keys()).sort(),
}));

/** Makes a database and leaves it closed, or held open as another tab would that is not done with it. */
const makeDatabase = (page, name, hold = false) => page.evaluate(([name, hold]) => new Promise((resolve, reject) => {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("photos");
  request.onsuccess = () => {
    if (hold) window.held = request.result;
    else request.result.close();
    resolve();
  };
  request.onerror = () => reject(request.error);
}), [name, hold]);

test("erasing erases what is ours, all of it, and nothing else", async () => {
  const { page, end } = await visit(browser, site, { language: "en" });
  const say = words("en");
  const { reports: [report] } = await site.api("reports?limit=1");
  await open(page, `${site.url}/reports/${report.id}`);
  await page.locator(".support-button").click();
  await page.locator('.support-button[aria-pressed="true"]:not([aria-disabled=true])').waitFor();
  await page.waitForFunction(() => localStorage.getItem("warga.device"));
  await open(page, `${site.url}/reports/new?at=-6.91500,107.61000,15`);
  await page.fill("#description", "Belum selesai");
  await page.waitForFunction(() => localStorage.getItem("warga.draft"));
  for (const name of ["warga", "warga-map", "another-site"]) await makeDatabase(page, name);
  await page.evaluate(async () => {
    localStorage.setItem("another.site", "stays");
    await caches.open("warga-1");
    await caches.open("another-site");
  });
  const all = await kept(page);
  for (const key of ["warga.device", "warga.draft", "warga.language"]) assert.ok(all.small.includes(key), key);

  await page.locator("#menu-button").click();
  await page.locator(".menu a[href$=privacy]").click();
  await headed(page, say.menu.privacy);
  // Whoever says no, by the button or by Escape, has lost nothing.
  for (const leave of [() => page.locator("dialog .button").first().click(), () => page.keyboard.press("Escape")]) {
    await eraseButton(page).click();
    await page.locator("dialog[open]").waitFor();
    assert.ok(await focused(page, "dialog .button:not(.button-danger)"), "the focus is on what does no harm");
    await leave();
    await page.locator("dialog:not([open])").waitFor({ state: "attached" });
    assert.ok(await focused(page, ".text-erase > button"), "the focus returns");
    assert.deepEqual(await kept(page), all);
  }

  await eraseButton(page).click();
  await page.locator("dialog .button-danger").click();
  await page.locator(".text-erase .notice", { hasText: say.erase.done }).waitFor();
  await page.waitForFunction(() => document.activeElement.id === "erase-outcome");
  assert.deepEqual(await kept(page), { small: ["another.site"], databases: ["another-site"], caches: ["another-site"] });

  // Not even what the page held in memory is left: this is another device now.
  await page.locator("a.back").click();
  await listed(page);
  await page.evaluate((path) => {
    const link = Object.assign(document.createElement("a"), { href: path, textContent: "x", id: "there" });
    document.querySelector("main").append(link);
    link.click();
  }, `reports/${report.id}`);
  await page.locator('.support-button[aria-pressed="false"]').waitFor();
  await open(page, `${site.url}/reports/new`);
  await page.locator("#description").waitFor();
  assert.equal(await page.inputValue("#description"), "");
  await end();
});

test("what could not be erased is said, and another try erases it", async () => {
  const { page, context, end } = await visit(browser, site);
  const say = words("id");
  await open(page, `${site.url}/privacy`);
  await headed(page, say.menu.privacy);
  const other = await context.newPage();
  await open(other, site.url);
  await makeDatabase(other, "warga", true);
  await eraseButton(page).click();
  await page.locator("dialog .button-danger").click();
  await page.locator(".text-erase .failure", { hasText: say.erase.remains }).waitFor();
  await other.close();
  await eraseButton(page).click();
  await page.locator("dialog .button-danger").click();
  await page.locator(".text-erase .notice", { hasText: say.erase.done }).waitFor();
  assert.deepEqual((await kept(page)).databases, []);
  await end();
});

test("erasing works where the browser lists no databases and keeps no caches", async () => {
  const { page, context, end } = await visit(browser, site);
  await context.addInitScript(() => {
    delete IDBFactory.prototype.databases;
    Object.defineProperty(window, "caches", { value: undefined });
  });
  await open(page, `${site.url}/privacy`);
  await headed(page, words("id").menu.privacy);
  await makeDatabase(page, "warga");
  await eraseButton(page).click();
  await page.locator("dialog .button-danger").click();
  await page.locator(".text-erase .notice").waitFor();
  // Were it still there, it would have its store.
  assert.equal(await page.evaluate(() => new Promise((resolve) => {
    const request = indexedDB.open("warga");
    request.onsuccess = () => resolve(request.result.objectStoreNames.length);
  })), 0);
  await end();
});

test("the word that there is no network comes and goes, and can be closed", async () => {
  const { page, context, end } = await visit(browser, site);
  const say = words("id");
  await open(page, `${site.url}/about`);
  await headed(page, say.menu.about);
  const word = page.locator(".offline[role=status]");
  assert.equal(await word.textContent(), "");
  await context.setOffline(true);
  await word.getByText(say.offline.kept).waitFor();
  await context.setOffline(false);
  await page.waitForFunction(() => document.querySelector(".offline").textContent === "");
  await context.setOffline(true);
  await page.getByRole("button", { name: say.offline.close }).click();
  await page.waitForFunction(() => document.querySelector(".offline").textContent === "");
  await end();
});

test("a browser that keeps nothing is promised nothing", async () => {
  const visited = await visit(browser, site);
  visited.expect(/panicked|unreachable|RuntimeError/);
  const { page, context, end } = visited;
  await context.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } });
  });
  const say = words("id");
  await open(page, `${site.url}/privacy`);
  await headed(page, say.menu.privacy);
  await context.setOffline(true);
  await page.locator(".offline", { hasText: say.offline.now }).waitFor();
  assert.equal(await page.locator(".offline", { hasText: say.offline.kept }).count(), 0);
  await context.setOffline(false);
  await eraseButton(page).click();
  await page.locator("dialog .button-danger").click();
  await page.locator(".text-erase .notice").waitFor();
  await page.evaluate(() => { document.createElement = ((create) => function (name) {
    if (name === "section") throw new DOMException("no more elements");
    return create.call(this, name);
  })(document.createElement); });
  await page.locator("a.back").click();
  await page.locator(".crash h1").waitFor();
  assert.equal(await page.locator(".crash", { hasText: say.app.kept }).count(), 0);
  await end();
});

test("the privacy page names whom this site asks for places, and nobody where it asks nobody", async () => {
  for (const search of [null, { url: "https://photon.example/api/?q={query}&lang={lang}" }]) {
    const { page, end } = await visit(browser, site);
    await page.route("**/site.json", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ json: { ...(await answer.json()), search } });
    });
    await open(page, `${site.url}/privacy`);
    await headed(page, words("id").menu.privacy);
    assert.equal(await page.locator("p", { hasText: "photon.example" }).count(), search ? 1 : 0);
    await end();
  }
});

test("an address that is no page leads on: to the map, to a report, to what Warga is", async () => {
  const visited = await visit(browser, site, { viewport: PHONE });
  const { page, end } = visited;
  const say = words("id");
  for (const [name, arrived] of [
    [say.app.home, ".home-list"],
    [say.app.report, "#description"],
    [say.menu.about, ".text-journey"],
  ]) {
    await open(page, `${site.url}/about/more`);
    await headed(page, say.missing.title);
    assert.equal(await page.title(), `${say.missing.title} · Warga`);
    await page.locator(".ways-on").getByRole("link", { name, exact: true }).click();
    await page.locator(arrived).waitFor();
  }
  await end();
});
