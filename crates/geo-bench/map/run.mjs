// Drives the samples, each in a page or a process of its own, ours and theirs in turn, and prints the tables.
// `node run.mjs FOLDER ROUNDS SET...`: FOLDER holds the built scripts and the sets.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import os from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { tables } from "./tables.mjs";

const [folder, rounds, ...sets] = process.argv.slice(2);
const node = promisify(execFile);

/** 50 pixels on tiles of 256, as ours gathers squares of 64; and supercluster's defaults, which come to 20. */
const THEIRS = { same: { radius: 50, extent: 256, maxZoom: 16 }, defaults: { radius: 40, extent: 512, maxZoom: 16 } };
const ours = (mode, order) => ({ engine: "ours", mode, order });
const theirs = (mode, order, radius) => ({ engine: "theirs", mode, order, radius, options: THEIRS[radius] });

/** In turn, so that what disturbs the machine disturbs both. */
const ROUND = [
  ours("times", "given"), theirs("times", "given", "same"), ours("times", "sorted"), theirs("times", "sorted", "same"),
  ours("project", "given"), theirs("times", "given", "defaults"), theirs("reload", "given", "same"),
];
const SLOWED = [ours("times", "given"), ours("slices", "given")];
const CHECKS = [ours("check", "given"), ours("check", "sorted"), theirs("check", "given", "same"), theirs("check", "sorted", "same")];

const TYPES = { html: "text/html", mjs: "text/javascript", wasm: "application/wasm" };

/** Isolated, so that the page's clock counts in 5 µs and not in 100. */
function serve() {
  const server = createServer(async ({ url }, answer) => {
    try {
      const file = url.startsWith("/set/") ? `${url.slice(5)}.set` : url.slice(1);
      const body = url === "/" ? '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.mjs"></script>' : await readFile(join(folder, file));
      answer.writeHead(200, {
        "content-type": TYPES[url === "/" ? "html" : url.split(".").pop()] ?? "application/octet-stream",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
      });
      answer.end(body);
    } catch {
      answer.writeHead(404).end();
    }
  });
  return new Promise((resolve) => { server.listen(0, "127.0.0.1", () => resolve(server)); });
}

async function inPage(origin, job, slowed) {
  // A browser of its own: nothing compiled, cached or allocated is left over.
  const browser = await chromium.launch({
    executablePath: process.env.WARGA_CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(origin);
    await page.waitForFunction(() => window.prepare && crossOriginIsolated);
    await page.evaluate((job) => window.prepare(job), job);
    const session = await page.context().newCDPSession(page);
    const used = async () => {
      await session.send("HeapProfiler.collectGarbage");
      const { usedSize, backingStorageSize } = await session.send("Runtime.getHeapUsage");
      return usedSize + (backingStorageSize ?? 0);
    };
    const before = await used();
    if (slowed) await session.send("Emulation.setCPUThrottlingRate", { rate: slowed });
    const result = await page.evaluate(() => window.sample());
    return { ...result, heap: (await used()) - before, browser: browser.version() };
  } finally {
    await browser.close();
  }
}

async function inNode(job) {
  const sample = [join(folder, "sample.mjs"), JSON.stringify(job), join(folder, `${job.set}.set`)];
  const { stdout } = await node("node", ["--expose-gc", "--max-old-space-size=8192", ...sample]);
  return JSON.parse(stdout);
}

const server = await serve();
const origin = `http://127.0.0.1:${server.address().port}`;
const samples = [];
async function sample(job, where, slowed = 0) {
  const load = os.loadavg()[0];
  const result = where === "Node" ? await inNode(job) : await inPage(origin, job, slowed);
  samples.push({ ...job, where: slowed ? `${where}, CPU ${slowed} times slower` : where, load, ...result });
}

for (const set of sets) {
  for (const job of CHECKS) await sample({ ...job, set }, "Chromium");
  for (let round = 1; round <= Number(rounds); round += 1) {
    for (const where of ["Chromium", "Node"]) for (const job of ROUND) await sample({ ...job, set }, where);
    for (const job of SLOWED) await sample({ ...job, set }, "Chromium", 4);
    console.error(`${set}: round ${round} of ${rounds}, load average ${os.loadavg()[0].toFixed(1)}`);
  }
}
server.close();
console.log(tables(samples, sets, Number(rounds)));
