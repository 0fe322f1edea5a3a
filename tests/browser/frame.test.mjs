// The element in a frame: grows with what is in it, has no origin of its own,
// and tells what is in it to the one it was made for.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openHost, walk } from "./element.mjs";
import { dist, drawn, PATIENCE, shoot, STRICT, useBrowser } from "./support.mjs";

const browser = useBrowser();
// What a host has to allow besides: its own frames.
const FRAMED = { csp: `${STRICT}; frame-src 'self'` };

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
  const settled = async () => {
    // Until both are the same and stay it.
    let last;
    for (const end = Date.now() + PATIENCE; ;) {
      await drawn(page);
      const inside = await frame.locator("zice-check").evaluate((it) => it.getBoundingClientRect().height);
      const outside = await page.locator("iframe").evaluate((it) => it.getBoundingClientRect().height);
      if (Math.abs(inside - outside) < 3 && last === outside) return outside;
      assert.ok(Date.now() < end, `${inside} px in a frame of ${outside} px`);
      last = outside;
    }
  };
  const wide = await settled();
  await page.setViewportSize({ width: 320, height: 700 });
  const narrow = await settled();
  assert.ok(narrow > wide);
  await frame.locator(".zice-card details summary").first().click();
  assert.ok(await settled() > narrow);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), true);
  const changes = await page.locator("iframe").evaluate(async (it) => {
    let count = 0;
    new MutationObserver((all) => { count += all.length; }).observe(it, { attributes: true, attributeFilter: ["style"] });
    await new Promise((done) => setTimeout(done, 500));
    return count;
  });
  assert.equal(changes, 0);
});

test("messages from anywhere else change nothing", async (t) => {
  const { page } = await openHost(t, browser(), "frame.html", FRAMED);
  const frame = page.frameLocator("iframe");
  await frame.locator("main h1").waitFor();
  await page.waitForTimeout(300);
  const height = await page.locator("iframe").evaluate((it) => it.style.height);
  // From the page itself, and from another frame without an origin.
  await page.evaluate(() => {
    const other = document.createElement("iframe");
    other.setAttribute("sandbox", "allow-scripts");
    document.body.append(other);
    postMessage({ zice: 1, type: "height", height: 5 }, "*");
    postMessage({ zice: 1, type: "report", detail: { verdict: "met" } }, "*");
  });
  await page.waitForTimeout(200);
  assert.equal(await page.locator("iframe").first().evaluate((it) => it.style.height), height);
  assert.equal((await page.evaluate(() => window.heard)).filter(({ name }) => name === "zice:report").length, 0);
});

test("what is answered is told to the origin in the address and to no other", async (t) => {
  const { page, site } = await openHost(t, browser(), "frame.html", FRAMED);
  const heard = await page.evaluate(async (url) => {
    const messages = [];
    const frame = document.createElement("iframe");
    // There is another one in the page, which was made for it.
    addEventListener("message", ({ data, source }) => source === frame.contentWindow && messages.push(data));
    frame.src = `${url}frame.html?policies=tech-sme&host=https%3A%2F%2Fexample.com`;
    document.body.append(frame);
    await new Promise((done) => setTimeout(done, 1500));
    return messages.filter((data) => data.zice === 1).map((data) => data.type);
  }, site.url);
  assert.deepEqual([...new Set(heard)], ["height"]);
  const other = page.frames().find((frame) => frame.url().includes("example.com"));
  await other.locator("#zice-choose-tech-sme").check();
  await page.evaluate(() => {
    window.later = [];
    const frame = [...document.querySelectorAll("iframe")].at(-1).contentWindow;
    addEventListener("message", ({ data, source }) => source === frame && window.later.push(data.type));
  });
  await other.locator(".zice-actions .zice-button").first().click();
  await other.locator("#zice-name").waitFor();
  await page.waitForTimeout(300);
  const later = await page.evaluate(() => window.later);
  assert.deepEqual([...new Set(later)], ["height"]);
});

test("the script for the page around is small", async () => {
  assert.ok((await readFile(join(dist, "frame-host.js"))).length <= 1500);
});
