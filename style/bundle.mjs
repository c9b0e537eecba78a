// Bundles the two style sheets. Of Leaflet's own only those rules are taken that are about what leaflet.js draws
// (src/map/leaflet.js): a third of the map page's styles would be about its popups and controls. Called by `npm run style`.
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const [, , main, later] = process.argv;

/** What Leaflet's class names, without `leaflet-`, are about on our maps. */
const DRAWN = new Set(
  ("container pane map-pane tile-pane overlay-pane marker-pane layer tile tile-container tile-loaded image-layer " +
    "zoom-box zoom-animated zoom-anim pan-anim zoom-hide interactive grab crosshair dragging safari " +
    "touch-drag touch-zoom").split(" "),
);
/** What ours have none of; a name in neither list is new, and somebody has to look what it is for. */
const NOT_DRAWN =
  /^(marker-icon|marker-shadow|shadow-pane|marker-draggable|div-icon|fade-anim|oldie|vml-shape|touch|disabled|attribution-flag|retina|default-icon-path|(popup|tooltip)(-.+)?|control(-.+)?|bar|top|right|bottom|left)$/;

/** Leaflet's style sheet without the rules for what is not drawn, and without the prefixes of older browsers. */
function drawn(sheet) {
  const rules = [];
  const flat = sheet.replace(/\/\*[^]*?\*\//g, "").replace(/@media print\s*{(?:[^{}]*{[^{}]*})*\s*}/g, "");
  for (const [, selectors, body] of flat.matchAll(/([^{}]+){([^{}]*)}/g)) {
    const kept = selectors.split(",").filter(isDrawn);
    const declarations = body.split(";").filter((line) => !isForOlder(line, body));
    if (kept.length > 0 && declarations.join("").trim() !== "") rules.push(`${kept.join(",")}{${declarations.join(";")}}`);
  }
  if (rules.length < 20) throw new Error("Leaflet's style sheet is not what it used to be");
  return rules.join("\n");
}

/** Whether a declaration only says with a prefix what stands beside it without; Safari still needs one. */
function isForOlder(line, body) {
  const [, property] = line.match(/^\s*-(?:ms|moz|webkit)-([\w-]+)\s*:/) ?? [];
  return (property && property !== "user-select" && new RegExp(`[\\s;]${property}\\s*:`).test(body)) ||
    /:\s*-(webkit|moz)-(grab|transform)/.test(line);
}

/** Whether a selector is about something on our maps; lines and areas would be SVG, and there are none. */
function isDrawn(selector) {
  const names = [...selector.matchAll(/\.(?:leaflet-)?([\w-]+)/g)].map(([, name]) => name);
  const unknown = names.find((name) => !DRAWN.has(name) && !NOT_DRAWN.test(name) && name !== "lvml");
  if (unknown) throw new Error(`style/bundle.mjs does not know what Leaflet's .leaflet-${unknown} is for`);
  return names.every((name) => DRAWN.has(name)) && !/\bsvg\b|\bcanvas\b/.test(selector);
}

const leaflet = {
  name: "leaflet",
  setup(build) {
    build.onLoad({ filter: /leaflet\/dist\/leaflet\.css$/ }, ({ path }) => ({
      contents: drawn(readFileSync(path, "utf8")),
      loader: "css",
    }));
  },
};

for (const [entry, outfile] of [["style/main.css", main], ["style/later.css", later]]) {
  await build({ entryPoints: [entry], outfile, bundle: true, minify: true, logLevel: "warning", plugins: [leaflet] });
}
