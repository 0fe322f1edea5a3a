// Fetching and starting the wasm, for every entry that runs in a page.

/** An error whose `code` names what the reader can do about it. */
export class LoadError extends Error {
  constructor(code, detail) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = String(detail);
  }
}

// The smallest valid module: magic number and version.
const EMPTY_MODULE = [0, 97, 115, 109, 1, 0, 0, 0];

/**
 * Tells a browser without WebAssembly from a page whose security policy
 * forbids it. Browsers word the second one differently, so it is tried on a
 * module that can fail for no other reason.
 */
async function checkWasm() {
  if (typeof WebAssembly !== "object" || typeof WebAssembly.instantiate !== "function") {
    throw new LoadError("unsupported-browser", "WebAssembly");
  }
  try {
    await WebAssembly.instantiate(new Uint8Array(EMPTY_MODULE));
  } catch (error) {
    throw new LoadError("csp-blocked", error);
  }
}

/**
 * Fetches `url` and starts it with wasm-bindgen's `init`.
 *
 * Streaming compilation needs the type `application/wasm`, which many servers
 * do not send; then the bytes are taken whole.
 */
export async function startWasm(init, url) {
  await checkWasm();
  let source;
  try {
    const response = await fetch(url, { credentials: "same-origin" });
    if (!response.ok) {
      throw new Error(`HTTP ${response.status}`);
    }
    const type = response.headers.get("Content-Type") || "";
    // Exactly this type: browsers refuse it with parameters too.
    const streams = type.trim().toLowerCase() === "application/wasm";
    source = streams ? response : await response.arrayBuffer();
  } catch (error) {
    throw new LoadError("asset-missing", error);
  }
  try {
    return await init({ module_or_path: source });
  } catch (error) {
    throw new LoadError("asset-corrupt", error);
  }
}
