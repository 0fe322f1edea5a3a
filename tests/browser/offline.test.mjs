// The page as a single file, opened by double click without a network, and the
// page that can be installed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { walk } from "./element.mjs";
import { dist, idle, open, PATIENCE, serve, shoot, useBrowser } from "./support.mjs";

const browser = useBrowser();
const LISTEN = () => {
  window.heard = [];
  for (const name of ["zice:ready", "zice:progress", "zice:report", "zice:error"]) {
    document.addEventListener(name, (event) => window.heard.push({ name, detail: event.detail }));
  }
};

/** Opens the file as a person does who was sent it: alone in a folder. */
async function openFile(t, { file = "zice.offline.html", clock, change, offline = true } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "zice-"));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "自测 file.html");
  await copyFile(join(dist, file), path);
  if (change) await change(path);
  const context = await browser().newContext({ locale: "zh-CN", reducedMotion: "reduce", offline });
  t.after(() => context.close());
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  if (clock) await page.clock.setFixedTime(new Date(clock));
  const complaints = [], requests = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  context.on("request", (request) => requests.push(request.url()));
  await page.addInitScript(LISTEN);
  await page.goto(pathToFileURL(path).href);
  return { page, complaints, requests, path };
}

/** Opens it with a network: now only the file's own policy blocks requests. */
async function openConnected(t) {
  const { page } = await openFile(t, { offline: false });
  await page.locator("main h1").waitFor();
  return page;
}

test("the offline file opens from disk with the network cut and reports what the command line does", async (t) => {
  const { page, complaints, requests, path } = await openFile(t);
  await walk(page, page.locator("body"));
  await shoot(page, "offline");
  // It requests itself and nothing else.
  assert.deepEqual(requests.filter((url) => !/^(blob|data):/.test(url)), [pathToFileURL(path).href]);
  assert.deepEqual(complaints, []);
});

test("the offline file forbids every way out by its own policy", async (t) => {
  const page = await openConnected(t);
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => { server.closeAllConnections(); server.close(); });
  const out = `http://127.0.0.1:${server.address().port}/`;
  const tried = await page.evaluate(async (out) => {
    const blocked = window.blocked = new Set();
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => blocked.add(effectiveDirective));
    const add = (name, attributes, parent = document.head) => parent.appendChild(Object.assign(document.createElement(name), attributes));
    const ways = {
      fetch: () => fetch(`${out}fetch`),
      xhr: () => new Promise((done, fail) => { const x = new XMLHttpRequest(); x.open("GET", `${out}xhr`); x.onload = done; x.onerror = fail; x.send(); }),
      beacon: () => navigator.sendBeacon(`${out}beacon`, "x"),
      socket: () => new Promise((done, fail) => { const s = new WebSocket(`${out.replace("http", "ws")}socket`); s.onopen = done; s.onerror = fail; }),
      events: () => new EventSource(`${out}events`).close(),
      stylesheet: () => add("link", { rel: "stylesheet", href: `${out}stylesheet` }),
      prefetch: () => add("link", { rel: "prefetch", href: `${out}prefetch` }),
      preload: () => add("link", { rel: "preload", as: "script", href: `${out}preload` }),
      preloadStyle: () => add("link", { rel: "preload", as: "style", href: `${out}preload-style` }),
      modulepreload: () => add("link", { rel: "modulepreload", href: `${out}modulepreload` }),
      icon: () => add("link", { rel: "icon", href: `${out}icon` }),
      manifest: () => add("link", { rel: "manifest", href: `${out}manifest` }),
      rules: () => add("style", { textContent: `@import "${out}import"; body { background: url(${out}background) }` }),
      attribute: () => add("p", {}, document.body).setAttribute("style", `background: url(${out}attribute)`),
      property: () => { document.body.style.backgroundImage = `url(${out}property)`; },
      font: () => { const face = new FontFace("x", `url(${out}font)`); document.fonts.add(face); return face.load(); },
      script: () => add("script", { src: `${out}script` }),
      module: () => add("script", { type: "module", src: `${out}module` }),
      inline: () => add("script", { textContent: `fetch("${out}inline"); window.ran = true;` }),
      imported: () => import(`${out}import()`),
      handler: () => add("img", { src: "data:,", onerror: null }, document.body).setAttribute("onerror", "window.ran = true"),
      image: () => add("img", { src: `${out}image` }, document.body),
      media: () => add("video", { src: `${out}media`, poster: `${out}poster` }, document.body).play(),
      object: () => add("object", { data: `${out}object` }, document.body),
      embed: () => add("embed", { src: `${out}embed` }, document.body),
      frame: () => add("iframe", { src: `${out}frame` }, document.body),
      worker: () => new Worker(`${out}worker`),
      // A worker from elsewhere is already blocked by the file's origin; this
      // one only by the policy.
      ownWorker: () => new Worker(URL.createObjectURL(new Blob([`fetch("${out}own-worker")`]))),
      form: () => add("form", { action: `${out}form` }, document.body).submit(),
      ping: () => add("a", { href: "#", ping: `${out}ping` }, document.body).click(),
      base: () => { add("base", { href: out }); add("img", { src: "base-image" }, document.body); },
    };
    const tried = [];
    for (const [name, go] of Object.entries(ways)) {
      tried.push(name);
      // What ends neither way, like a video that waits, is not waited for.
      await Promise.race([Promise.resolve().then(go).catch(() => {}), new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))]);
    }
    return tried;
  }, out);
  assert.ok(tried.length > 25);
  // Each kind was blocked by the policy, not by something else.
  const kinds = ["base-uri", "connect-src", "font-src", "form-action", "frame-src", "img-src", "media-src", "object-src", "script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "worker-src"];
  await page.waitForFunction((kinds) => kinds.every((kind) => window.blocked.has(kind)), kinds)
    .catch(async () => assert.fail(`held back: ${await page.evaluate(() => [...window.blocked].join(" "))}`));
  assert.equal(await page.evaluate(() => document.baseURI.startsWith("http") || window.ran === true), false);
  // Any request that got through has arrived before this one.
  await fetch(`${out}last`);
  assert.deepEqual(asked, ["/last"]);
  // The page itself is unchanged.
  assert.equal(await page.locator("main h1").count(), 1);
});

