// The page in the browsers that institutions still use: 64 is what 1Panel saw
// on Windows 7, 78 and 86 are what 360 browsers are made of, and 109 is the
// last for Windows 7. They come from npm; if one can't be had, its test says
// so.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch } from "../old/cdp.mjs";
import { CHROMIUMS, oldChromium } from "../old/fetch.mjs";
import { Flow } from "../old/flow.mjs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { assess, companyIn, dist, fullCompany, PROGRAMME, serve, STRICT } from "./support.mjs";

const full = await fullCompany();

// From this version on, a policy can allow WebAssembly without allowing eval.
const WASM_POLICY = 97;

const hosts = new URL("../hosts/", import.meta.url);

/** Opens a page in this version of the browser, and waits for its cards. */
async function openOld(t, version, path, { page = "", address, root } = {}) {
  const replace = async (name) => (name.startsWith("hosts/") ? readFile(new URL(name.slice(6), hosts)) : undefined);
  const site = await serve({ csp: version >= WASM_POLICY ? STRICT : undefined, replace });
  t.after(() => site.close());
  const driver = await launch(path);
  t.after(() => driver.close());
  assert.match(await driver.version(), new RegExp(`^HeadlessChrome/${version}\\.`));
  const flow = new Flow(driver, { root });
  await flow.open(address || site.url + page).catch((error) => { throw new Error(`${error.message}\n${driver.complaints.join("\n")}`); });
  return { driver, flow, site };
}

const ELEMENT = { page: "hosts/strict.html", root: "document.querySelector('zice-check').shadowRoot" };
const FILE = pathToFileURL(join(dist, "zice.offline.html")).href;

async function assertQuiet(driver, site) {
  assert.deepEqual(driver.complaints, []);
  assert.deepEqual((await driver.requests()).filter((url) => !url.startsWith(site.url)), [], "nothing is asked of anybody else");
}

for (const version of Object.keys(CHROMIUMS).map(Number)) {
  const { path, missing } = oldChromium(version);
  test(`in Chromium ${version} the page starts, and a verdict follows the answers`, { skip: missing }, async (t) => {
    const { driver, flow, site } = await openOld(t, version, path);
    await flow.start(PROGRAMME);
    assert.deepEqual(await flow.live(), { verdict: "undecided", points: "0–100 分" });
    await flow.answer("resident_enterprise", false);
    await flow.until("the verdict follows", (root) => root.querySelector(".zice-live [data-zice-verdict=not_met]"));
    await assertQuiet(driver, site);
  });

  test(`in Chromium ${version} a company is filled in by keys, and the report is the command line's`, { skip: missing }, async (t) => {
    const { driver, flow, site } = await openOld(t, version, path);
    await flow.start(PROGRAMME);
    const report = await flow.fill(full);
    assert.deepEqual(companyIn(await flow.saved()), full);
    assert.deepEqual(report, assess(full));
    assert.equal(await flow.shownVerdict(), report.verdict);
    await assertQuiet(driver, site);
  });

  test(`in Chromium ${version} the element inside another page leads to the same report`, { skip: missing }, async (t) => {
    const { driver, flow, site } = await openOld(t, version, path, ELEMENT);
    await flow.start(PROGRAMME);
    assert.deepEqual(await flow.fill(full), assess(full));
    await assertQuiet(driver, site);
  });

  test(`in Chromium ${version} the offline file, opened from disk, leads to the same report`, { skip: missing }, async (t) => {
    const { driver, flow, site } = await openOld(t, version, path, { address: FILE });
    await flow.start(PROGRAMME);
    assert.deepEqual(await flow.fill(full), assess(full));
    assert.deepEqual(driver.complaints, []);
    assert.deepEqual((await driver.requests()).filter((url) => !/^(file|blob|data):/.test(url)), []);
    assert.deepEqual(site.requests, []);
  });
}
