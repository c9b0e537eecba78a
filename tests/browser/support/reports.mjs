// Reports of the tests' own, sent through the API as a phone would.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";

/** A UUIDv7: the time, and chance. */
export function newId() {
  const bytes = Buffer.concat([Buffer.alloc(6), randomBytes(10)]);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** A device: what it may ask, with its token. */
export async function device(site) {
  const ask = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${site.url}/api/v1/${path}`, { method, body, headers });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
    return answer.json();
  };
  const { token } = await ask("POST", "devices", "{}", { "content-type": "application/json" });
  const authorization = `Bearer ${token}`;
  return {
    token,
    ask: (method, path, body) =>
      ask(method, path, body && JSON.stringify(body), { authorization, "content-type": "application/json" }),
    /** Sends a photo and gives its id. */
    photo: async (bytes) => {
      const id = newId();
      await ask("PUT", `photos/${id}`, bytes, { authorization, "content-type": "image/jpeg" });
      return id;
    },
    /** Sends a report; what `report` leaves out is some pothole in Bandung. */
    report: (report = {}) =>
      ask(
        "PUT",
        `reports/${newId()}`,
        JSON.stringify({
          category: "road", description: "Lubang di depan pasar.", lat: -6.9175, lng: 107.6191,
          secret: randomBytes(16).toString("hex"), ...report,
        }),
        { authorization, "content-type": "application/json" },
      ),
  };
}

/** A JPEG that no camera took: a slope of colour with a number on it. */
export async function jpeg(browser, { width = 800, height = 600, hue = 200, text = "1" } = {}) {
  const page = await browser.newPage();
  const base64 = await page.evaluate(({ width, height, hue, text }) => {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const draw = canvas.getContext("2d");
    const slope = draw.createLinearGradient(0, 0, width, height);
    slope.addColorStop(0, `hsl(${hue} 40% 70%)`);
    slope.addColorStop(1, `hsl(${hue} 40% 25%)`);
    draw.fillStyle = slope;
    draw.fillRect(0, 0, width, height);
    draw.fillStyle = "white";
    draw.font = `${height / 2}px sans-serif`;
    draw.fillText(text, width / 3, height / 1.5);
    return canvas.toDataURL("image/jpeg", 0.8).split(",")[1];
  }, { width, height, hue, text });
  await page.close();
  return Buffer.from(base64, "base64");
}
