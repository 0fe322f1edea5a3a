// Shared by the tests of the embedded element: a server with the host pages
// beside the build, and a short interview that ends in a report.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assess, dist, open, STRICT } from "./support.mjs";

const hosts = fileURLToPath(new URL("../hosts/", import.meta.url));
const jquery = createRequire(import.meta.url).resolve("jquery");

/** The build's files, by what they are for. */
export async function manifest() {
  return JSON.parse(await readFile(join(dist, "manifest.json"), "utf8"));
}

/** A file of the test server that is not in the build. */
async function besides(name, more = {}) {
  if (name in more) return more[name];
  if (name === "hosts/jquery.js") return readFile(jquery);
  if (name.startsWith("other/")) {
    // The loader as another release would have it.
    const { version } = await manifest();
    const text = await readFile(join(dist, name.slice(6)), "utf8");
    return name === "other/zice.js" ? text.replaceAll(version, "9.9.9") : undefined;
  }
  if (!name.startsWith("hosts/")) return undefined;
  const content = await readFile(join(hosts, name.slice(6)));
  if (name !== "hosts/yew.html") return content;
  const { first_load: files } = await manifest();
  const widget = files.find((file) => file.startsWith("zice-widget-"));
  return content.toString().replace("{widget}", `../${widget}`);
}

/**
 * Opens a host page. Requests that leave the test server are kept in
 * `strangers`, and everything the browser complains about in `complaints`.
 */
export async function openHost(t, browser, name, { csp = STRICT, files, ...options } = {}) {
  const opened = await open(t, browser, {
    csp,
    replace: (path) => besides(path, files),
    ...options,
    path: `hosts/${name}`,
  });
  const strangers = [];
  opened.context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(opened.site.url) && !/^(blob|data):/.test(url)) strangers.push(url);
  });
  return { ...opened, strangers };
}

/** Facts of a company that decides tech-sme. */
const ANSWERS = { sme_staff_total: { 2024: "100" }, sme_staff_tech: { 2024: "30" } };

/** The steps of an element, unfolded where they are behind a line. */
export async function stepsOf(root) {
  const line = root.locator(".zice-unfold");
  if (await line.isVisible() && await line.getAttribute("aria-expanded") === "false") await line.click();
  return root.locator(".zice-steps button");
}

/**
 * Walks through the element with real keys: chooses, answers some questions,
 * and goes to the report, which must be what the command line says. `root` is a
 * locator of the element or of its frame.
 */
export async function walk(page, root, { lang = "zh", heardBy = "zice-check" } = {}) {
  await root.locator("main h1").waitFor();
  await root.locator("#zice-choose-tech-sme").check();
  await root.locator(".zice-begin .zice-button").click();
  const day = root.locator("#zice-as_of");
  await day.fill("2025-08-01");
  await root.locator("#zice-name").fill("湖州示例科技有限公司");
  await (await stepsOf(root)).nth(1).click();
  for (const [id, years] of Object.entries(ANSWERS)) {
    const [[year, value]] = Object.entries(years);
    await root.locator(`#zice-${id}-${year}`).click();
    await page.keyboard.type(value);
  }
  await (await stepsOf(root)).last().click();
  await root.locator("[data-zice-next]").click();
  await root.locator(".zice-report").waitFor();
  const expected = assess({
    schema: "zice.company/1", name: "湖州示例科技有限公司", as_of: "2025-08-01",
    facts: ANSWERS,
  }, lang);
  const told = await page.evaluate(() => window.heard.filter(({ name }) => name === "zice:report").at(-1)?.detail);
  assert.deepEqual(told, expected);
  return expected;
}

/**
 * Computed styles of an element inside the shadow root, to see what the host's
 * styles leave.
 */
export const styleOf = (locator, names) => locator.evaluate((element, names) => {
  const style = getComputedStyle(element);
  return Object.fromEntries(names.map((name) => [name, style[name]]));
}, names);
