// The element in a frame: it grows with its content, has no origin of its own,
// and tells its events only to the page it was made for.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openHost, walk } from "./element.mjs";
import { dist, drawn, open, PATIENCE, serve, shoot, STRICT, useBrowser } from "./support.mjs";

const browser = useBrowser();
// The policy of a host must allow its own frames.
const FRAMED = { csp: `${STRICT}; frame-src 'self'` };

/** The frame's height, once it equals that of its content and stays so. */
async function settled(page, around = 0) {
  const frame = page.frameLocator("iframe");
  let last;
  for (const end = Date.now() + PATIENCE; ;) {
    await drawn(page);
    const inside = await frame.locator("zice-check").evaluate((it) => it.getBoundingClientRect().height);
    const outside = await page.locator("iframe").evaluate((it) => it.getBoundingClientRect().height);
    if (Math.abs(inside + around - outside) < 3 && last === outside) return outside;
    assert.ok(Date.now() < end, `${inside} px in a frame of ${outside} px`);
    last = outside;
  }
}

test("a sandboxed frame without an origin of its own runs the whole interview", async (t) => {
  const opened = await openHost(t, browser(), "frame.html", FRAMED);
  const { page } = opened;
  const frame = page.frameLocator("iframe");
  assert.equal(await page.locator("iframe").getAttribute("sandbox"), "allow-scripts allow-forms allow-downloads allow-modals");
  assert.equal(await page.locator("iframe").getAttribute("title"), "申报自测");
  await walk(page, frame);
  assert.equal(await frame.locator("zice-check").evaluate(() => self.origin), "null");
  await shoot(page, "frame");
  assert.deepEqual(opened.strangers, []);
  assert.deepEqual(opened.complaints.filter((line) => !/status of 404/.test(line)), []);
});

test("the frame is as high as what is in it, at every width, and does not swing", async (t) => {
  const { page } = await openHost(t, browser(), "frame.html", FRAMED);
  const frame = page.frameLocator("iframe");
  await frame.locator("main h1").waitFor();
  const wide = await settled(page);
  await page.setViewportSize({ width: 320, height: 700 });
  const narrow = await settled(page);
  assert.ok(narrow > wide);
  await frame.locator(".zice-card details summary").first().click();
  assert.ok(await settled(page) > narrow);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), true);
  const changes = await page.locator("iframe").evaluate(async (it) => {
    let count = 0;
    new MutationObserver((all) => { count += all.length; }).observe(it, { attributes: true, attributeFilter: ["style"] });
    // What swings changes from one frame to the next.
    for (let frame = 0; frame < 12; frame++) await new Promise(requestAnimationFrame);
    return count;
  });
  assert.equal(changes, 0);
});

test("messages from anywhere else change nothing", async (t) => {
  const { page } = await openHost(t, browser(), "frame.html", FRAMED);
  const frame = page.frameLocator("iframe");
  await frame.locator("main h1").waitFor();
  await settled(page);
  const height = await page.locator("iframe").evaluate((it) => it.style.height);
  // Messages from the page itself, and from another frame without an origin.
  await page.evaluate(() => {
    const other = document.createElement("iframe");
    other.setAttribute("sandbox", "allow-scripts");
    document.body.append(other);
    postMessage({ zice: 1, type: "height", height: 5 }, "*");
    postMessage({ zice: 1, type: "report", detail: { verdict: "met" } }, "*");
  });
  await drawn(page);
  assert.equal(await page.locator("iframe").first().evaluate((it) => it.style.height), height);
  assert.equal((await page.evaluate(() => window.heard)).filter(({ name }) => name === "zice:report").length, 0);
});

test("a frame with a border and padding is as much higher, however the site counts them", async (t) => {
  for (const sizing of ["border-box", "content-box"]) {
    const { page } = await openHost(t, browser(), "boxed.html", {
      ...FRAMED,
      files: {
        "hosts/boxed.css": `* { box-sizing: ${sizing}; } iframe { padding: 13px 0 !important; border: 4px solid !important; }`,
        "hosts/boxed.html": '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>x</title><link rel="icon" href="data:,"><link rel="stylesheet" href="boxed.css"><script src="../frame-host.js" defer></script></head><body><div data-zice-frame="tech-sme"></div></body></html>',
      },
    });
    await page.frameLocator("iframe").locator("main h1").waitFor();
    assert.ok(await settled(page, 2 * (13 + 4)) > 200, sizing);
    const [needs, has] = await page.frameLocator("iframe").locator("html").evaluate((it) => [it.scrollHeight, it.clientHeight]);
    assert.ok(needs <= has + 2, `${sizing}: ${needs} px in ${has} px`);
  }
});

