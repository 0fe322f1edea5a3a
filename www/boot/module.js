// Entry of zice.mjs: the engine without the page, in browsers and in Node.
// "zice-glue" and the names in capitals are put in by the build
// (xtask/src/module.rs).

import init, { Engine } from "zice-glue";
import { textOf } from "./plain.js";

/** The version of this file. */
export const version = ZICE_VERSION;

// Where this file lies; nothing in scripts that are no modules.
const HOME = import.meta.url;
// Put together here, so that no bundler looks for it when it builds for a
// browser; of the comments beside its import each is for one of them.
const NODE_FILES = ["node:fs", "promises"].join("/");
// The smallest valid module: magic number and version.
const EMPTY_MODULE = [0, 97, 115, 109, 1, 0, 0, 0];
const INDEX = "index.json";

/** What went wrong: `code` for programs, `message` for people. */
export class ZiceError extends Error {
  constructor(code, message, { problems = [], policies = [] } = {}) {
    super(message);
    this.name = "ZiceError";
    this.code = code;
    this.problems = problems;
    this.policies = policies;
  }
}

/** Calls the engine, which throws texts. */
function ask(work) {
  try {
    return work();
  } catch (error) {
    if (typeof error !== "string") throw error;
    const fault = JSON.parse(error);
    throw new ZiceError(fault.code, fault.message, fault);
  }
}

/** The bytes of a file, from the network or, in Node, from disk. */
async function read(url) {
  try {
    if (url.protocol === "file:" && typeof process === "object") {
      const files = await import(/* webpackIgnore: true */ /* @vite-ignore */ NODE_FILES);
      return await files.readFile(url);
    }
    const response = await fetch(url.href, { credentials: "same-origin" });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new ZiceError("asset-missing", `${url.href}: ${error.message}`);
  }
}

const readText = async (url) => new TextDecoder().decode(await read(url));

/** Keeps the promise that `make` gives under a name; a broken one is made anew. */
function once(promises, name, make) {
  if (!promises.has(name)) {
    const promise = make();
    promises.set(name, promise);
    promise.catch(() => promises.delete(name));
  }
  return promises.get(name);
}

// One wasm, whatever is loaded from wherever.
const wasm = new Map();
// What lies below an address: engine, list and policies.
const sources = new Map();

async function startWasm(base) {
  if (typeof WebAssembly !== "object") throw new ZiceError("unsupported", "no WebAssembly");
  try {
    await WebAssembly.instantiate(new Uint8Array(EMPTY_MODULE));
  } catch (error) {
    // That module can fail for no other reason.
    throw new ZiceError("csp-blocked", `the content security policy must allow 'wasm-unsafe-eval' (${error.message})`);
  }
  const url = new URL(ZICE_ENGINE, base);
  const bytes = await read(url);
  try {
    await init({ module_or_path: bytes });
  } catch (error) {
    throw new ZiceError("asset-corrupt", `${url.href}: ${error.message}`);
  }
}

async function open(base) {
  const folder = new URL("policies/", base);
  const [facts, index] = await Promise.all([
    readText(new URL("facts.json", folder)),
    readText(new URL(INDEX, folder)),
    once(wasm, "", () => startWasm(base)),
  ]);
  const engine = ask(() => new Engine(facts, index));
  return { folder, engine, list: JSON.parse(index).policies, loaded: new Map(), ready: new Set() };
}

/** Fetches a policy of the list, once. */
function fetchPolicy(source, { file }) {
  return once(source.loaded, file, async () => {
    const text = await readText(new URL(file, source.folder));
    ask(() => source.engine.add(text));
    source.ready.add(file);
  });
}

/** The address that files are below, with a slash at its end. */
function place(base) {
  try {
    if (base === undefined) return new URL(".", HOME);
    const page = typeof location === "object" ? (typeof document === "object" ? document.baseURI : location.href) : HOME;
    const url = new URL(base, page);
    if (!url.pathname.endsWith("/")) url.pathname += "/";
    return url;
  } catch (error) {
    throw new ZiceError("usage", "base: the address of the folder with policies/ and the wasm is needed");
  }
}

const isEnglish = (lang) => /^en([-_]|$)/i.test(lang);

/** The policies of the list that were named; an id alone is all its editions. */
function named(list, names, lang) {
  if (names === undefined) return list;
  const found = new Set();
  for (const name of [].concat(names)) {
    const fits = list.filter(({ id, edition }) => name === id || name === `${id}@${edition}`);
    if (!fits.length) {
      const known = list.map(({ id, edition }) => `${id}@${edition}`).join(", ");
      throw new ZiceError("unknown-policy", isEnglish(lang) ? `no policy ${name}; there are: ${known}` : `\u6ca1\u6709\u653f\u7b56 ${name}\uff1b\u73b0\u6709\uff1a${known}`);
    }
    fits.forEach((one) => found.add(one));
  }
  return [...found];
}

/** A company file as the text that the engine reads. */
function readCompany(company) {
  try {
    return textOf(ArrayBuffer.isView(company) ? new TextDecoder("utf-8", { fatal: true }).decode(company) : company);
  } catch (error) {
    const { path, message } = error;
    // Bytes that are no text, and what a host's own object throws, bring codes of others.
    const code = error.code === "too-large" ? error.code : "company";
    const [, fact = null] = /^facts\.([^.[]+)/.exec(path) || [];
    throw new ZiceError(code, `company file: ${message}`, { problems: path ? [{ fact, path, text: message }] : [] });
  }
}

/** Options that were given: an object, or nothing. */
function options(given) {
  if (given === undefined) return {};
  if (typeof given === "object" && given !== null) return given;
  throw new ZiceError("usage", `options: an object is needed, not ${given}`);
}

/** Today where the caller is, as on the command line. */
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** What `load` gives. */
class Zice {
  #source;
  #lang;

  constructor(source, lang) {
    this.#source = source;
    this.#lang = lang;
  }

  policies() {
    const { list, ready } = this.#source;
    const lang = isEnglish(this.#lang) ? "en" : "zh";
    return list.map(({ id, edition, title, year, opens = null, closes = null, digest, file }) => ({
      id, edition, title: title[lang], year, opens, closes, digest, loaded: ready.has(file),
    }));
  }

  assess(company, policy, given) {
    const { lang = this.#lang, as_of = "" } = options(given);
    const single = typeof policy === "string";
    // One a line; what can't be a name is one that there is not.
    const names = (policy === undefined || policy === null ? [] : [].concat(policy)).map((name) => String(name).replace(/[\r\n]/g, " ") || " ");
    const text = readCompany(company);
    const reports = JSON.parse(ask(() => this.#source.engine.assess(text, names.join("\n"), String(lang), today(), String(as_of))));
    return single ? reports[0] : reports;
  }
}

/** Loads the engine and policies; see zice.d.ts. */
export async function load(given) {
  const { policies, base, lang = "zh" } = options(given);
  if (!/^(zh|en)([-_]|$)/i.test(lang)) throw new ZiceError("usage", `lang: ${lang} (zh, en)`);
  const home = place(base);
  const source = await once(sources, home.href, () => open(home));
  await Promise.all(named(source.list, policies, lang).map((one) => fetchPolicy(source, one)));
  return new Zice(source, lang);
}
