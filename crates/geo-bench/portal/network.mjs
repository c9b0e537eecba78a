// What goes over the line, as the browser counts it: headers and bodies as they come, packed.

/** What a request is for. The first pattern that fits decides. */
const KINDS = [["street map", (url, street) => url.startsWith(street)], ["tiles", (url) => /\/api\/v1\/tiles\//.test(url)],
  ["reports", (url) => /\/api\/v1\/reports/.test(url)], ["other", (url) => /\/api\/v1\//.test(url)], ["page", () => true]];
export const NAMES = ["page", "tiles", "reports", "other"];

/** Counts from now on. `since()` gives, by kind, bytes and requests since it was last asked. */
export async function count(cdp, street) {
  await cdp.send("Network.enable");
  const kinds = new Map();
  let sums = {};
  const add = (id, bytes, requests = 0) => {
    const sum = (sums[kinds.get(id)] ??= { bytes: 0, requests: 0, dropped: 0 });
    sum.bytes += bytes;
    sum.requests += requests;
    return sum;
  };
  const coming = new Map();
  cdp.on("Network.requestWillBeSent", ({ requestId, request }) => {
    // Pictures in the page itself are on no line.
    if (!/^https?:/.test(request.url)) return;
    kinds.set(requestId, KINDS.find(([, fits]) => fits(request.url, street))[0]);
    add(requestId, 0, 1);
  });
  cdp.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (kinds.has(requestId)) coming.set(requestId, (coming.get(requestId) ?? 0) + encodedDataLength);
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (kinds.has(requestId)) add(requestId, encodedDataLength);
  });
  cdp.on("Network.loadingFailed", ({ requestId }) => {
    // What had come of an answer that was dropped was paid for.
    if (kinds.has(requestId)) add(requestId, coming.get(requestId) ?? 0).dropped += 1;
  });
  return {
    since() {
      const last = sums;
      sums = {};
      return last;
    },
  };
}
