// Shared by the browser tests: a static server that records every request, a
// page that records every complaint and event, and the command line to compare
// with.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
export const dist = process.env.ZICE_DIST || join(here, "../../dist");
export const cli = process.env.ZICE_CLI || join(here, "../../target/debug/zice");
const chromiumPath = process.env.ZICE_CHROMIUM || "/usr/bin/chromium";

export const PROGRAMME = "tech-sme";
export const POLICY = `${PROGRAMME}@2023`;
const { policies } = JSON.parse(readFileSync(join(dist, "policies/index.json"), "utf8"));
/** Ids of all programmes, in the order of the cards. */
export const PROGRAMMES = [...new Set(policies.map((policy) => policy.id))];
export const TYPES = { ".mjs": "text/javascript", ".webmanifest": "application/manifest+json", ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".json": "application/json" };
export const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:";

/**
 * How long to wait for something that must come, in milliseconds. It measures
 * nothing: a busy machine is only slower.
 */
export const PATIENCE = Number(process.env.ZICE_PATIENCE || 120_000);

/**
 * Starts one browser for the calling file; returns a function that gives it.
 */
export function useBrowser() {
  let browser;
  before(async () => {
    browser = await chromium.launch({
      executablePath: chromiumPath,
      timeout: PATIENCE,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
  });
  after(() => browser?.close());
  return () => browser;
}

/**
 * Serves `dist` under `prefix`; returns the server with its address.
 * `replace(name)` may give another body for a file, or `false` for none.
 */
export async function serve({ prefix = "/", wasmType = TYPES[".wasm"], csp, missing, replace } = {}) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    requests.push({ method: request.method, path: request.url });
    try {
      if (!path.startsWith(prefix) || (missing && missing.test(path))) throw new Error("missing");
      let name = normalize(path.slice(prefix.length)) || "index.html";
      if (name === ".") name = "index.html";
      const body = (await replace?.(name)) ?? await readFile(join(dist, name));
      if (body === false) throw new Error("missing");
      const type = extname(name) === ".wasm" ? wasmType : TYPES[extname(name)];
      if (type) response.setHeader("Content-Type", type);
      if (csp) response.setHeader("Content-Security-Policy", csp);
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}${prefix}`,
    requests,
    close: () => { server.closeAllConnections(); server.close(); },
  };
}

/** Opens the page as it is served, without waiting for anything. */
export async function open(t, browser, { context: contextOptions, prepare, path = "", before, ...options } = {}) {
  const site = await serve(options);
  before?.(site.url);
  t.after(() => site.close());
  // Smooth scrolling could still be under way when the next key is pressed.
  const context = await browser.newContext({ locale: "zh-CN", reducedMotion: "reduce", ...contextOptions });
  t.after(() => context.close());
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  // Everything that the page requests, from this server or another.
  const requests = [];
  context.on("request", (request) => requests.push(request.url()));
  await page.addInitScript(() => {
    window.heard = [];
    for (const name of ["zice:ready", "zice:progress", "zice:report", "zice:error"]) {
      document.addEventListener(name, (event) => window.heard.push({ name, detail: event.detail }));
    }
  });
  await prepare?.(page);
  await page.goto(site.url + path);
  return { page, context, complaints, requests, site };
}

/** Opens the page under the strict policy, and waits for its first screen. */
export async function openStarted(t, browser, options = {}) {
  const opened = await open(t, browser, { csp: STRICT, ...options });
  await opened.page.waitForSelector("#zice-app main h1");
  return opened;
}

/** The engine, which is fetched after the first screen. */
export const PAGE_ENGINE = /^zice-page-engine-.*\.wasm$/;

/**
 * Waits until the engine and the names have arrived. After that nothing is
 * requested.
 */
export const whole = (page) => page.waitForFunction(() => [/zice-page-engine-/, /names\.json$/].every((what) => performance.getEntriesByType("resource")
  .some(({ name, responseEnd }) => what.test(name) && responseEnd)));

/** Waits until the page has painted everything done before. */
export const drawn = (page) => page.evaluate(() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
}));

/** Waits until the page has drawn itself and has nothing left to do: what has not happened by then, nothing was going to do. */
export const idle = (page) => page.evaluate(() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => setTimeout(done))));
}));

/** What the page does when the browser prints, without the browser's dialog. */
export const printed = (page) => page.evaluate(() => {
  for (const name of ["beforeprint", "afterprint"]) dispatchEvent(new Event(name));
});

/** Ticks programmes on the cards and starts the interview. */
export async function start(page, programmes = [PROGRAMME]) {
  for (const id of programmes) await page.check(`#zice-choose-${id}`);
  await page.click(".zice-begin .zice-button");
  await page.waitForSelector("#zice-name");
}

/** Unfolds a menu of the header, so that what is in it can be pressed. */
export async function openMenu(page, name = "files") {
  const menu = page.locator(`details.zice-${name}`);
  if (!await menu.evaluate((it) => it.open)) await menu.locator("summary").click();
  return menu;
}

/** Saves the company file. */
export const pressSave = async (page) => (await openMenu(page)).locator("button").first().click();

/** Keeps the company in this browser. */
export const pressKeep = async (page) => (await openMenu(page)).locator("button").nth(1).click();

/** Names a day of application on the first screen. */
export async function chooseDay(page, day) {
  const other = page.locator("details.zice-other-day");
  if (!await other.evaluate((it) => it.open)) await other.locator("summary").click();
  await page.fill("#zice-as_of", day);
}

/** Opens the page at the first topic; `file` is opened as a company file. */
export async function openInterview(t, browser, { file, programmes, ...options } = {}) {
  const opened = await openStarted(t, browser, options);
  if (file) {
    await openFile(opened.page, file);
    await opened.page.locator(".zice-message p").waitFor();
  }
  await start(opened.page, programmes);
  return opened;
}

/** Hands a company file (text, bytes or object) to the page's file input. */
export async function openFile(page, content, name = "company.zice.json") {
  const text = typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content);
  await page.setInputFiles("input[type=file]", { name, mimeType: "application/json", buffer: Buffer.from(text) });
}

