// Measures the time from an answer to the updated picture, with the CPU slowed
// down to a quarter. Figures are typed into each topic of an interview about
// all programmes, once with nothing answered and once with everything.
//
// The main result is the time that the page's main thread works, read from the
// trace: all tasks from the one that receives the key to the one that hands the
// new picture over for drawing. Apart from that, it reports how long it takes
// until the document is up to date, which is the page's own part. Waiting for
// the next frame is not work, and only CPU time counts, which other load on the
// machine does not lengthen.
//
// For a key in a field of an empty page, a browser on such a slow machine
// without a graphics card already needs much of a frame. This is measured in
// the same run and subtracted. Both are medians, because single keys in an
// empty page vary by as much as the page itself costs.
import { readFile } from "node:fs/promises";
import { chooseDay, openFile, serve, start, STRICT } from "../support.mjs";
import { median, quantile, say, spread } from "./numbers.mjs";

const PROGRAMMES = ["tech-sme", "hnte-zj", "aaa-zj", "new-material", "adjacent"];
// The number of fields in a topic, and the keys to type in each.
const FIELDS = 6;
const KEYS = ["1", "2"];

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Marks the fields to type into, and unfolds what hides them, as somebody
 * typing there would have done. Returns their number.
 */
function prepare(most) {
  const all = [...document.querySelectorAll("main input[inputmode=decimal]")];
  // Spread over the topic, since its first question is not typical.
  const step = Math.max(1, all.length / most);
  const chosen = all.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step)).slice(0, most);
  chosen.forEach((field, at) => {
    field.setAttribute("data-bench", at);
    for (let around = field; around; around = around.parentElement) if (around.tagName === "DETAILS") around.open = true;
  });
  return { chosen: chosen.length, all: all.length, elements: document.querySelectorAll("main *").length };
}

/** The work for each key, from a trace. */
function work(events) {
  const main = events.find((one) => one.name === "EventDispatch" && one.args.data?.type === "input");
  if (!main) return [];
  const own = events.filter((one) => one.pid === main.pid && one.tid === main.tid && one.ph === "X");
  const tasks = own.filter((one) => one.name === "RunTask").sort((a, b) => a.ts - b.ts);
  const within = (one, task) => one.ts >= task.ts && one.ts <= task.ts + task.dur;
  const took = (one) => (one.tdur ?? one.dur) / 1000;
  const pictures = own.filter((one) => one.name === "Commit" || one.name === "Paint");
  return own.filter((one) => one.name === "EventDispatch" && one.args.data.type === "input").map((key) => {
    const from = tasks.findIndex((task) => within(key, task));
    const to = tasks.findIndex((task, at) => at >= from && pictures.some((one) => one.ts > key.ts && within(one, task)));
    const parts = {};
    const span = tasks.slice(from, to + 1);
    for (const one of own) {
      if (!span.some((task) => within(one, task))) continue;
      const part = { EventDispatch: "script", UpdateLayoutTree: "style", Layout: "layout", PrePaint: "paint", Paint: "paint", Layerize: "paint", Commit: "paint" }[one.name];
      if (part && (part !== "script" || one === key)) parts[part] = (parts[part] ?? 0) + took(one);
    }
    return { ms: span.reduce((sum, task) => sum + took(task), 0), parts };
  });
}

/** Types while the browser records a trace. */
async function traced(browser, page, fields) {
  const devtools = await page.context().newCDPSession(page);
  await browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline"] });
  for (let at = 0; at < fields; at++) {
    await page.focus(`[data-bench="${at}"]`);
    await pause(120);
    for (const key of KEYS) {
      await devtools.send("Input.insertText", { text: key });
      await pause(120);
    }
  }
  await devtools.detach();
  return JSON.parse(String(await browser.stopTracing())).traceEvents;
}

/** Types the same keys in a page of plain fields that shows them again. */
async function nothing(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const fields = Array.from({ length: FIELDS * 4 }, (_, at) => `<input data-bench="${at}">`);
  await page.setContent(`<!DOCTYPE html><output>0</output> ${fields.join("")}`);
  await page.evaluate(() => {
    document.addEventListener("input", ({ target }) => { document.querySelector("output").textContent = target.value; });
  });
  const throttle = await context.newCDPSession(page);
  await throttle.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const keys = work(await traced(browser, page, FIELDS * 4));
  await context.close();
  return keys.map((one) => one.ms);
}

export async function measureAnswers(browser, replace) {
  const site = await serve({ csp: STRICT, replace });
  const file = await readFile(new URL("../fixtures/all.json", import.meta.url), "utf8");
  const all = [];
  try {
    for (const [answers, content] of [["none", undefined], ["all", file]]) {
      const context = await browser.newContext({ locale: "zh-CN", reducedMotion: "reduce", viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      await page.goto(site.url);
      await page.waitForSelector("#zice-app main h1");
      if (content) await openFile(page, content);
      else await chooseDay(page, "2023-08-01");
      await start(page, PROGRAMMES);
      const throttle = await context.newCDPSession(page);
      const topics = await page.locator(".zice-steps button").count();
      for (let topic = 0; topic < topics; topic++) {
        await page.locator(".zice-steps button").nth(topic).click();
        await pause(200);
        const { chosen, all: fields, elements } = await page.evaluate(prepare, FIELDS);
        if (chosen === 0) continue;
        await throttle.send("Emulation.setCPUThrottlingRate", { rate: 4 });
        const keys = work(await traced(browser, page, chosen));
        await throttle.send("Emulation.setCPUThrottlingRate", { rate: 1 });
        if (keys.length !== chosen * KEYS.length) throw new Error(`topic ${topic}: ${keys.length} keys in the trace`);
        all.push(...keys);
        const part = (name) => quantile(keys.map((one) => one.parts[name] ?? 0), 0.5).toFixed(1);
        say(`  answer    answered ${answers.padEnd(4)} topic ${topic}: ${spread(keys.map((one) => one.ms))}; `
          + `${fields} figures, ${elements} elements; script ${part("script")}, style ${part("style")}, layout ${part("layout")}, paint ${part("paint")}`);
      }
      await context.close();
    }
  } finally {
    site.close();
  }
  const painted = all.map((one) => one.ms);
  const written = all.map((one) => one.parts.script ?? 0);
  say(`  answer    document updated: ${spread(written)}`);
  say(`  answer    picture painted:  ${spread(painted)}`);
  const bare = await nothing(browser);
  say(`  answer    an empty page:    ${spread(bare)}`);
  return { written: quantile(written, 0.95), painted: median(painted) - median(bare) };
}
