// Starts the portal. An external script, so that the Content-Security-Policy needs no 'unsafe-inline'; the hashed
// names of the bundle stand in the page (Trunk.toml, pattern_script).
const bundle = document.querySelector('meta[name="warga-bundle"]').dataset;
const url = (path) => new URL(path, document.baseURI).href;

// Should it not start: the way to try again is this very page.
document.querySelector("#not-started a").href = location.href;

// No top-level await: the oldest browsers that can run the module do not know it.
import(url(bundle.js))
  .then((portal) => portal.default({ module_or_path: url(bundle.wasm) }))
  .catch((error) => {
    console.error(error);
    // Gone already when the portal had started and failed later; then it has said so itself.
    const waiting = document.getElementById("waiting");
    if (waiting) {
      waiting.hidden = true;
      document.getElementById("not-started").hidden = false;
    }
  });