/** The text that the page's save button writes. */
export async function savedText(page, press = () => pressSave(page)) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return readFile(await download.path(), "utf8");
}

/** The company in a saved text, without what was chosen and concluded. */
export const companyIn = (text) => {
  const { programmes, results, ...company } = JSON.parse(text);
  return company;
};

export const savedCompany = async (page, press) => companyIn(await savedText(page, press));

/**
 * The company as the page would save it, without the browser's slow download.
 */
export async function companySoFar(page) {
  const text = await page.evaluate(() => new Promise((done) => {
    const { createObjectURL } = URL;
    const { click } = HTMLAnchorElement.prototype;
    URL.createObjectURL = (blob) => { done(blob.text()); return createObjectURL.call(URL, blob); };
    HTMLAnchorElement.prototype.click = () => {};
    document.querySelector(".zice-files button").click();
    Object.assign(URL, { createObjectURL });
    HTMLAnchorElement.prototype.click = click;
  }));
  return companyIn(text);
}

/** A company file with these facts. */
export const company = (facts, more = {}) => ({ schema: "zice.company/1", name: "湖州示例科技有限公司", as_of: "2023-08-01", facts, ...more });

/**
 * What the command line says about a company file. Without an edition, the
 * file's day selects it.
 */
export function assess(file, lang = "zh", policy = PROGRAMME) {
  const input = typeof file === "string" ? file : JSON.stringify(file);
  const output = execFileSync(cli, ["assess", "--policy", policy, "--lang", lang, "-"], { input, encoding: "utf8", maxBuffer: 1 << 26 });
  return JSON.parse(output);
}

/** The reason why the command line refuses a company file. */
export function refusal(file) {
  const input = typeof file === "string" ? file : JSON.stringify(file);
  const { status, stdout, stderr } = spawnSync(cli, ["assess", "--policy", POLICY, "-"], { input, encoding: "utf8" });
  assert.deepEqual({ status, stdout }, { status: 2, stdout: "" }, "the command line takes the file");
  return stderr;
}

/** The details of the events of this name so far. */
export const heard = (page, name) => page.evaluate((name) => window.heard.filter((one) => one.name === name).map((one) => one.detail), name);

/** Shows the steps, where they are behind a line. */
export async function showSteps(page) {
  const line = page.locator(".zice-unfold");
  if (await line.isVisible() && await line.getAttribute("aria-expanded") === "false") await line.click();
  return page.locator(".zice-steps button");
}

/** Goes to the topic at this position. */
export const goToTopic = async (page, at) => (await showSteps(page)).nth(at).click();

/** Shows the fields of a list's entry, below its row. */
export async function openEntry(page, at = 0, list = "ip") {
  const edit = page.locator(`#zice-${list}-${at}-row button`).first();
  if ((await edit.getAttribute("aria-expanded")) === "false") await edit.click();
}

/** Goes to the report; returns what the host is told. */
export async function goToReport(page) {
  await (await showSteps(page)).last().click();
  await page.click("[data-zice-next]");
  // Mistakes of the last topic are listed before it can be left.
  if (await page.locator("#zice-halted").count()) await page.click("#zice-halted > .zice-button");
  await page.waitForSelector(".zice-report");
  return (await heard(page, "zice:report")).at(-1);
}

/** Goes back from the report to the first topic. */
export async function backToAnswers(page) {
  await page.click(".zice-report .zice-actions button >> nth=0");
  await page.waitForSelector("#zice-name");
}

/** Unfolds a menu of the report, so that what is in it can be pressed. */
export async function openReportMenu(page, name = "more") {
  const button = page.locator(`[aria-controls=zice-${name}-menu]`);
  if (await button.getAttribute("aria-expanded") === "false") await button.click();
}

/** Presses a button in the report's menu. */
export async function pressMore(page, name) {
  await openReportMenu(page);
  await page.getByRole("button", { name }).click();
}

/** Unfolds everything in the report, or folds it (`none`). */
export async function unfold(page, what = "all") {
  await openReportMenu(page);
  await page.click(`[data-zice-do=${what}]`);
}

/** Asserts that no element reaches beyond the right edge of the page. */
export async function assertNoSidewaysScrolling(page, where) {
  const [have, need] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
  assert.ok(need <= have, `${where}: ${need} px wide in a window of ${have} px`);
}

/** Whether a URL is that of a policy, fetched when its programme is chosen. */
export const isPolicy = (url) => /\/policies\/[\w-]+@\d+\.json$/.test(url);

/** Takes a picture of the whole page, if ZICE_SHOTS names a folder for it. */
export async function shoot(page, name) {
  if (process.env.ZICE_SHOTS) await page.screenshot({ path: join(process.env.ZICE_SHOTS, `${name}.png`), fullPage: true });
}

/** Loads the page anew as if in a new tab: without the draft that this one holds. */
export async function reloadEmpty(page) {
  await page.evaluate(() => document.querySelector("#zice-app").setAttribute("data-draft", "off"));
  await page.reload();
}

/** A company that has answered everything: met, with one point to spare. */
export const fullCompany = async () => JSON.parse(await readFile(join(here, "fixtures/company.json"), "utf8"));
