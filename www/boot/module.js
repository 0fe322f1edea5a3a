// The entry of zice.mjs: the engine without the page, in browsers and in Node.
// The build replaces "zice-glue" and the names in capitals
// (xtask/src/module.rs).

import init, { Engine, Rows } from "zice-glue";
import { textOf } from "./plain.js";

/** The version of this file. */
export const version = ZICE_VERSION;

// The address of this file; undefined in classic scripts.
const HOME = import.meta.url;
// Joined here so that no bundler for browsers tries to resolve it. The two
// comments beside the import tell webpack and Vite the same.
const NODE_FILES = ["node:fs", "promises"].join("/");
// The smallest valid wasm module: magic number and version.
const EMPTY_MODULE = [0, 97, 115, 109, 1, 0, 0, 0];
const INDEX = "index.json";

/**
 * The error that this module throws: `code` is for programs, `message` for
 * people.
 */
export class ZiceError extends Error {
  constructor(code, message, { problems = [], policies = [] } = {}) {
    super(message);
    this.name = "ZiceError";
    this.code = code;
    this.problems = problems;
    this.policies = policies;
  }
}

/** Calls the engine, and turns the JSON texts it throws into errors. */
function ask(work) {
  try {
    return work();
  } catch (error) {
    if (typeof error !== "string") throw error;
    const fault = JSON.parse(error);
    throw new ZiceError(fault.code, fault.message, fault);
  }
}

/** Reads a file from the network or, in Node, from disk. */
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

/**
 * Keeps the promise of `make` under a name. A rejected one is forgotten, so
 * that the next call tries again.
 */
function once(promises, name, make) {
  if (!promises.has(name)) {
    const promise = make();
    promises.set(name, promise);
    promise.catch(() => promises.delete(name));
  }
  return promises.get(name);
}

// The compiled wasm by address, shared by everything that is loaded.
const wasm = new Map();
// The engine, list and policies by folder.
const sources = new Map();

