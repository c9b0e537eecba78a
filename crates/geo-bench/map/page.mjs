// The same sample in a page; `window.sample` is called by what drives it.
import { load as loadOurs } from "./ours.mjs";
import { columns, plan } from "./set.mjs";
import { load as loadTheirs } from "./theirs.mjs";

window.prepare = async (job) => {
  const bytes = async (url) => (await fetch(url)).arrayBuffer();
  const buffer = await bytes(`/set/${job.set}`);
  const run = await (job.engine === "ours" ? loadOurs(await bytes("/warga_geo_bench_bg.wasm")) : loadTheirs(job.options));
  const [set, asked] = [columns(buffer, job.order), plan(buffer)];
  window.sample = () => run(set, asked, job.mode);
};
