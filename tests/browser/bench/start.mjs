// Measures from the last byte of the wasm to the first screen painted and a
// click answered, with the CPU slowed down to a quarter. Everything is served
// from memory. The policies, which the wasm asks for, arrive in between, and
// their way is included. The fastest of several starts counts, because other
// load only makes one slower.
//
// The same pages also do a piece of plain work, which tells how fast the
// machine is at the moment, for comparisons with another machine's figures.
import { serve, STRICT } from "../support.mjs";
import { say, spread } from "./numbers.mjs";

const RUNS = 9;

/**
 * Runs in the page: waits for the first screen, clicks on a card, and waits
 * again.
 */
function watch() {
  const painted = (then) => requestAnimationFrame(() => setTimeout(then, 0));
  const times = {};
  // The button says how many programmes are chosen.
  const begin = () => document.querySelector(".zice-begin .zice-button");
  let before;
  window.interactive = new Promise((done) => {
    const clicked = new MutationObserver(() => {
      if (begin().textContent === before) return;
      clicked.disconnect();
      painted(() => {
        times.answered = performance.now();
        const wasm = performance.getEntriesByType("resource").find((one) => one.name.endsWith(".wasm"));
        done({ ...times, arrived: wasm.responseEnd });
      });
    });
    const shown = new MutationObserver(() => {
      const box = document.querySelector("#zice-app main input[type=checkbox]");
      if (!box) return;
      shown.disconnect();
      painted(() => {
        times.painted = performance.now();
        clicked.observe(document, { subtree: true, childList: true, attributes: true });
        before = begin().textContent;
        box.click();
      });
    });
    shown.observe(document, { subtree: true, childList: true });
  });
}

/** Runs in the page: the time of a fixed amount of work, in milliseconds. */
function work() {
  const began = performance.now();
  const numbers = new Int32Array(4096);
  let sum = 1;
  for (let at = 0; at < 6_000_000; at++) {
    sum = (Math.imul(sum, 1103515245) + 12345) | 0;
    numbers[sum & 4095] += at;
  }
  return performance.now() - began + (numbers[sum & 4095] === 0.5 ? 1 : 0);
}

export async function measureStart(browser, replace) {
  const site = await serve({ csp: STRICT, replace });
  const runs = [];
  try {
    for (let run = 0; run <= RUNS; run++) {
      // A context of its own has nothing compiled or cached.
      const context = await browser.newContext({ locale: "zh-CN", reducedMotion: "reduce" });
      const page = await context.newPage();
      const devtools = await context.newCDPSession(page);
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
      await page.addInitScript(watch);
      await page.goto(site.url);
      const times = await page.evaluate(() => window.interactive);
      times.work = await page.evaluate(work);
      // The first run only reads the files into memory.
      if (run > 0) runs.push(times);
      await context.close();
    }
  } finally {
    site.close();
  }
  const since = (name) => runs.map((run) => run[name] - run.arrived);
  say(`  start     first screen painted: ${spread(since("painted"), 0)}`);
  say(`  start     a click answered:     quickest ${Math.min(...since("answered")).toFixed(0)}, ${spread(since("answered"), 0)}`);
  const plain = Math.min(...runs.map((run) => run.work));
  say(`  start     plain work:           quickest ${plain.toFixed(0)} ms`);
  return { interactive: Math.min(...since("answered")) };
}
