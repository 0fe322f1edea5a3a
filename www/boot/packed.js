// The wasm and the policies inside one script, for places where nothing can be
// fetched: a file opened from disk, and a frame without an origin of its own.
//
// The build writes "zice-data" (xtask/src/packed.rs): everything deflated and
// in base64. It is inflated by fflate, because browsers that can inflate
// themselves are younger than those still in use.

import { inflateSync } from "fflate";
import { engine, files, wasm } from "zice-data";

function inflate(text) {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at++) bytes[at] = raw.charCodeAt(at);
  return inflateSync(bytes);
}

let texts;

document.currentScript.zicePacked = {
  wasm: async () => inflate(wasm).buffer,
  engine: async () => inflate(engine).buffer,
  async text(name) {
    if (!texts) texts = JSON.parse(new TextDecoder().decode(inflate(files)));
    if (!Object.prototype.hasOwnProperty.call(texts, name)) throw Object.assign(new Error(name), { code: "asset-missing", detail: name });
    return texts[name];
  },
};
