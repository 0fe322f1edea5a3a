// The built page starts wherever and however it is served, and explains
// readably why if it can't.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { dist, open, STRICT, useBrowser } from "./support.mjs";

const browser = useBrowser();

for (const [name, options] of Object.entries({
  "at the root": {},
  "below a sub-path": { prefix: "/a/b-c/" },
  "under a strict content security policy": { csp: STRICT },
  "with the wrong MIME type": { wasmType: "application/octet-stream", csp: STRICT },
  "without a MIME type": { wasmType: null },
  "with parameters on the MIME type": { wasmType: "application/wasm; charset=binary" },
})) {
  test(`the page starts ${name}`, async (t) => {
    const { page, complaints } = await open(t, browser(), options);
    await page.waitForFunction(() => !document.querySelector("#zice-app > .zice-late") && document.querySelector("#zice-app").children.length > 0);
    assert.equal(await page.locator("#zice-fallback").isVisible(), false);
    assert.deepEqual(complaints, []);
  });
}

for (const [code, options] of [
  ["csp-blocked", { csp: "script-src 'self'" }],
  ["asset-missing", { missing: /\.wasm$/ }],
  ["asset-corrupt", { replace: async (name) => (name.endsWith(".wasm") ? (await readFile(join(dist, name))).subarray(0, 5000) : undefined) }],
  ["unsupported-browser", { prepare: (page) => page.addInitScript(() => { delete window.WebAssembly; }) }],
]) {
  test(`the page explains ${code} in both languages`, async (t) => {
    const { page } = await open(t, browser(), options);
    const message = page.locator(`[data-zice-failure="${code}"]`);
    await message.waitFor({ state: "visible" });
    assert.equal(await page.locator("[data-zice-failure]:visible").count(), 1);
    assert.match(await message.innerText(), /[\u4e00-\u9fff][\s\S]*[a-z]{4}/);
  });
}

// The page's own script may be missing or truncated, for every page that loads
// it.
const widgetOf = async (name) => (await readFile(join(dist, name), "utf8")).match(/zice-widget-\w+\.js/)[0];
const half = async (name) => (await readFile(join(dist, name), "utf8")).slice(0, -500);
for (const [what, path, replace] of [
  ["index.html without its script", "", async () => ({ [await widgetOf("index.html")]: false })],
  ["index.html with half of its script", "", async () => ({ [await widgetOf("index.html")]: await half(await widgetOf("index.html")) })],
  ["app.html without its script", "app.html", async () => ({ [await widgetOf("app.html")]: false })],
  ["app.html with half of its script", "app.html", async () => ({ [await widgetOf("app.html")]: await half(await widgetOf("app.html")) })],
  ["frame.html without zice.js", "frame.html?policies=tech-sme", async () => ({ "zice.js": false })],
  ["frame.html with half of zice.js", "frame.html?policies=tech-sme", async () => ({ "zice.js": await half("zice.js") })],
  ["frame.html without its own script", "frame.html?policies=tech-sme", async () => ({ [(await readFile(join(dist, "frame.html"), "utf8")).match(/zice-frame-\w+\.js/)[0]]: false })],
]) {
  test(`${what} says so instead of loading for ever`, async (t) => {
    const files = await replace();
    const { page } = await open(t, browser(), { csp: STRICT, path, replace: async (name) => files[name] });
    await page.locator(".zice-late, #zice-wait > div").last().waitFor({ state: "visible" });
    assert.match(await page.innerText("body"), /没有启动[\s\S]*has not started/);
    assert.equal(await page.getByText("正在载入").filter({ visible: true }).count(), 0);
  });
}

test("a page that starts never shows that it has not", async (t) => {
  const { page } = await open(t, browser(), { csp: STRICT });
  // The message must not appear before the script had a chance to run.
  assert.equal(await page.locator(".zice-late").filter({ visible: true }).count(), 0);
  await page.locator("main h1").waitFor();
  assert.equal(await page.locator(".zice-late, .zice-loading").count(), 0);
  const framed = await open(t, browser(), { csp: STRICT, path: "frame.html?policies=tech-sme" });
  await framed.page.locator("zice-check main h1").waitFor();
  assert.equal(await framed.page.locator("#zice-wait").count(), 0);
});

test("without JavaScript the page says that it needs it, in both languages", async (t) => {
  for (const path of ["", "app.html", "frame.html", "embed.html"]) {
    const { page } = await open(t, browser(), { csp: STRICT, path, context: { javaScriptEnabled: false } });
    const text = await page.locator("noscript").innerText();
    assert.match(text, /需要启用 JavaScript[\s\S]*needs JavaScript/i);
  }
});

test("the release has no inline script, inline style or address of another host", async () => {
  const html = await readFile(join(dist, "index.html"), "utf8");
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/);
  assert.doesNotMatch(html, /<style|\sstyle=|https?:\/\//);
});
