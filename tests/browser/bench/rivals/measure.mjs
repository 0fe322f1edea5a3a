// Measures bytes and start of pages that ask the same questions, in one run of
// one browser with the CPU slowed down to a quarter: Zice, SurveyJS, and React
// with publicodes. The starts take turns, so that other load on the machine
// meets all of them alike. Everything is served from memory on this machine
// without compression, which leaves the network out.
//
// Two ways to use a page are measured, each in starts of its own, from the
// navigation on:
//
// - click: the first screen is painted and a click in it is answered in the
//   document. The click is on a card in Zice and on a question in the others.
// - key: the question for the number of employees is painted and a figure typed
//   there is answered. The others show all their questions at once. In Zice a
//   script clicks through the start and the topic as soon as there is something
//   to click.
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { availableParallelism, loadavg } from "node:os";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { dist, TYPES } from "../../support.mjs";
import { median, say } from "../numbers.mjs";
import { check } from "./check.mjs";
import { questions } from "./make.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const cache = process.env.ZICE_RIVALS;
if (!cache) throw new Error("ZICE_RIVALS: the folder for the packages; `cargo xtask bench --rivals` names it");
const STARTS = 9;

await mkdir(cache, { recursive: true });
for (const name of ["package.json", "package-lock.json"]) await writeFile(join(cache, name), await readFile(join(here, name)));
execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: cache, stdio: ["ignore", 2, 2] });

const data = await questions();
const file = join(cache, "questions.json");
await writeFile(file, JSON.stringify(data));
const BUNDLE = {
  bundle: true, minify: true, write: false, legalComments: "none", logLevel: "error",
  define: { "process.env.NODE_ENV": '"production"' }, nodePaths: [join(cache, "node_modules")], alias: { "zice-questions": file },
};

/** A rival page: its script and its styles, minified. */
async function rival(entry, title) {
  const { outputFiles } = await build({ ...BUNDLE, entryPoints: [join(here, entry)], format: "iife", outdir: "/", jsx: "automatic" });
  const files = new Map(outputFiles.map(({ path, contents }) => [path.slice(1), Buffer.from(contents)]));
  const styles = [...files.keys()].filter((name) => name.endsWith(".css")).map((name) => `<link rel="stylesheet" href="${name}">`);
  const script = [...files.keys()].find((name) => name.endsWith(".js"));
  files.set("index.html", Buffer.from(`<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>${styles.join("")}<script src="${script}" defer></script></head><body><div id="survey"></div></body></html>`));
  return (name) => files.get(name);
}

const kept = new Map();
async function page(name) {
  if (!kept.has(name)) kept.set(name, await readFile(join(dist, name)).catch(() => undefined));
  return kept.get(name);
}
// Zice with one programme, as a host would embed it.
const HOST = Buffer.from('<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>Zice</title><script src="zice.js" defer></script></head><body><zice-check policies="tech-sme@2023" lazy="eager"></zice-check></body></html>');
const element = (name) => (name === "index.html" ? HOST : page(name));

function serve(file) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const name = decodeURIComponent(request.url.slice(1)) || "index.html";
    const body = await file(name);
    asked.push(name);
    if (body === undefined) response.statusCode = 404;
    response.setHeader("Content-Type", TYPES[extname(name)] ?? "application/octet-stream");
    response.end(body);
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done({ url: `http://127.0.0.1:${server.address().port}/`, asked, close: () => { server.closeAllConnections(); server.close(); } })));
}

/**
 * Runs in the page: uses it in one of the two ways, and records when it
 * answered.
 */
