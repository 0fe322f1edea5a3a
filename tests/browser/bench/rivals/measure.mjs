// Bytes and start of three pages that ask the same questions, in one run of one
// browser with the CPU slowed down to a quarter: Zice, SurveyJS, and React with
// publicodes. The starts take turns, so that whatever else the machine does
// meets all three.
//
// A page can be used when its first screen is painted and a click in it is
// answered in the document: a card in Zice, the first yes-or-no question in the
// others, which show all their questions at once. The time is counted from the
// navigation; everything is served from memory on this machine.
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { dist, TYPES } from "../../support.mjs";
import { median } from "../numbers.mjs";
import { questions } from "./make.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const cache = process.env.ZICE_RIVALS;
if (!cache) throw new Error("ZICE_RIVALS: the folder for the packages; `cargo xtask bench --rivals` names it");
const STARTS = 9;

await mkdir(cache, { recursive: true });
for (const name of ["package.json", "package-lock.json"]) await writeFile(join(cache, name), await readFile(join(here, name)));
execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: cache, stdio: ["ignore", 2, 2] });

const data = join(cache, "questions.json");
await writeFile(data, JSON.stringify(await questions()));

/** A page of one of the others: its script and its styles, small. */
async function rival(entry, title) {
  const { outputFiles } = await build({
    entryPoints: [join(here, entry)], bundle: true, minify: true, write: false, format: "iife", outdir: "/",
    jsx: "automatic", legalComments: "none", logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' }, nodePaths: [join(cache, "node_modules")], alias: { "zice-questions": data },
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [path.slice(1), Buffer.from(contents)]));
  const styles = [...files.keys()].filter((name) => name.endsWith(".css")).map((name) => `<link rel="stylesheet" href="${name}">`);
  const script = [...files.keys()].find((name) => name.endsWith(".js"));
  files.set("index.html", Buffer.from(`<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>${styles.join("")}<script src="${script}" defer></script></head><body><div id="survey"></div></body></html>`));
  return (name) => files.get(name);
}

const zice = new Map();
async function ours(name) {
  // The element with one programme, as a host would have it.
  if (name === "index.html") return '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>Zice</title><script src="zice.js" defer></script></head><body><zice-check policies="tech-sme@2023" lazy="eager"></zice-check></body></html>';
  if (!zice.has(name)) zice.set(name, await readFile(join(dist, name)).catch(() => undefined));
  return zice.get(name);
}

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

/** In the page: waits for the first field, clicks on it, waits for an answer. */
function watch() {
  const painted = (then) => requestAnimationFrame(() => setTimeout(then, 0));
  const root = () => document.querySelector("zice-check")?.shadowRoot ?? document;
  window.interactive = new Promise((done) => {
    const look = () => {
      const box = root().querySelector("main input[type=checkbox], #survey input[type=radio]");
      if (!box) return requestAnimationFrame(look);
      painted(() => {
        const first = performance.now();
        const seen = new MutationObserver(() => { seen.disconnect(); painted(() => done({ first, answered: performance.now() })); });
        seen.observe(root(), { subtree: true, childList: true, attributes: true, characterData: true });
        box.click();
      });
    };
    requestAnimationFrame(look);
  });
}

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

const pages = [
  { name: "Zice", file: ours },
  { name: "SurveyJS", file: await rival("survey.js", "SurveyJS") },
  { name: "React + publicodes", file: await rival("react.jsx", "React + publicodes") },
];
const browser = await chromium.launch({ executablePath: process.env.ZICE_CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
try {
  for (const page of pages) Object.assign(page, { site: await serve(page.file), first: [], answered: [] });
  for (let start = 0; start <= STARTS; start++) {
    for (const one of pages) {
      const context = await browser.newContext({ locale: "zh-CN", reducedMotion: "reduce" });
      const page = await context.newPage();
      const failed = [];
      page.on("pageerror", (error) => failed.push(String(error)));
      const devtools = await context.newCDPSession(page);
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
      await page.addInitScript(watch);
      one.site.asked.length = 0;
      await page.goto(one.site.url);
      const late = new Promise((_, fail) => setTimeout(() => fail(new Error(`${one.name}: never usable; ${failed.join("; ")}`)), 30_000).unref());
      const times = await Promise.race([page.evaluate(() => window.interactive), late]);
      if (failed.length) throw new Error(`${one.name}: ${failed.join("; ")}`);
      if (start > 0) for (const part of ["first", "answered"]) one[part].push(times[part]);
      await context.close();
    }
  }
  const rows = [];
  for (const { name, site, file, first, answered } of pages) {
    const sizes = { raw: 0, gzip: 0, brotli: 0, files: 0 };
    for (const asked of new Set(site.asked)) {
      const body = await file(asked);
      if (body === undefined || asked === "index.html") continue;
      const bytes = Buffer.from(body);
      sizes.raw += bytes.length;
      sizes.gzip += gzipSync(bytes, { level: 9 }).length;
      sizes.brotli += brotli(bytes);
      sizes.files += 1;
    }
    rows.push({ name, ...sizes, first: median(first), answered: median(answered), quickest: Math.min(...answered) });
    site.close();
  }
  const [own] = rows;
  console.log(`${"".padEnd(20)} ${"files".padStart(6)} ${"raw".padStart(10)} ${"gzip".padStart(9)} ${"brotli".padStart(9)} ${"painted".padStart(8)} ${"usable".padStart(8)} ${"quickest".padStart(8)}   to Zice: brotli, usable`);
  for (const row of rows) {
    console.log(`${row.name.padEnd(20)} ${String(row.files).padStart(6)} ${String(row.raw).padStart(10)} ${String(row.gzip).padStart(9)} ${String(row.brotli).padStart(9)} ${row.first.toFixed(0).padStart(8)} ${row.answered.toFixed(0).padStart(8)} ${row.quickest.toFixed(0).padStart(8)}   ${(row.brotli / own.brotli).toFixed(2)}, ${(row.answered / own.answered).toFixed(2)}`);
  }
} finally {
  await browser.close();
}