test("half of the offline file says that it has not started", async (t) => {
  for (const part of [0.3, 0.97]) {
    const { page } = await openFile(t, {
      change: async (path) => {
        const text = await readFile(path, "utf8");
        await writeFile(path, text.slice(0, text.length * part));
      },
    });
    await page.locator(".zice-late").waitFor({ state: "visible" });
    assert.match(await page.innerText("body"), /没有启动[\s\S]*has not started/);
    assert.equal(await page.getByText("正在载入").filter({ visible: true }).count(), 0);
  }
});

test("the offline file says which editions are inside, with their digests, as the command line does", async (t) => {
  const { page } = await openFile(t);
  await page.locator(".zice-footer summary").click();
  const text = await page.innerText(".zice-footer");
  const { policies } = JSON.parse(await readFile(join(dist, "policies/index.json"), "utf8"));
  assert.equal(policies.length, 12);
  for (const { id, edition, digest } of policies) {
    const line = text.split("\n").find((line) => line.includes(`${id}@${edition}`));
    assert.ok(line?.includes(digest), `${id}@${edition}`);
  }
});

test("a copy past the day its rules were to be reviewed by says so, one before does not", async (t) => {
  const policy = JSON.parse(await readFile(join(dist, "policies/tech-sme@2026.json"), "utf8"));
  const due = new Date(`${policy.review_by}T04:00:00Z`);
  for (const [days, count] of [[0, 0], [1, 1]]) {
    const { page } = await openFile(t, { clock: new Date(due.getTime() + days * 86400e3).toISOString() });
    const card = page.locator("[data-zice-programme=tech-sme]");
    await card.waitFor();
    assert.equal(await card.locator(".zice-overdue").count(), count, `${days} days after`);
    if (count) assert.ok((await card.locator(".zice-overdue").innerText()).includes(policy.review_by));
  }
});

test("a file that was cut off says that it is not complete, where it can", async (t) => {
  const { page } = await openFile(t, {
    change: async (path) => {
      const text = await readFile(path, "utf8");
      const at = text.indexOf("data-zice-packed");
      // Cut in the middle of the data; what follows is there.
      await writeFile(path, text.slice(0, at + 3000) + text.slice(at + 4000));
    },
  });
  await page.locator(".zice-fallback[role=alert]").waitFor();
  assert.match(await page.innerText(".zice-fallback"), /未能启动|不能使用|未能载入/);
});

