// Visits the portal, round by round on a phone and on a desktop, and prints the tables.
// `node run.mjs ROUNDS DATA`: DATA is a data folder with the reports.
import os from "node:os";
import { startSite } from "../../../tests/browser/support/site.mjs";
import { causes } from "./causes.mjs";
import { figures } from "./figures.mjs";
import { rest } from "./hand.mjs";
import { explained, slowest, table } from "./tables.mjs";
import { SCREENS, visit } from "./visit.mjs";

const [rounds, data] = [Number(process.argv[2]), process.argv[3]];
const site = await startSite({ data });
try {
  // A million points are a second's reading.
  while (!(await fetch(`${site.url}/readyz`)).ok) await rest(100);
  // Every public report lies in exactly one cell of the world.
  const { cells } = await site.api("tiles/0/0/0");
  const reports = cells.flatMap(({ by }) => by).reduce((sum, [, , count]) => sum + count, 0);
  const visits = SCREENS.map((screen) => ({ ...screen, figures: [] }));
  const loads = [];
  let browser;
  for (let round = 1; round <= rounds; round += 1) {
    for (const screen of visits) {
      loads.push(os.loadavg()[0]);
      const visited = await visit(site, screen);
      browser = visited.browser;
      screen.figures.push(figures(visited));
      const { longest, inp, lost } = screen.figures.at(-1);
      console.error(`round ${round} of ${rounds}, ${screen.name}: longest task ${longest} ms, INP ${inp} ms, ${lost.toFixed(1)} of a hundred pictures lost, load average ${os.loadavg()[0].toFixed(1)}`);
    }
  }
  console.log(table(visits, { reports, rounds, loads, browser }));
  for (const screen of visits) console.log(`\n${slowest(screen)}`);
  for (const screen of visits) console.log(`\n${explained(screen.name, causes(await visit(site, screen, true)))}`);
} finally {
  await site.close();
}
