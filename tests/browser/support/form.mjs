// Filling in the form of a new report, for all the tests that send one.
import { choosePlace } from "./browser.mjs";

/** Chooses a category as a finger does, also where one was chosen before. */
export async function chooseCategory(page, code) {
  await page.locator(`button#category, #category-${code}`).first().waitFor({ state: "attached" });
  const change = page.locator("button#category");
  if (await change.isVisible()) await change.click();
  await page.locator("label.choice", { has: page.locator(`#category-${code}`) }).click();
  await page.locator("button#category").waitFor();
}

/** Fills in what a report must have, and whatever else is given. */
export async function fillReport(page, { category = "street_light", text, address = "", place = true }) {
  await chooseCategory(page, category);
  await page.fill("#description", text);
  if (address) await page.fill("#address", address);
  if (place) await choosePlace(page);
}

/** Goes on to the look at everything. */
export async function reviewReport(page) {
  await page.locator("button[type=submit]").click();
  await page.locator("#review-title").waitFor();
}

/** Looks at everything and sends it. */
export async function sendReport(page) {
  await reviewReport(page);
  await page.locator("button[type=submit]").click();
}

/** A JPEG as a camera makes it, with a place and a model noted in it (EXIF). `page` draws it. */
export async function cameraPhoto(page, width = 3000, height = 2000, orientation = 1) {
  const drawn = await page.evaluate(async ([width, height]) => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    const pen = canvas.getContext("2d");
    // Noise, so that it weighs what a photo does; the upper half is red, the lower blue.
    const half = pen.createImageData(width, height);
    for (let i = 0; i < half.data.length; i += 4) {
      const upper = i < half.data.length / 2;
      half.data[i] = (upper ? 180 : 20) + Math.random() * 60;
      half.data[i + 1] = 40 + Math.random() * 40;
      half.data[i + 2] = (upper ? 20 : 180) + Math.random() * 60;
      half.data[i + 3] = 255;
    }
    pen.putImageData(half, 0, 0);
    return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
  }, [width, height]);
  const jpeg = Buffer.from(drawn, "base64");
  return Buffer.concat([jpeg.subarray(0, 2), exif(orientation), jpeg.subarray(2)]);
}

/** What `cameraPhoto` notes as the maker of the camera. */
export const CAMERA = "KameraRahasia";

/** An APP1 segment: maker, orientation, and a place south of the equator (EXIF 2.3, section 4.5 and 4.6). */
function exif(orientation) {
  const tiff = Buffer.alloc(140);
  tiff.write("MM\0*", 0, "latin1");
  tiff.writeUInt32BE(8, 4);
  const entry = (at, tag, type, count, value) => {
    tiff.writeUInt16BE(tag, at);
    tiff.writeUInt16BE(type, at + 2);
    tiff.writeUInt32BE(count, at + 4);
    if (type === 3) tiff.writeUInt16BE(value, at + 8);
    else if (typeof value === "string") tiff.write(value, at + 8, "latin1");
    else tiff.writeUInt32BE(value, at + 8);
  };
  tiff.writeUInt16BE(3, 8);
  entry(10, 0x010f, 2, CAMERA.length + 1, 50);
  entry(22, 0x0112, 3, 1, orientation);
  entry(34, 0x8825, 4, 1, 70);
  tiff.write(`${CAMERA}\0`, 50, "latin1");
  tiff.writeUInt16BE(2, 70);
  entry(72, 0x0001, 2, 2, "S\0");
  entry(84, 0x0002, 5, 3, 104);
  [6, 1, 55, 1, 0, 1].forEach((number, index) => tiff.writeUInt32BE(number, 104 + 4 * index));
  const head = Buffer.from([0xff, 0xe1, 0, 0, ...Buffer.from("Exif\0\0", "latin1")]);
  head.writeUInt16BE(head.length - 2 + tiff.length, 2);
  return Buffer.concat([head, tiff]);
}
