// One sample in a Node process of its own: `node --expose-gc sample.mjs JOB SET`. Prints what it measured.
import { readFile } from "node:fs/promises";
import { load as loadOurs } from "./ours.mjs";
import { columns, plan } from "./set.mjs";
import { load as loadTheirs } from "./theirs.mjs";

const job = JSON.parse(process.argv[2]);
const file = await readFile(process.argv[3]);
const buffer = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
const wasm = await readFile(new URL("./warga_geo_bench_bg.wasm", import.meta.url));
const run = await (job.engine === "ours" ? loadOurs(wasm) : loadTheirs(job.options));
const [set, asked] = [columns(buffer, job.order), plan(buffer)];
const used = () => {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
const before = used();
const result = run(set, asked, job.mode);
console.log(JSON.stringify({ ...result, heap: used() - before }));
