// A plain file server, as governments have them: it knows no more than files and one page for all other addresses.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml" };

/** Serves `folder` under `prefix`, on a free port of its own. What it has no type for it sends as bytes. */
export function serveStatic(folder, prefix) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    if (!pathname.startsWith(`${prefix}/`)) return response.writeHead(404).end();
    const inside = normalize(decodeURIComponent(pathname.slice(prefix.length + 1)));
    const asked = join(folder, inside);
    const isFile = !inside.startsWith("..") && existsSync(asked) && statSync(asked).isFile();
    // Addresses of pages have no dot, but for the ids of participants; a file that is not there is not there.
    if (!isFile && extname(inside) && !inside.includes(":")) return response.writeHead(404).end();
    const file = isFile ? asked : join(folder, "index.html");
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    return createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
