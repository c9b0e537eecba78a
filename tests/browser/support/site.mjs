// A whole site for one test file: the release bundle, the real server on a real database, a street map of our own.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveStatic } from "./static.mjs";

const api = need("WARGA_API");
const dist = need("WARGA_DIST");

function need(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; the browser tests are run by \`cargo xtask test\``);
  return value;
}

/** A 256-pixel street map picture: one flat colour. */
const TILE = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256" fill="#e9e5dc" stroke="#d5cfc2"/></svg>',
);

/**
 * Starts a site with `reports` demo reports, and with limits on how often one may write only where asked. `close()` leaves
 * nothing behind. With `elsewhere` the portal lies on a plain file server under that path, and the API is on another
 * origin, which lets its pages write if they are `listed`. With `data` it serves that data folder, and leaves it there.
 */
export async function startSite({ reports = 300, data: given = null, prefix = "", limits = false, elsewhere = null, listed = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "warga-browser-"));
  const data = given ?? join(folder, "data");
  const assets = join(folder, "dist");
  cpSync(dist, assets, { recursive: true });

  const map = createServer((request, response) => {
    response.writeHead(200, { "content-type": "image/svg+xml", "cache-control": "max-age=3600" });
    response.end(TILE);
  });
  const mapPort = await listen(map);
  const tiles = `http://localhost:${mapPort}`;
  const settings = JSON.parse(readFileSync(join(assets, "site.json"), "utf8"));
  settings.tiles.url = `${tiles}/{z}/{x}/{y}.svg`;
  writeFileSync(join(assets, "site.json"), JSON.stringify(settings));

  if (!given && reports > 0) {
    const seeded = spawnSync(api, ["seed", "--data", data, "--reports", String(reports)], { encoding: "utf8" });
    if (seeded.status !== 0) throw new Error(`seed failed: ${seeded.stderr}`);
  }

  let server = null;
  const files = elsewhere && (await serveStatic(assets, elsewhere));
  const host = files && `http://127.0.0.1:${files.address().port}`;
  const site = { url: "", origin: "", api_url: "", host, tiles, data, assets };
  /** Starts the server; after `stop` on the port it had. */
  site.start = async () => {
    const listenOn = site.origin ? new URL(site.origin).host : "127.0.0.1:0";
    // Without limits: all the visitors of the tests come from one address.
    const args = ["serve", "--listen", listenOn, "--data", data];
    if (!limits) args.push("--device-work", "off");
    if (!elsewhere) args.push("--assets", assets);
    if (prefix) args.push("--prefix", prefix);
    if (elsewhere && listed) args.push("--allow-origin", host);
    server = spawn(api, args, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, RUST_LOG: "warn" } });
    const line = await firstLine(server);
    const served = line.replace("listening on ", "");
    site.origin = new URL(served).origin;
    site.api_url = `${served}/api/v1`;
    site.url = elsewhere ? host + elsewhere : served;
  };
  /** Ends the server as a failing machine would. */
  site.kill = async () => {
    const gone = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGKILL");
    await gone;
  };
  site.close = async () => {
    if (server.exitCode === null && server.signalCode === null) await site.kill();
    files?.closeAllConnections();
    files?.close();
    map.closeAllConnections();
    await new Promise((resolve) => map.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  };
  /** Asks the API directly, past the portal. */
  site.api = async (path) => (await fetch(`${site.api_url}/${path}`)).json();
  // A test run that is broken off takes its server with it.
  process.once("exit", () => server?.kill("SIGKILL"));
  await site.start();
  if (elsewhere) {
    // The two things whoever puts the files there edits: where they lie, and where the API is.
    const index = join(assets, "index.html");
    const page = readFileSync(index, "utf8");
    if (!page.includes('<base href="/">')) throw new Error("the page has no base to edit");
    writeFileSync(index, page.replace('<base href="/">', `<base href="${elsewhere}/">`));
    settings.api = site.api_url;
    writeFileSync(join(assets, "site.json"), JSON.stringify(settings));
  }
  return site;
}

function listen(server) {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(text.slice(0, text.indexOf("\n")).trim());
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
}
