// A browser that notices what must not happen: console errors, CSP violations, requests to strangers.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 800 };
export const LANGUAGES = ["id", "en"];

export async function launch() {
  return chromium.launch({
    executablePath: process.env.WARGA_CHROMIUM,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
}

/**
 * A page of a new visitor. `visit.expect(pattern)` names a console error that the test provokes itself;
 * `visit.end()` fails on every other one, on violations of the policy, and on requests to strangers.
 */
export async function visit(browser, site, { viewport = PHONE, language = null, ...options } = {}) {
  const context = await browser.newContext({ viewport, reducedMotion: "reduce", ...options });
  if (language) {
    await context.addInitScript((tag) => localStorage.getItem("warga.language") ?? localStorage.setItem("warga.language", tag), language);
  }
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await context.addInitScript(() => {
    let sum = 0;
    const add = (entries) => entries.forEach((entry) => { sum += entry.hadRecentInput ? 0 : entry.value; });
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    window.shifted = () => { add(observer.takeRecords()); return sum; };
  });
  const page = await context.newPage();
  const wrong = [];
  const expected = [];
  const requests = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(message.text());
  });
  page.on("pageerror", (error) => wrong.push(`uncaught: ${error}`));
  page.on("request", (request) => {
    const url = request.url();
    requests.push(url);
    const known = [site.origin, site.host ?? site.origin, site.tiles, "data:", "blob:"].some((start) => url.startsWith(start));
    if (!known) wrong.push(`a request to a stranger: ${url}`);
  });
  return {
    context,
    page,
    requests,
    expect: (pattern) => expected.push(pattern),
    end: async () => {
      await context.close();
      const left = wrong.filter((text) => !expected.some((pattern) => pattern.test(text)));
      assert.deepEqual(left, [], "the page complained");
    },
  };
}

/** Opens a page of the portal and waits until it has started. */
export async function open(page, url) {
  await page.goto(url);
  await page.locator("header.top").waitFor();
}

/** Waits until the list has its answer. */
export async function listed(page) {
  await page.locator('.home-list[aria-busy="false"]').waitFor();
}

/** Moves the map of the form a little with the arrow keys, so that a place is chosen. */
export async function choosePlace(page) {
  const map = page.locator(".map-picker .map-ground");
  await map.focus();
  await page.keyboard.press("ArrowRight");
  await page.locator(".place-state", { hasText: /Pin/ }).waitFor();
}
