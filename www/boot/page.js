// Entry of index.html: starts the application, or says readably why it cannot.
// Becomes one classic script; the names in capitals and "zice-glue" are put in
// by the build (xtask/src/script.rs).

import init from "zice-glue";
import { LoadError, startWasm } from "./wasm.js";

// Only known while the script first runs. The wasm lies beside the script, so
// the page works under any path.
const base = document.currentScript.src;

/** Shows the message of index.html that fits `error`. */
function showFailure(error) {
  const code = error instanceof LoadError ? error.code : "asset-corrupt";
  const detail = error instanceof LoadError ? error.detail : error;
  const box = document.getElementById("zice-fallback");
  const app = document.getElementById("zice-app");
  if (!box) {
    return;
  }
  const messages = box.querySelectorAll("[data-zice-failure]");
  for (let i = 0; i < messages.length; i++) {
    messages[i].hidden = messages[i].getAttribute("data-zice-failure") !== code;
  }
  const slot = box.querySelector("[data-zice-detail]");
  if (slot) {
    slot.textContent = String(detail);
  }
  box.hidden = false;
  if (app) {
    app.hidden = true;
  }
}

startWasm(init, new URL(ZICE_WASM, base).href).catch((error) => {
  showFailure(error);
  console.error(error);
});