test("a frame grows to a limit and no further, and is heard no more once it is taken out", async (t) => {
  const { page, context } = await openHost(t, browser(), "frame.html", FRAMED);
  await page.frameLocator("iframe").locator("main h1").waitFor();
  await settled(page);
  const inner = page.frames().find((one) => one.url().includes("frame.html?"));
  const say = (height) => inner.evaluate((height) => parent.postMessage({ zice: 1, type: "height", height }, "*"), height);
  const shown = () => page.locator("iframe").evaluate((it) => it.style.height);
  for (const [height, expected] of [[1e9, "30000px"], [Infinity, "30000px"], [NaN, "100px"], [-5, "100px"], ["12e3", "12000px"], [{}, "100px"]]) {
    await say(height);
    await page.waitForFunction((expected) => document.querySelector("iframe").style.height === expected, expected);
    assert.equal(await shown(), expected);
  }
  const devtools = await context.newCDPSession(page);
  const listeners = async () => {
    const { result } = await devtools.send("Runtime.evaluate", { expression: "window" });
    const { listeners } = await devtools.send("DOMDebugger.getEventListeners", { objectId: result.objectId });
    return listeners.filter(({ type }) => type === "message").length;
  };
  assert.equal(await listeners(), 1);
  await page.evaluate(() => { window.taken = document.querySelector("#place"); window.taken.remove(); });
  await drawn(page);
  assert.equal(await listeners(), 0);
  // Put back, it loads again and is followed again.
  await page.evaluate(() => document.body.prepend(window.taken));
  await page.frameLocator("iframe").locator("main h1").waitFor();
  await settled(page);
  assert.equal(await listeners(), 1);
});

/** A host page on one site around a frame from another site. */
async function openAcross(t, named) {
  let host = "";
  const site = await serve({
    replace: async (name) => (name === "frame.html" ? (await readFile(join(dist, name), "utf8")).replace('name="zice-hosts" content=""', () => `name="zice-hosts" content="${named(host)}"`) : undefined),
  });
  t.after(() => site.close());
  const page = `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>x</title><link rel="icon" href="data:,"><script src="${site.url}frame-host.js"></script></head><body><div data-zice-frame="tech-sme"></div></body></html>`;
  const opened = await open(t, browser(), {
    path: "host.html",
    replace: async (name) => (name === "host.html" ? page : false),
    before: (url) => { host = new URL(url).origin; },
  });
  return opened;
}

const DETAILS = (page) => page.evaluate(() => window.heard.map(({ name }) => name));

test("what is answered is told to another site only where that is named in frame.html", async (t) => {
  for (const [named, told] of [
    [() => "", false],
    [() => "https://www.example.gov.cn", false],
    [(host) => `${host}/`, false],
    [(host) => `x${host} ${host}0`, false],
    [(host) => host, true],
    [(host) => `https://www.example.gov.cn\n  ${host}`, true],
  ]) {
    const { page, complaints } = await openAcross(t, named);
    const frame = page.frameLocator("iframe");
    await frame.locator("#zice-choose-tech-sme").check();
    await frame.locator(".zice-begin .zice-button").click();
    await frame.locator("#zice-resident_enterprise-answer-false").click();
    await frame.locator(".zice-steps button").last().click();
    await frame.locator("[data-zice-next]").click();
    await frame.locator(".zice-report").waitFor();
    // The height is told to any page around the frame.
    await settled(page);
    const names = new Set(await DETAILS(page));
    if (told) assert.ok(names.has("zice:ready") && names.has("zice:progress") && names.has("zice:report"), [...names].join());
    else assert.deepEqual([...names], []);
    const warned = complaints.filter((line) => line.includes("zice-hosts"));
    assert.equal(warned.length, told ? 0 : 1, complaints.join("\n"));
  }
});

test("who names another site in the address is not told what is answered", async (t) => {
  const { page } = await openAcross(t, () => "https://www.example.gov.cn");
  await page.evaluate(() => {
    window.messages = [];
    addEventListener("message", ({ data }) => data.zice === 1 && window.messages.push(data.type));
    const frame = document.querySelector("iframe");
    frame.src = frame.src.replace(/host=.*/, "host=https%3A%2F%2Fwww.example.gov.cn");
  });
  const frame = page.frameLocator("iframe");
  await frame.locator("#zice-choose-tech-sme").check();
  await frame.locator(".zice-begin .zice-button").click();
  await frame.locator("#zice-name").waitFor();
  await settled(page);
  // The browser itself blocks messages for another origin.
  assert.deepEqual([...new Set(await page.evaluate(() => window.messages))], ["height"]);
});

test("the script for the page around is small", async () => {
  assert.ok((await readFile(join(dist, "frame-host.js"))).length <= 2000);
});
