// What every page must stand in every look: axe finds nothing, nothing sticks out, nothing jumps.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { DESKTOP, LANGUAGES, PHONE } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];

/** Both widths, both colour schemes, both languages. */
export const LOOKS = [PHONE, DESKTOP].flatMap((viewport) =>
  ["light", "dark"].flatMap((colorScheme) =>
    LANGUAGES.map((language) => ({ viewport, colorScheme, language, name: `${viewport.width} px, ${colorScheme}, ${language}` })),
  ),
);

/** The sum of layout shifts that no press or key explains, since the document was opened (`visit` counts them). */
export async function shifted(page) {
  // What has been drawn last is counted once the next picture is out.
  return page.evaluate(() => new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(window.shifted()), 50)));
  }));
}

export async function violations(page) {
  // Through the debugger, where the page's own policy does not reach.
  const { results } = await page.evaluate(
    `${axe}; axe.run({ runOnly: ${JSON.stringify(RULES)} }).then((results) => ({ results }))`,
  );
  return results.violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
}

/** Holds the page, as it stands now, to all of that. `what` names it in a failure. */
export async function inspect(page, what) {
  assert.deepEqual(await violations(page), [], what);
  const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= screen, `${what} is ${wide} px wide on a screen of ${screen}`);
  const shift = await shifted(page);
  assert.ok(shift <= 0.02, `${what} shifts by ${shift.toFixed(3)}`);
}
