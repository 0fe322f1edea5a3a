// The browser part of `cargo xtask bench`. Figures beside their budgets
// (budgets.mjs) go to standard output, in milliseconds, and details to standard
// error.
import { readFile } from "node:fs/promises";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { dist } from "../support.mjs";
import { measureAdvice } from "./advice.mjs";
import { measureAnswers } from "./answer.mjs";
import { compare } from "./budgets.mjs";
import { inChromium, inNode } from "./engine.mjs";
import { say } from "./numbers.mjs";
import { measureLarge } from "./large.mjs";
import { measureStart } from "./start.mjs";

const files = new Map();
/** A file of the build, kept in memory after the first read. */
export async function fromMemory(name) {
  if (!files.has(name)) files.set(name, await readFile(join(dist, name)));
  return files.get(name);
}

const browser = await chromium.launch({
  executablePath: process.env.ZICE_CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const before = loadavg()[0];
  say(`  the machine: load ${before.toFixed(1)} on ${availableParallelism()} processors`);
  if (before > availableParallelism()) say("  busy: expect figures that are too high");
  const measured = {
    ...await measureStart(browser, fromMemory),
    assess_node: await inNode(),
    assess_chromium: await inChromium(browser),
    ...await measureAdvice(browser),
    ...await measureAnswers(browser, fromMemory),
    ...await measureLarge(browser, fromMemory),
  };
  const over = compare(measured);
  if (over.length) {
    console.error(`above the gate: ${over.join(", ")}`);
    process.exitCode = 1;
  }
} finally {
  await browser.close();
}
