// The built page starts wherever and however it is served, and says readably
// why when it cannot.
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
    await page.waitForFunction(() => !document.querySelector("#zice-app > p") && document.querySelector("#zice-app").children.length > 0);
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

test("without JavaScript the page says that it needs it, in both languages", async (t) => {
  const { page } = await open(t, browser(), { csp: STRICT, context: { javaScriptEnabled: false } });
  const text = await page.locator("noscript").innerText();
  assert.match(text, /需要启用 JavaScript[\s\S]*needs JavaScript/);
});

test("the release has no inline script, inline style or address of another host", async () => {
  const html = await readFile(join(dist, "index.html"), "utf8");
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/);
  assert.doesNotMatch(html, /<style|\sstyle=|https?:\/\//);
});