async function startWasm(base) {
  if (typeof WebAssembly !== "object") throw new ZiceError("unsupported", "no WebAssembly");
  try {
    await WebAssembly.instantiate(new Uint8Array(EMPTY_MODULE));
  } catch (error) {
    // This module can fail for no other reason.
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

/** Fetches a listed policy, only once. */
function fetchPolicy(source, { file }) {
  return once(source.loaded, file, async () => {
    const text = await readText(new URL(file, source.folder));
    ask(() => source.engine.add(text));
    source.ready.add(file);
  });
}

/** The folder of the files as an address with a slash at its end. */
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

/** The listed policies with these names; an id alone means all its editions. */
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
    // Errors of decoding, and those that a host's own object throws, may have
    // codes of their own; only ours is passed on.
    const code = error.code === "too-large" ? error.code : "company";
    const [, fact = null] = /^facts\.([^.[]+)/.exec(path) || [];
    throw new ZiceError(code, `company file: ${message}`, { problems: path ? [{ fact, path, text: message }] : [] });
  }
}

/**
 * The names of policies, one a line. A line break in one becomes something that is
 * in no name.
 */
const lines = (policy) => (policy === undefined || policy === null ? [] : [].concat(policy)).map((name) => String(name).replace(/[\r\n]/g, " ") || " ").join("\n");

/** The options given, which must be an object or undefined. */
function options(given) {
  if (given === undefined) return {};
  if (typeof given === "object" && given !== null) return given;
  throw new ZiceError("usage", `options: an object is needed, not ${given}`);
}

/** Today's date in the caller's time zone, as on the command line. */
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

// The number of bytes before the statuses of a company; see
// crates/zice-js/src/batch.rs.
const HEADER = 7;
// The number of companies kept at a time when only results are wanted.
const AT_ONCE = 1000;
const NONE = 255;

/** The names of verdicts and statuses; the index is the byte. */
let names;

/** Assesses many companies under one policy, without reports. */
class Batch {
  #engine;
  #new;
  #rows;
  // For each company the reason why it can't be used, or null.
  #refused = [];
  // The names of lines, by edition and number of lines.
  #lines = new Map();

  constructor(engine, policy, lang, as_of) {
    this.#engine = engine;
    this.#new = () => ask(() => new Rows(engine, policy, lang, as_of));
    this.#rows = this.#new();
    names = names || Rows.names().split("\n").map((line) => line.split(" "));
  }

  get length() {
    return this.#refused.length;
  }

  add(companies) {
    const day = today();
    for (const company of each(companies)) this.#refused.push(this.#keep(this.#rows, company, day));
    return this.length;
  }

  clear() {
    this.#rows.clear();
    this.#refused = [];
  }

  assess(companies) {
    if (companies === undefined) return this.#told(this.#rows, this.#refused);
    const rows = this.#new();
    const found = [];
    try {
      const day = today();
      let refused = [];
      const tell = () => {
        for (const one of this.#told(rows, refused)) found.push(one);
        rows.clear();
        refused = [];
      };
      for (const company of each(companies)) {
        if (refused.push(this.#keep(rows, company, day)) === AT_ONCE) tell();
      }
      tell();
    } finally {
      rows.free();
    }
    return found;
  }

  /** Adds a company; returns the reason why it can't be used, or null. */
  #keep(rows, company, day) {
    try {
      const text = readCompany(company);
      ask(() => rows.add(this.#engine, text, day));
      return null;
    } catch (error) {
      if (!(error instanceof ZiceError)) throw error;
      return refusal(error);
    }
  }

  /** The result of each company, in order. */
  #told(rows, refused) {
    const bytes = ask(() => rows.assess(this.#engine));
    let [at, place] = [0, 0];
    return refused.map((fault) => {
      if (fault) return { ...fault };
      const [edition, verdict, min, max, count] = [bytes[at] | bytes[at + 1] << 8, bytes[at + 2], bytes[at + 3], bytes[at + 4], bytes[at + 5] | bytes[at + 6] << 8];
      at += HEADER + count;
      place += 1;
      if (verdict === NONE) return this.#fault(rows, place - 1);
      const { policy, lines } = this.#layout(edition, count);
      const statuses = {};
      for (let line = 0; line < count; line++) statuses[lines[line]] = names[1][bytes[at - count + line]];
      return { policy, verdict: names[0][verdict], score: min === NONE ? null : [String(min), String(max)], statuses };
    });
  }

  #fault(rows, place) {
    try {
      ask(() => rows.fault(this.#engine, place));
    } catch (error) {
      return refusal(error);
    }
  }

  #layout(edition, count) {
    const key = edition << 16 | count;
    let layout = this.#lines.get(key);
    if (!layout) {
      const [policy, ...lines] = ask(() => this.#engine.lines(edition, count)).split("\n");
      layout = { policy, lines };
      this.#lines.set(key, layout);
    }
    return layout;
  }
}

/** The result in place of a company that can't be assessed. */
const refusal = ({ code, message, problems, policies }) => ({ code, error: message, problems, policies });

/** The companies as an iterable. Fails for anything that is not a list. */
function each(companies) {
  if (typeof companies === "object" && companies !== null && !ArrayBuffer.isView(companies) && companies[Symbol.iterator]) return companies;
  throw new ZiceError("usage", "batch: a list of company files is needed");
}

/** What `load` resolves to: the engine with its policies. */
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
    const { lang = this.#lang, as_of = "", advice = true } = options(given);
    const single = typeof policy === "string";
    const text = readCompany(company);
    const reports = JSON.parse(ask(() => this.#source.engine.assess(text, lines(policy), String(lang), today(), String(as_of), Boolean(advice))));
    return single ? reports[0] : reports;
  }

  advise(company, policy, given) {
    const { lang = this.#lang, as_of = "", cushion = "", horizon = "" } = options(given);
    const text = readCompany(company);
    const told = JSON.parse(ask(() => this.#source.engine.advise(text, lines(policy), String(lang), today(), String(as_of), String(cushion), String(horizon))));
    return typeof policy === "string" ? told.programmes[0] : told;
  }

  batch(policy, given) {
    const { lang = this.#lang, as_of = "" } = options(given);
    return new Batch(this.#source.engine, String(policy), String(lang), String(as_of));
  }
}

/** Loads the engine and its policies; documented in zice.d.ts. */
export async function load(given) {
  const { policies, base, lang = "zh" } = options(given);
  if (!/^(zh|en)([-_]|$)/i.test(lang)) throw new ZiceError("usage", `lang: ${lang} (zh, en)`);
  const home = place(base);
  const source = await once(sources, home.href, () => open(home));
  await Promise.all(named(source.list, policies, lang).map((one) => fetchPolicy(source, one)));
  return new Zice(source, lang);
}
