// What the command, the npm package and the element refuse, and the code that
// tells programs why. One table; each row is tried with every front that can be
// given such input.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { openHost } from "./element.mjs";
import { cli, company, companySoFar, dist, openFile, openInterview, useBrowser } from "./support.mjs";

const browser = useBrowser();
const MOST = 4 << 20;

/** The source of an expression that both Node and the page can evaluate. */
const staff = (value) => `({ schema: "zice.company/1", facts: { sme_staff_total: ${value} } })`;
const text = (value) => JSON.stringify(`{"schema":"zice.company/1","facts":{"sme_staff_total":${value}}}`);
const large = `JSON.stringify({ schema: "zice.company/1", note: "n".repeat(${MOST}) })`;
const FILES = [
  ["a text above 4 MiB", "too-large", large],
  ["a text of characters that together are above 4 MiB", "too-large", `JSON.stringify({ schema: "zice.company/1", note: "长".repeat(${MOST / 2}) })`],
  ["half a text", "company", `'{"schema":'`],
  ["an empty text", "company", `""`],
  ["the text null", "company", `"null"`],
  ["a list", "company", `"[]"`],
  ["a file of another version", "company", `'{"schema":"zice.company/2"}'`],
  ["NaN in a text", "company", text("NaN")],
  ["Infinity in a text", "company", text("-Infinity")],
  // Values that only JavaScript has.
  ["an object above 4 MiB", "too-large", `JSON.parse(${large})`, "js"],
  ["NaN", "company", staff("NaN"), "facts.sme_staff_total"],
  ["Infinity", "company", staff("Infinity"), "facts.sme_staff_total"],
  ["a BigInt", "company", staff("10n"), "facts.sme_staff_total"],
  ["a function", "company", staff("() => 10"), "facts.sme_staff_total"],
  ["a symbol", "company", staff("Symbol()"), "facts.sme_staff_total"],
  ["a map", "company", staff("new Map([[1, 2]])"), "facts.sme_staff_total"],
  ["NaN in an entry", "company", `({ schema: "zice.company/1", facts: { ip: [{}, { granted_on: NaN }] } })`, "facts.ip[1].granted_on"],
  ["an object that contains itself", "company", `(() => { const facts = { ip: [{}] }; facts.ip[0].again = facts; return { schema: "zice.company/1", facts }; })()`, "facts.ip[0].again"],
  ["an object without an end", "company", `(() => { let facts = {}; for (let at = 0; at < 5000; at++) facts = { facts }; return { schema: "zice.company/1", facts }; })()`, "js"],
  ["null", "company", "null", "js"],
  ["nothing", "company", "undefined", "js"],
  ["a number", "company", "3", "js"],
];

test("the command refuses with status 2 and the code", () => {
  for (const [what, code, source, js] of FILES) {
    if (js) continue;
    const input = eval(source);
    const { status, stdout, stderr } = spawnSync(cli, ["assess", "--policy", "tech-sme@2023", "-"], { input, encoding: "utf8" });
    assert.deepEqual([status, stdout, stderr.match(/^zice: \[(.*?)\]/)?.[1]], [2, "", code], `${what}: ${stderr}`);
  }
  const { status, stderr } = spawnSync(cli, ["assess", "--policy", "nothing", "-"], { input: "{}", encoding: "utf8" });
  assert.deepEqual([status, stderr.match(/^zice: \[(.*?)\]/)?.[1]], [2, "unknown-policy"], stderr);
});

