// Measures what advice, margins and tolerance of one company take in wasm, with
// the CPU slowed down to a quarter: `zice.advise` less `zice.assess` without
// advice, which both read the company and write texts. Every company of
// tests/companies is asked under every programme. The slowest counts, once for
// one programme and once for all programmes of a company together.
import { readFile, readdir } from "node:fs/promises";
import { serve } from "../support.mjs";
import { FRAME, say } from "./numbers.mjs";

const folder = new URL("../../companies/", import.meta.url);

/** All companies: name and text. */
async function companies() {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".zice.json")).sort();
  return Promise.all(names.map(async (name) => [name.split(".")[0], await readFile(new URL(name, folder), "utf8")]));
}

/**
 * Runs in the page, so it must not use anything outside of itself. Takes the
 * fastest of several turns, because other load only makes them slower.
 */
async function measure(given) {
  const { load } = await import("./zice.mjs");
  const zice = await load();
  const ids = [...new Set(zice.policies().map(({ id }) => id))];
  const fastest = (act) => {
    let least = Infinity;
    for (let turn = 0; turn < 7; turn++) {
      const begun = performance.now();
      act();
      least = Math.min(least, performance.now() - begun);
    }
    return least;
  };
  // The optimizing compiler runs in parallel, so first give it time to finish.
  for (const begun = performance.now(); performance.now() - begun < 2000;) for (const [, text] of given) zice.advise(text, ids[0]);
  return given.flatMap(([name, text]) => ids.map((id) => {
    const whole = fastest(() => zice.advise(text, id));
    return { name, id, ms: Math.max(0, whole - fastest(() => zice.assess(text, id, { advice: false }))) };
  }));
}

export async function measureAdvice(browser) {
  const site = await serve();
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    await page.goto(site.url);
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    const lines = await page.evaluate(`(${measure})(${JSON.stringify(await companies())})`);
    const sums = new Map();
    for (const { name, ms } of lines) sums.set(name, (sums.get(name) ?? 0) + ms);
    const most = lines.reduce((one, two) => (two.ms > one.ms ? two : one));
    for (const id of new Set(lines.map((line) => line.id))) {
      say(`  advice    ${id.padEnd(14)} ${lines.filter((line) => line.id === id).map(({ name, ms }) => `${name} ${ms.toFixed(1)}`).join(", ")} ms`);
    }
    const all = Math.max(...sums.values());
    say(`  advice    slowest: ${most.name} under ${most.id}, ${(most.ms / FRAME * 100).toFixed()}% of a frame; all programmes ${(all / FRAME * 100).toFixed()}%`);
    return { advised: most.ms, advised_all: all };
  } finally {
    await context.close();
    site.close();
  }
}
