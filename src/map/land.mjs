// Draws the land of the region, for a map without streets: Natural Earth's outlines (public domain, by way of the npm
// package world-atlas), cut to Indonesia and its neighbours, in web mercator. Called by `npm run land`.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoMercator, geoPath } from "d3-geo";
import { feature } from "topojson-client";

/** West, south, east, north in degrees. `src/map/land.rs` says the same. */
const [WEST, SOUTH, EAST, NORTH] = [66, -36, 170, 36];
/** One unit is some 3 km: about as exact as the outlines are. */
const WIDTH = 4096;

const world = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("world-atlas/land-50m.json"), "utf8"));
const projection = geoMercator().scale(WIDTH / ((EAST - WEST) * Math.PI / 180)).translate([0, 0]);
const [left, top] = projection([WEST, NORTH]);
const [right, bottom] = projection([EAST, SOUTH]);
projection.translate([-left, -top]).clipExtent([[0, 0], [right - left, bottom - top]]);
const path = geoPath(projection).digits(0)(feature(world, world.objects.land));
writeFileSync(
  process.argv[2],
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${Math.round(bottom - top)}" preserveAspectRatio="none">` +
    "<style>path{fill:#f3efe4;stroke:#b9c4c1;vector-effect:non-scaling-stroke}@media(prefers-color-scheme:dark){path{fill:#33444b;stroke:#5d7078}}</style>" +
    `<path d="${path}"/></svg>\n`,
);