test("zice.mjs throws an error with the same code, and names the place", async () => {
  const { load, ZiceError } = await import(pathToFileURL(join(dist, "zice.mjs")));
  const engine = await load({ policies: ["tech-sme@2023"] });
  const refused = async (what, code, act) => {
    const error = await (async () => act())().then(() => assert.fail(`${what} is taken`), (error) => error);
    assert.ok(error instanceof ZiceError, `${what}: ${error.stack}`);
    assert.equal(error.code, code, `${what}: ${error.message}`);
    return error;
  };
  for (const [what, code, source, place] of FILES) {
    const error = await refused(what, code, () => engine.assess(eval(source), "tech-sme@2023"));
    if (place && place !== "js") assert.deepEqual(error.problems.map(({ path }) => path), [place], what);
  }
  const blank = { schema: "zice.company/1", as_of: "2023-08-01" };
  for (const name of ["nothing", "", "tech-sme@1999", 3, Symbol("x"), ["tech-sme@2023", "nothing"]]) await refused(String(name), "unknown-policy", () => engine.assess(blank, name));
  await refused("loading nothing", "unknown-policy", () => load({ policies: ["nothing"] }));
  for (const given of [null, 3, "zh"]) {
    await refused(`options ${given}`, "usage", () => load(given));
    await refused(`options ${given}`, "usage", () => engine.assess(blank, "tech-sme@2023", given));
  }
  for (const given of [{ lang: null }, { lang: "fr" }, { as_of: null }, { as_of: "2026-02-30" }]) await refused(JSON.stringify(given), "usage", () => engine.assess(blank, "tech-sme@2023", given));
  // A date serializes itself, and `undefined` means unknown.
  assert.equal(engine.assess({ ...blank, facts: { revenue: undefined, noted: new Date(0) } }, "tech-sme@2023").verdict, "undecided");
});

const HOST = (policies) => ({ "hosts/own.html": `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,"><script src="../zice.js" defer></script></head><body><zice-check policies="${policies}" lazy="eager"></zice-check></body></html>` });

test("the element's api(1) refuses with the same code, and keeps the answers", async (t) => {
  const { page } = await openHost(t, browser(), "own.html", { files: HOST("tech-sme"), csp: null });
  await page.locator("zice-check main h1").waitFor();
  const before = await page.evaluate(async () => {
    const api = document.querySelector("zice-check").api(1);
    await api.open({ schema: "zice.company/1", name: "湖州", as_of: "2025-08-01", facts: {} });
    // From now on the file contains its results.
    await api.reports();
    return api.company();
  });
  for (const [what, code, source, place] of FILES) {
    const [told, after] = await page.evaluate(async (source) => {
      const api = document.querySelector("zice-check").api(1);
      const told = await api.open((0, eval)(source)).then(() => ["taken"], ({ code, message }) => [code, message]);
      return [told, await api.company()];
    }, source);
    assert.equal(told[0], code, `${what}: ${told[1]}`);
    if (place && place !== "js") assert.ok(told[1].includes(place), `${what}: ${told[1]}`);
    assert.deepEqual(after, before, what);
  }
  for (const version of ["null", "2", "undefined", "'1'"]) {
    assert.equal(await page.evaluate((version) => {
      try { document.querySelector("zice-check").api((0, eval)(version)); } catch ({ code }) { return code; }
    }, version), "usage", version);
  }
});

test("an element that names a policy there is not says so with the same code", async (t) => {
  const { page } = await openHost(t, browser(), "own.html", { files: HOST("tech-sme nothing") });
  const box = page.locator("zice-check [data-zice-failure=unknown-policy]");
  await box.waitFor();
  assert.match(await box.innerText(), /项目不存在[\s\S]*not there/);
  assert.equal(await page.evaluate(() => document.querySelector("zice-check").api(1).ready.catch(({ code }) => code)), "unknown-policy");
  assert.equal((await page.evaluate(() => window.heard.filter(({ name }) => name === "zice:error").at(-1).detail)).code, "unknown-policy");
});

test("the page's own button refuses what is too large, and keeps the answers", async (t) => {
  const { page } = await openInterview(t, browser(), { file: company({ sme_staff_total: 10 }) });
  const before = await companySoFar(page);
  await openFile(page, eval(large));
  await page.locator("[role=alert] .zice-error").waitFor();
  assert.match(await page.locator("[role=alert] .zice-error").innerText(), /^文件太大，已填内容未改动/);
  assert.deepEqual(await companySoFar(page), before);
});
