// The page in Firefox ESR under the strict policy: the same walk from the cards
// to the report as in the old Chromiums.
import assert from "node:assert/strict";
import { accessSync, constants } from "node:fs";
import { readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { Flow } from "../old/flow.mjs";
import { launch } from "../old/webdriver.mjs";
import { assess, companyIn, dist, fullCompany, PROGRAMME, serve, STRICT } from "./support.mjs";

const full = await fullCompany();

/** The path of a program: given by the set-up's variable, or found on PATH. */
function program(variable, name) {
  if (process.env[variable]) return process.env[variable];
  return process.env.PATH.split(delimiter).map((dir) => join(dir, name)).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const firefox = program("ZICE_FIREFOX", "firefox-esr");
const geckodriver = program("ZICE_GECKODRIVER", "geckodriver");
const missing = Object.entries({ "firefox-esr": firefox, geckodriver }).filter(([, path]) => !path).map(([name]) => name);
const skip = missing.length > 0 && `no ${missing.join(" and no ")}; \`cargo xtask test --full\` installs them`;

// WebDriver does not report what a page complains about. So the page collects
// it itself, with a script before all others.
const WATCH = `
  window.complaints = [];
  const complain = (text) => window.complaints.push(String(text));
  addEventListener("error", (event) => complain(event.message || "not loaded: " + event.target.outerHTML), true);
  addEventListener("unhandledrejection", (event) => complain(event.reason));
  addEventListener("securitypolicyviolation", (event) => complain("forbidden: " + event.blockedURI + " by " + event.effectiveDirective));
  for (const name of ["error", "warn"]) {
    const said = console[name];
    console[name] = (...words) => { complain(words.join(" ")); said.apply(console, words); };
  }
`;

async function watched(name) {
  if (name === "watch.js") return WATCH;
  if (name !== "index.html") return undefined;
  const html = await readFile(join(dist, name), "utf8");
  return html.replace("<head>", '<head><script src="watch.js"></script>');
}

/** Walks through a page in Firefox, from the cards to the report. */
async function walk(t, address, root) {
  const driver = await launch({ firefox, geckodriver });
  t.after(() => driver.close());
  const flow = new Flow(driver, { root });
  await flow.open(address);
  await flow.start(PROGRAMME);
  assert.deepEqual(await flow.fill(full), assess(full));
  return driver;
}

test("in Firefox ESR the element inside another page leads to the same report", { skip }, async (t) => {
  const host = '<!DOCTYPE html><html lang="zh-CN"><head><script src="watch.js"></script><meta charset="utf-8"><title>x</title><script src="zice.js" defer></script></head><body><zice-check policies="tech-sme"></zice-check></body></html>';
  const site = await serve({ csp: STRICT, replace: async (name) => (name === "host.html" ? host : watched(name)) });
  t.after(() => site.close());
  const driver = await walk(t, `${site.url}host.html`, "document.querySelector('zice-check').shadowRoot");
  assert.deepEqual(await driver.evaluate("window.complaints"), []);
});

test("in Firefox ESR the offline file, opened from disk, leads to the same report", { skip }, async (t) => {
  await walk(t, pathToFileURL(join(dist, "zice.offline.html")).href);
});

test("in Firefox ESR a company is filled in by keys, and the report is the command line's", { skip }, async (t) => {
  const site = await serve({ csp: STRICT, replace: watched });
  t.after(() => site.close());
  const driver = await launch({ firefox, geckodriver });
  t.after(() => driver.close());
  t.diagnostic(`Firefox ${await driver.version()}`);
  const flow = new Flow(driver);
  await flow.open(site.url);
  await flow.start(PROGRAMME);
  assert.deepEqual(await flow.live(), { verdict: "undecided", points: "0–100 分" });
  const report = await flow.fill(full);
  assert.deepEqual(companyIn(await flow.saved()), full);
  assert.deepEqual(report, assess(full));
  assert.equal(await flow.shownVerdict(), report.verdict);
  assert.deepEqual(await driver.evaluate("window.complaints"), []);
  const asked = await driver.evaluate('performance.getEntriesByType("resource").map((one) => one.name)');
  assert.ok(asked.some((url) => url.endsWith(".wasm")), "the list of requests is a real one");
  assert.deepEqual(asked.filter((url) => !url.startsWith(site.url)), [], "nothing is asked of anybody else");
});
