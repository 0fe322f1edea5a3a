// Wasm and policies inside one script, for where nothing can be fetched: a
// file opened from disk, and a frame without an origin of its own.
//
// "zice-data" is written by the build (xtask/src/packed.rs): all deflated and
// in base64. Browsers that inflate by themselves are younger than those that
// are really there, hence fflate.

import { inflateSync } from "fflate";
import { files, more, wasm } from "zice-data";

function inflate(text) {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at++) bytes[at] = raw.charCodeAt(at);
  return inflateSync(bytes);
}

let texts;

document.currentScript.zicePacked = {
  wasm: async () => inflate(wasm).buffer,
  more: async () => inflate(more).buffer,
  async text(name) {
    if (!texts) texts = JSON.parse(new TextDecoder().decode(inflate(files)));
    if (!Object.prototype.hasOwnProperty.call(texts, name)) throw Object.assign(new Error(name), { code: "asset-missing", detail: name });
    return texts[name];
  },
};
