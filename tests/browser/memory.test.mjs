// What a check leaves in the memory of its page: nothing that grows with every
// check, and none of its answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openHost } from "./element.mjs";
import { drawn, PATIENCE, useBrowser, whole } from "./support.mjs";

const browser = useBrowser();
const HOST = '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,"><script src="../zice.js" defer></script></head><body></body></html>';

/** An empty host page whose memory can be inspected. */
async function openWatched(t) {
  const opened = await openHost(t, browser(), "own.html", {
    files: { "hosts/own.html": HOST },
    prepare: (page) => page.addInitScript(() => {
      window.memories = [];
      for (const name of ["instantiate", "instantiateStreaming"]) {
        const make = WebAssembly[name];
        WebAssembly[name] = async (...all) => {
          const made = await make.apply(WebAssembly, all);
          const { exports } = made.instance || made;
          for (const one of Object.values(exports || {})) if (one instanceof WebAssembly.Memory) window.memories.push(one);
          return made;
        };
      }
    }),
  });
  await opened.page.waitForFunction(() => customElements.get("zice-check"));
  const devtools = await opened.context.newCDPSession(opened.page);
  // Weakly held objects go in the collection after the one that freed their
  // owner.
  const collect = async () => {
    for (let times = 0; times < 3; times++) {
      await drawn(opened.page);
      await devtools.send("HeapProfiler.collectGarbage");
    }
  };
  const count = async () => {
    await collect();
    const { nodes, jsEventListeners } = await devtools.send("Memory.getDOMCounters");
    return { nodes, jsEventListeners };
  };
  return { ...opened, devtools, collect, count };
}

/**
 * Shows and destroys that many checks; every fifth has a report and a second
 * check too.
 */
const mount = (page, times) => page.evaluate(async (times) => {
  const shown = async (with_report) => {
    const element = document.createElement("zice-check");
    element.setAttribute("policies", "tech-sme");
    element.setAttribute("lazy", "eager");
    document.body.append(element);
    const api = element.api(1);
    await api.open({ schema: "zice.company/1", name: "湖州", as_of: "2025-08-01", facts: { sme_staff_total: 10 }, programmes: ["tech-sme"] });
    await api.show(with_report ? "report" : "interview");
    return api;
  };
  for (let at = 0; at < times; at++) {
    const all = [await shown(at % 5 === 0)];
    if (at % 5 === 0) all.push(await shown(false));
    for (const api of all) api.destroy();
  }
}, times);

test("two hundred checks that were shown and destroyed leave no nodes and no listeners", async (t) => {
  const { page, count, complaints } = await openWatched(t);
  page.setDefaultTimeout(5 * PATIENCE);
  // What the first checks leave is shared by all later ones.
  await mount(page, 5);
  const before = await count();
  const bytes = () => page.evaluate(() => window.memories.map(({ buffer }) => buffer.byteLength).reduce((a, b) => a + b, 0));
  const large = await bytes();
  await mount(page, 200);
  assert.deepEqual(await count(), before);
  // Gaps between what is in use may be filled later. A page takes over a
  // hundred kilobytes, so two hundred leaked ones would take over twenty
  // thousand.
  assert.ok(await bytes() <= large + (2 << 20), `${await bytes()} bytes of the wasm's memory, ${large} before`);
  assert.deepEqual(complaints, []);
});

/**
 * Whether a text is in the wasm's memory. The text itself is never in the page.
 */
const inWasm = (page, text) => page.evaluate((codes) => {
  // Shifted by one, so that the search does not bring the text into memory.
  const bytes = codes.map((code) => code - 1);
  return window.memories.some(({ buffer }) => {
    const all = new Uint8Array(buffer);
    for (let at = all.indexOf(bytes[0]); at >= 0; at = all.indexOf(bytes[0], at + 1)) {
      if (bytes.every((byte, by) => all[at + by] === byte)) return true;
    }
    return false;
  });
}, [...Buffer.from(text)].map((byte) => byte + 1));

/** Whether a string of the page's heap contains the text. */
async function inHeap(devtools, text) {
  let snapshot = "";
  const add = ({ chunk }) => { snapshot += chunk; };
  devtools.on("HeapProfiler.addHeapSnapshotChunk", add);
  await devtools.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  devtools.off("HeapProfiler.addHeapSnapshotChunk", add);
  const { strings } = JSON.parse(snapshot);
  return strings.some((string) => string.includes(text));
}

test("what was answered in a check is nowhere in the memory once it is destroyed", async (t) => {
  const { page, devtools, collect } = await openWatched(t);
  const name = "Zqvxk Mwpjt", figure = "73915.28";
  await page.evaluate(() => {
    document.body.innerHTML = '<zice-check policies="tech-sme" lazy="eager"></zice-check><zice-check policies="aaa-zj" lazy="eager"></zice-check>';
    return Promise.all([...document.querySelectorAll("zice-check")].map((one) => one.api(1).company()));
  });
  await whole(page);
  const root = page.locator("zice-check").first();
  await root.locator("#zice-choose-tech-sme").check();
  await root.locator(".zice-begin .zice-button").click();
  await root.locator("#zice-name").click();
  await page.keyboard.type(name);
  await root.locator(".zice-steps button").nth(2).click();
  await root.locator(".zice-form input[inputmode=decimal]").first().click();
  await page.keyboard.type(figure);
  await root.locator(".zice-steps button").last().click();
  await root.locator("[data-zice-next]").click();
  await root.locator(".zice-report, #zice-halted").first().waitFor();
  if (await root.locator("#zice-halted").count()) await root.locator("#zice-halted > .zice-button").click();
  await root.locator(".zice-report").waitFor();
  await root.evaluate((it) => it.api(1).company().then(() => {}));
  assert.ok(await inWasm(page, name) && await inWasm(page, figure), "looked for in the wrong place");
  assert.ok(await inHeap(devtools, name), "looked for in the wrong heap");
  // The other check stays, with the wasm that both share.
  await root.evaluate((it) => {
    window.heard = [];
    it.api(1).destroy();
  });
  await collect();
  assert.equal(await inHeap(devtools, name), false, "the name, in the page's heap");
  assert.equal(await inHeap(devtools, figure), false, "the figure, in the page's heap");
  assert.equal(await inWasm(page, name), false, "the name, in the wasm's memory");
  assert.equal(await inWasm(page, figure), false, "the figure, in the wasm's memory");
  assert.equal((await page.evaluate(() => document.querySelector("zice-check").api(1).company())).schema, "zice.company/1");
});
