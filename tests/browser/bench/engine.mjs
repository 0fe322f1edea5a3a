// Measures one assessment by each policy in wasm: the company is already
// parsed, and points and verdict are made without texts. Every company is
// assessed by every policy. A policy's figure is that of its slowest company,
// and the slowest policy counts.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { dist, serve } from "../support.mjs";
import { say } from "./numbers.mjs";

const engine = process.env.ZICE_ENGINE;
const read = (name) => readFile(join(dist, "policies", name), "utf8");
const fixture = (name) => readFile(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8");

async function inputs() {
  const { policies } = JSON.parse(await read("index.json"));
  const blank = JSON.stringify({ schema: "zice.company/1", as_of: "2023-08-01", facts: {} });
  return {
    dictionary: await read("facts.json"),
    policies: await Promise.all(policies.map(async ({ file }) => [file, await read(file)])),
    companies: [["blank", blank], ["company", await fixture("company")], ["all", await fixture("all")]],
  };
}

/**
 * Runs where the engine is, so it must not use anything outside of itself.
 * Takes the fastest of several samples, because other load only makes it
 * slower.
 */
async function measure(Bench, clock, { dictionary, policies, companies }) {
  const lines = [];
  for (const [policy, policyText] of policies) {
    for (const [company, companyText] of companies) {
      const bench = Bench.read(dictionary, policyText, companyText);
      if (!bench) throw new Error(`${policy} with ${company}: not read`);
      // The optimizing compiler runs in parallel, so first give it time to
      // finish.
      let times = 100;
      for (const begun = performance.now(); performance.now() - begun < 150;) bench.assess(times);
      const samples = [];
      for (let sample = 0; sample < 15; sample++) {
        const begun = clock();
        bench.assess(times);
        const took = clock() - begun;
        // The browser's clock is coarse, so samples must be long enough.
        if (took < 5) { times *= 2; sample -= 1; } else samples.push(took / times);
      }
      lines.push({ policy, company, ms: Math.min(...samples) });
      bench.free();
    }
  }
  return lines;
}

function worst(where, lines) {
  for (const policy of new Set(lines.map((line) => line.policy))) {
    const own = lines.filter((line) => line.policy === policy);
    say(`  ${where}  ${policy.padEnd(26)} ${own.map(({ company, ms }) => `${company} ${(ms * 1000).toFixed(2)}`).join(", ")} µs`);
  }
  return Math.max(...lines.map((line) => line.ms));
}

export async function inNode() {
  const { default: init, Bench } = await import(pathToFileURL(join(engine, "engine.mjs")));
  await init({ module_or_path: await readFile(join(engine, "engine.wasm")) });
  // The CPU time of this process, which other processes do not lengthen.
  const clock = () => process.cpuUsage().user / 1000;
  return worst("Node    ", await measure(Bench, clock, await inputs()));
}

export async function inChromium(browser) {
  const own = { "index.html": "<!DOCTYPE html><title>Zice</title>" };
  const site = await serve({ replace: async (name) => own[name] ?? readFile(join(engine, name.replace(/\.js$/, ".mjs"))) });
  const page = await browser.newPage();
  try {
    await page.goto(site.url);
    const code = `(async (given) => {
      const glue = await import("./engine.js");
      await glue.default({ module_or_path: "./engine.wasm" });
      return (${measure})(glue.Bench, () => performance.now(), given);
    })`;
    const lines = await page.evaluate(`${code}(${JSON.stringify(await inputs())})`);
    return worst("Chromium", lines);
  } finally {
    await page.close();
    site.close();
  }
}
