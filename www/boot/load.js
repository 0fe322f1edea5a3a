// Finds the page's two programs and the policies, and starts the programs.

/** An error whose `code` says what the reader can do about it. */
export class LoadError extends Error {
  constructor(code, detail) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = String(detail);
  }
}

// The smallest valid wasm module: magic number and version.
const EMPTY_MODULE = [0, 97, 115, 109, 1, 0, 0, 0];

/**
 * Tells a browser without WebAssembly from a page whose security policy forbids
 * it. Browsers word the latter differently, so it compiles a module that can
 * fail for no other reason.
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

async function ask(address) {
  try {
    const response = await fetch(address, { credentials: "same-origin" });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response;
  } catch (error) {
    throw new LoadError("asset-missing", `${address} (${error.message})`);
  }
}

async function binary(address) {
  const response = await ask(address);
  const type = response.headers.get("Content-Type") || "";
  // Streaming compilation needs exactly this type, which many servers do not
  // send. Otherwise the bytes are read first.
  const streams = WebAssembly.instantiateStreaming && type.trim().toLowerCase() === "application/wasm";
  return streams ? response : response.arrayBuffer();
}

/** The files as they lie beside the script, below `base`. */
const beside = (base) => ({
  wasm: () => binary(new URL(ZICE_WASM, base).href),
  engine: () => binary(new URL(ZICE_PAGE_ENGINE, base).href),
  text: async (name) => {
    const address = new URL(`policies/${name}`, base).href;
    const response = await ask(address);
    return response.text().catch((error) => { throw new LoadError("asset-missing", `${address} (${error.message})`); });
  },
});

/**
 * The script that contains all files (packed.js). It needs no `fetch`, which
 * does not work in a file opened from disk or a frame without an origin of its
 * own.
 */
function packed(base) {
  const inside = document.querySelector("script[data-zice-packed]");
  if (inside) return Promise.resolve(inside.zicePacked);
  return new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = new URL(ZICE_PACKED, base).href;
    script.onload = () => done(script.zicePacked);
    script.onerror = () => fail(new LoadError("asset-missing", script.src));
    document.head.appendChild(script).remove();
  });
}

const withoutOrigin = () => location.protocol === "file:" || self.origin === "null"
  || !!document.querySelector("script[data-zice-packed]");

let source;
/**
 * Where the script's files come from: files below `base`, or the packed script.
 */
export function files(base) {
  if (!source) source = withoutOrigin() ? packed(base) : Promise.resolve(beside(base));
  source.catch(() => { source = undefined; });
  return source;
}

let bytes = false;
/**
 * Whether the wasm was compiled from bytes, so that it has no address in stack
 * traces.
 */
export const fromBytes = () => bytes;

const streaming = (wasm) => !!self.Response && wasm instanceof Response;

/** Starts a program with its glue's `init`; `fetched` gives its wasm. */
async function startProgram(init, fetched) {
  const wasm = await fetched;
  bytes = !streaming(wasm);
  try {
    return await init({ module_or_path: wasm });
  } catch (error) {
    throw new LoadError("asset-corrupt", error);
  }
}

/** Starts the page's program. */
export async function startPage(init, base) {
  await checkWasm();
  return startProgram(init, (await files(base)).wasm());
}

/** Starts the engine and hands it the dictionary; resolves to its text. */
export async function startEngine(engine, base) {
  const source = await files(base);
  const [facts] = await Promise.all([source.text("facts.json"), startProgram(engine.default, source.engine())]);
  try {
    engine.facts(facts);
  } catch (error) {
    throw new LoadError("policies", `facts.json: ${error}`);
  }
  return facts;
}
