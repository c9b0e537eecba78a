// Bundles what leaflet.js names, for the browsers that run the portal at all. What Leaflet (1.9.4) holds ready for
// others is left out, and the names that only it uses are short: 2 KB. Called by `npm run leaflet`.
import { readFileSync } from "node:fs";
import { build } from "esbuild";

/** What Leaflet finds out about the browser, where every one of ours answers the same (leaflet/src/core/Browser.js). */
const ANSWERS = {
  any3d: true,
  passiveEvents: true,
  pointer: true,
  touch: true,
  edge: false,
  ie: false,
  ie3d: false,
  ielt9: false,
  mobileOpera: false,
  msPointer: false,
};
/** What it still has to ask. Whatever else it asks has to be put into one of the two lists. */
const ASKED = ["chrome", "linux", "mac", "mobile", "retina", "safari", "touchNative"];

/** A file of Leaflet's with the answers in the place of the questions. */
function answered(text) {
  return text.replace(/\bBrowser\.(\w+)/g, (question, name) => {
    if (name in ANSWERS) return String(ANSWERS[name]);
    if (ASKED.includes(name)) return question;
    throw new Error(`Leaflet asks for Browser.${name}, which src/map/leaflet.mjs does not know`);
  });
}

/** The questions that are left, and what they are made of. */
function questions(text) {
  const declared = (name) => {
    const found = text.match(new RegExp(`^var ${name} = [^;]+;`, "m"));
    if (!found) throw new Error(`Leaflet does not ask for ${name} as it used to`);
    return found[0].replace(/!edge && /, "");
  };
  const helper = text.match(/^function userAgentContains[^]+?^}/m);
  if (!helper) throw new Error("Leaflet does not read the browser's name as it used to");
  return `${ASKED.map(declared).join("\n")}\n${helper[0]}\nexport default { ${ASKED.join(", ")} };`;
}

const leaflet = {
  name: "leaflet",
  setup(build) {
    build.onLoad({ filter: /leaflet\/src\/.*\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      return { contents: path.endsWith("core/Browser.js") ? questions(text) : answered(text) };
    });
    // Lists of all that there is, as properties of each other: nobody asks them for what the others import by name.
    build.onResolve({ filter: /(crs|projection)\/index$/ }, async ({ path, ...rest }) => {
      if (rest.pluginData === "resolved") return undefined;
      const found = await build.resolve(`${path}.js`, { ...rest, pluginData: "resolved" });
      return { ...found, sideEffects: false };
    });
  },
};

await build({
  entryPoints: ["src/map/leaflet.js"],
  outfile: process.argv[2],
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome96", "firefox79", "safari15.1"],
  logLevel: "warning",
  plugins: [leaflet],
  // What Leaflet keeps to itself begins so. `_leaflet_…` it also asks for by a text; the others the portal does
  // (leaflet_ext.rs).
  mangleProps: /^_[a-z]/,
  reserveProps: /^_(leaflet_|animatingZoom$|getNewPixelOrigin$)/,
});