test("a panic in the offline file keeps the answers too", async (t) => {
  const { page } = await openFile(t);
  await page.locator("#zice-choose-tech-sme").check();
  await page.locator(".zice-begin .zice-button").click();
  await page.fill("#zice-name", "湖州示例");
  await page.evaluate(() => {
    const insert = Node.prototype.insertBefore;
    Node.prototype.insertBefore = function (...all) {
      if (this.closest?.("#zice-app")) {
        Node.prototype.insertBefore = insert;
        throw new DOMException("no");
      }
      return insert.apply(this, all);
    };
  });
  await page.locator(".zice-steps button").last().click();
  const panel = page.locator("[data-zice-failure=panic]");
  await panel.waitFor();
  await panel.locator("button").last().click();
  await page.locator("main h1").waitFor();
  await page.locator(".zice-begin .zice-button").click();
  assert.equal(await page.inputValue("#zice-name"), "湖州示例");
});

/** Opens app.html on a server whose files can change. */
async function installed(t) {
  const changed = new Map();
  const site = await serve({ replace: async (name) => changed.get(name) });
  t.after(() => site.close());
  const context = await browser().newContext({ locale: "zh-CN", reducedMotion: "reduce" });
  t.after(() => context.close());
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  await page.addInitScript(LISTEN);
  await page.goto(`${site.url}app.html`);
  await page.locator("main h1").waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  return { page, context, site, changed };
}

test("the installable page works offline after the first visit", async (t) => {
  const { page, context, site } = await installed(t);
  await page.waitForFunction(async () => (await caches.keys()).length === 1 && (await (await caches.open((await caches.keys())[0])).keys()).length > 15);
  await context.setOffline(true);
  site.close();
  await page.reload();
  await walk(page, page.locator("body"));
});

test("an update is offered and never forced; the old cache goes with it", async (t) => {
  const { page, site, changed } = await installed(t);
  const before = await page.evaluate(() => caches.keys());
  // The next release: another page, and so another build.
  const html = (await readFile(join(dist, "app.html"), "utf8")).replace("<title>", '<meta name="release" content="next"><title>');
  changed.set("app.html", html);
  changed.set("sw.js", (await readFile(join(dist, "sw.js"), "utf8")).replace(/zice-[0-9a-f]{16}(?=[`"'])|(?<=")[0-9a-f]{16}(?=")/, (old) => old.slice(0, -1) + "x"));
  await page.locator("#zice-choose-tech-sme").check();
  await page.locator(".zice-begin .zice-button").click();
  await page.fill("#zice-name", "湖州");
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const bar = page.locator(".zice-update");
  await bar.waitFor();
  await shoot(page, "update");
  await idle(page);
  // Nothing has happened to who is in the middle of it.
  assert.equal(await page.inputValue("#zice-name"), "湖州");
  assert.equal(await page.locator("meta[name=release]").count(), 0);
  page.on("dialog", (dialog) => dialog.accept());
  await bar.locator("button").first().click();
  await page.waitForFunction(() => document.querySelector("meta[name=release]"));
  const after = await page.evaluate(() => caches.keys());
  assert.equal(after.length, 1);
  assert.notDeepEqual(after, before);
  assert.ok(site.requests.length > 0);
});

test("the page that is not the installable one registers nothing", async (t) => {
  const { page } = await open(t, browser(), {});
  await page.locator("main h1").waitFor();
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
});

test("every file lies there compressed too, as the same file", async () => {
  const script = `const z=require("node:zlib"),f=require("node:fs");const {files}=JSON.parse(f.readFileSync("manifest.json"));let n=0;
    for(const name of Object.keys(files)){const b=f.readFileSync(name);if(!b.equals(z.brotliDecompressSync(f.readFileSync(name+".br")))||!b.equals(z.gunzipSync(f.readFileSync(name+".gz"))))throw name;
    if(files[name].brotli!==f.statSync(name+".br").size)throw name;n++}console.log(n)`;
  assert.ok(Number(execFileSync("node", ["-e", script], { cwd: dist, encoding: "utf8" })) > 20);
});