function watch(way) {
  const painted = () => new Promise((then) => requestAnimationFrame(() => setTimeout(then, 0)));
  const root = () => document.querySelector("zice-check")?.shadowRoot ?? document;
  const shown = (...selectors) => new Promise((found) => {
    const look = () => {
      const one = root().querySelector(selectors.join());
      if (one) found(one);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  /** Calls `what`, and waits until the change in the document is painted. */
  const answered = (what) => new Promise((done) => {
    const seen = new MutationObserver(() => { seen.disconnect(); done(painted()); });
    seen.observe(root(), { subtree: true, childList: true, attributes: true, characterData: true });
    what();
  });
  async function use() {
    const first = await shown("#zice-choose-tech-sme", "#survey input[type=radio]");
    await painted();
    const times = { first: performance.now() };
    if (way === "click") {
      await answered(() => first.click());
    } else {
      if (first.id === "zice-choose-tech-sme") {
        if (!first.checked) first.click();
        (await shown(".zice-begin .zice-button")).click();
        (await shown(".zice-steps li:nth-child(2) button")).click();
      }
      const field = await shown("#zice-sme_staff_total-value", "#sme_staff_total input", "[data-name=sme_staff_total] input");
      field.focus();
      await painted();
      await answered(() => { if (!document.execCommand("insertText", false, "5")) throw new Error("nothing typed"); });
      if (field.value !== "5") throw new Error(`typed 5, got ${field.value}`);
    }
    times.answered = performance.now();
    const code = performance.getEntriesByType("resource").filter(({ name }) => /\.(js|wasm)$/.test(name));
    times.arrived = Math.max(...code.map((one) => one.responseEnd));
    return times;
  }
  window.used = new Promise((done, fail) => { addEventListener("DOMContentLoaded", () => use().then(done, fail)); });
}

async function once(browser, one, way) {
  const context = await browser.newContext({ locale: "zh-CN", reducedMotion: "reduce", viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const failed = [];
    page.on("pageerror", (error) => failed.push(String(error)));
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.addInitScript(watch, way);
    one.site.asked.length = 0;
    await page.goto(one.site.url);
    const late = new Promise((_, fail) => setTimeout(() => fail(new Error(`${one.name}: never usable (${way}); ${failed.join("; ")}`)), 30_000).unref());
    const times = await Promise.race([page.evaluate(() => window.used), late]);
    if (failed.length) throw new Error(`${one.name}: ${failed.join("; ")}`);
    for (const asked of one.site.asked) one.fetched.add(asked);
    return times;
  } finally {
    await context.close();
  }
}

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

/**
 * The sizes of what was fetched beside the HTML: the first load, and
 * everything.
 */
async function sizes({ file, fetched }) {
  const none = () => ({ files: 0, raw: 0, gzip: 0, brotli: 0 });
  const sum = { load: none(), all: none() };
  for (const name of fetched) {
    const body = await file(name);
    if (body === undefined || name === "index.html") continue;
    // In Zice the questions and rules are files of their own.
    for (const into of name.endsWith(".json") ? [sum.all] : [sum.load, sum.all]) {
      into.files += 1;
      into.raw += body.length;
      into.gzip += gzipSync(body, { level: 9 }).length;
      into.brotli += brotli(body);
    }
  }
  return sum;
}

function table(titles, rows) {
  const cells = [titles, ...rows];
  const wide = titles.map((_, at) => Math.max(...cells.map((row) => String(row[at]).length)));
  for (const row of cells) console.log(row.map((cell, at) => (at ? String(cell).padStart(wide[at]) : String(cell).padEnd(wide[at]))).join("  "));
  console.log();
}

const bundle = async (contents) => {
  const { outputFiles } = await build({ ...BUNDLE, stdin: { contents, resolveDir: here }, format: "esm", platform: "node" });
  return outputFiles[0].text;
};
say(`  the same points in all three for ${await check(data, bundle, cache)} companies`);

const pages = [
  { name: "Zice, one policy", file: element },
  { name: "Zice, whole page", file: page },
  { name: "SurveyJS", file: await rival("survey.js", "SurveyJS") },
  { name: "React + publicodes", file: await rival("react.jsx", "React + publicodes") },
];
const browser = await chromium.launch({ executablePath: process.env.ZICE_CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
try {
  say(`  the machine: load ${loadavg()[0].toFixed(1)} on ${availableParallelism()} processors`);
  for (const one of pages) Object.assign(one, { site: await serve(one.file), fetched: new Set(), click: [], key: [] });
  for (let start = 0; start <= STARTS; start++) {
    for (const way of ["click", "key"]) {
      for (const one of pages) {
        const times = await once(browser, one, way);
        // The first round only reads the files into memory.
        if (start > 0) one[way].push(times);
      }
    }
  }
  say(`  the machine: load ${loadavg()[0].toFixed(1)} after ${STARTS} starts of each page for each way`);
  for (const one of pages) Object.assign(one, await sizes(one));
  const [own] = pages;
  const to = (figure) => pages.map((one) => (figure(one) / figure(own)).toFixed(2));
  const bytes = (part) => to((one) => one[part].brotli);
  table(["bytes", "files", "raw", "gzip", "brotli", "to Zice", "all files", "raw", "gzip", "brotli", "to Zice"], pages.map(({ name, load, all }, at) => [
    name, load.files, load.raw, load.gzip, load.brotli, bytes("load")[at], all.files, all.raw, all.gzip, all.brotli, bytes("all")[at],
  ]));
  const of = (way, time) => (one) => one[way].map(time);
  const answered = (run) => run.answered;
  const afterCode = (run) => run.answered - run.arrived;
  for (const way of ["click", "key"]) {
    const middle = (time) => (one) => median(of(way, time)(one));
    const best = (one) => Math.min(...of(way, answered)(one));
    table([`ms to a ${way} answered`, "first screen", "median", "best", "worst", "to Zice", "best to Zice", "median from the last script or wasm"], pages.map((one, at) => [
      one.name, middle((run) => run.first)(one).toFixed(0), middle(answered)(one).toFixed(0), best(one).toFixed(0), Math.max(...of(way, answered)(one)).toFixed(0),
      to(middle(answered))[at], to(best)[at], middle(afterCode)(one).toFixed(0),
    ]));
  }
} finally {
  await browser.close();
  for (const { site } of pages) site?.close();
}
