// The built page starts wherever and however it is served, and says readably
// why when it cannot.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const dist = process.env.ZICE_DIST;
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".json": "application/json" };
const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:";

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.ZICE_CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
});
after(() => browser.close());

/** Serves `dist` under `prefix`; answers with the server's address. */
async function serve({ prefix = "/", wasmType = TYPES[".wasm"], csp, missing } = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    try {
      if (!path.startsWith(prefix) || (missing && missing.test(path))) throw new Error("missing");
      let name = normalize(path.slice(prefix.length)) || "index.html";
      if (name === ".") name = "index.html";
      const body = await readFile(join(dist, name));
      const type = extname(name) === ".wasm" ? wasmType : TYPES[extname(name)];
      if (type) response.setHeader("Content-Type", type);
      if (csp) response.setHeader("Content-Security-Policy", csp);
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}${prefix}`, close: () => { server.closeAllConnections(); server.close(); } };
}

async function open(t, options, prepare) {
  const site = await serve(options);
  const page = await browser.newPage();
  t.after(async () => { await page.close(); site.close(); });
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  if (prepare) await prepare(page);
  await page.goto(site.url);
  return { page, complaints };
}

for (const [name, options] of Object.entries({
  "at the root": {},
  "below a sub-path": { prefix: "/a/b%20c/".replace("%20", "-") },
  "under a strict content security policy": { csp: STRICT },
  "with the wrong MIME type": { wasmType: "application/octet-stream", csp: STRICT },
  "without a MIME type": { wasmType: null },
  "with parameters on the MIME type": { wasmType: "application/wasm; charset=binary" },
})) {
  test(`the page starts ${name}`, async (t) => {
    const { page, complaints } = await open(t, options);
    await page.waitForFunction(() => !document.querySelector("#zice-app > p") && document.querySelector("#zice-app").children.length > 0);
    assert.equal(await page.locator("#zice-fallback").isVisible(), false);
    assert.deepEqual(complaints, []);
  });
}

for (const [code, options, prepare] of [
  ["csp-blocked", { csp: "script-src 'self'" }],
  ["asset-missing", { missing: /\.wasm$/ }],
  ["unsupported-browser", {}, (page) => page.addInitScript(() => { delete window.WebAssembly; })],
]) {
  test(`the page explains ${code} in both languages`, async (t) => {
    const { page } = await open(t, options, prepare);
    const message = page.locator(`[data-zice-failure="${code}"]`);
    await message.waitFor({ state: "visible" });
    assert.equal(await page.locator("[data-zice-failure]:visible").count(), 1);
    assert.match(await message.innerText(), /[\u4e00-\u9fff][\s\S]*[a-z]{4}/);
  });
}

test("the release has no inline script, inline style or address of another host", async () => {
  const html = await readFile(join(dist, "index.html"), "utf8");
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/);
  assert.doesNotMatch(html, /<style|\sstyle=|https?:\/\//);
});
