// The pages around the element: the one that builds the code for a host, and
// the examples. They work under the strict policy and contact nobody else.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { violations } from "./axe.mjs";
import { walk } from "./element.mjs";
import { assertNoSidewaysScrolling, dist, drawn, open, shoot, STRICT, useBrowser } from "./support.mjs";

const browser = useBrowser();
const clean = ({ complaints, requests, site }) => {
  // A page without an icon would request one that does not exist.
  assert.deepEqual(complaints, []);
  assert.deepEqual(site.requests.filter(({ path }) => path.includes("favicon")), []);
  assert.deepEqual(requests.filter((url) => !url.startsWith(site.url) && !/^(blob|data):/.test(url)), []);
};

for (const name of ["gov.html", "consultancy.html", "two.html"]) {
  test(`the example ${name} works, at 1280 and 320 px`, async (t) => {
    const opened = await open(t, browser(), { csp: STRICT, path: `examples/${name}` });
    const { page } = opened;
    if (name === "two.html") await page.locator("zice-check").first().getByRole("button").click();
    const element = page.locator("zice-check").first();
    await walk(page, element);
    if (name === "consultancy.html") {
      // The example handles the report itself.
      await page.evaluate(() => document.querySelector("zice-check").api(1).open({ schema: "zice.company/1", as_of: "2025-08-01", facts: { resident_enterprise: false }, programmes: ["tech-sme"] }));
      await page.evaluate(() => document.querySelector("zice-check").api(1).show("report"));
      await page.locator("#next li").first().waitFor();
      assert.match(await page.locator("#next").innerText(), /居民企业/);
    }
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await drawn(page);
      await assertNoSidewaysScrolling(page, `${name} at ${width} px`);
      await shoot(page, `example-${name}-${width}`);
    }
    // Before axe, which copies elements with their styles.
    clean(opened);
    assert.deepEqual((await violations(page)).filter((line) => !/^(landmark-|region|page-has-heading-one|heading-order)/.test(line)), []);
  });
}

test("there is an example for each that the index names", async () => {
  const names = (await readdir(join(dist, "examples"))).filter((name) => /\.html$/.test(name));
  assert.deepEqual(names.sort(), ["consultancy.html", "gov.html", "index.html", "two.html"]);
});

test("every page has its icon, and the offline file has it inside", async () => {
  const pages = ["index.html", "app.html", "frame.html", "embed.html", ...(await readdir(join(dist, "examples"))).filter((name) => name.endsWith(".html")).map((name) => `examples/${name}`)];
  for (const name of pages) {
    const html = await readFile(join(dist, name), "utf8");
    const [, href] = html.match(/<link[^>]* rel="icon"[^>]* href="([^"]+)"/) ?? html.match(/<link[^>]* href="([^"]+)"[^>]* rel="icon"/) ?? assert.fail(name);
    assert.match(await readFile(join(dist, name, "..", href), "utf8"), /<svg/, name);
  }
  assert.match(await readFile(join(dist, "zice.offline.html"), "utf8"), /<link rel="icon" href="data:image\/svg\+xml;base64,/);
});

test("the code that is built works as it stands: script tag, frame", async (t) => {
  const opened = await open(t, browser(), { csp: STRICT, path: "embed.html" });
  const { page, site } = opened;
  await page.locator("zice-check main h1").waitFor();
  await page.getByLabel("语言").selectOption("zh-CN");
  await page.locator("#theme").selectOption("dark");
  await page.locator("#colour-accent").fill("#7a1fa2");
  const code = await page.inputValue("#code");
  assert.match(code, /<zice-check policies="tech-sme" lang="zh-CN" theme="dark"><\/zice-check>/);
  assert.match(code, /--zice-accent-dark: #7a1fa2;/);
  assert.match(await page.locator("#policy").innerText(), /sha384-\S{64}/);
  // The code in a page of its own, as a host would use it.
  const [tags] = code.split("<style>");
  const other = await open(t, browser(), { csp: STRICT, path: "own.html", replace: async (name) => (name === "own.html" ? `<!DOCTYPE html><meta charset="utf-8"><title>x</title>${tags.replaceAll(site.url, "")}` : undefined) });
  await walk(other.page, other.page.locator("zice-check"));
  await page.getByLabel("框架").check();
  assert.match(await page.inputValue("#code"), /frame-host\.js" defer><\/script>\n<div data-zice-frame="tech-sme" data-lang="zh-CN" data-theme="dark"><\/div>/);
  await page.getByLabel("npm").check();
  assert.match(await page.inputValue("#code"), /load\(\{ policies: \["tech-sme"\] \}\)/);
  clean(opened);
});

test("names, contact, chrome and headings are built for both ways, and shown at once", async (t) => {
  const opened = await open(t, browser(), { csp: STRICT, path: "embed.html" });
  const { page } = opened;
  const element = page.locator("zice-check");
  await element.locator("main h1").waitFor();
  await page.fill("#brand", 'A "B" <C> & D');
  await page.fill("#contact", "0000");
  await page.selectOption("#chrome", "minimal");
  await page.selectOption("#heading-level", "2");
  await element.locator("main h2").first().waitFor();
  assert.equal(await element.locator(".zice-brand").innerText(), 'A "B" <C> & D · 申报自测');
  assert.equal(await element.locator(".zice-tools").count(), 0);
  const names = 'brand="A &quot;B&quot; &lt;C> &amp; D" contact="0000" chrome="minimal" heading-level="2"';
  assert.ok((await page.inputValue("#code")).includes(`<zice-check policies="tech-sme" ${names}></zice-check>`), await page.inputValue("#code"));
  await page.getByLabel("框架").check();
  assert.ok((await page.inputValue("#code")).includes(`<div data-zice-frame="tech-sme" ${names.replace(/([a-z-]+)=/g, "data-$1=")}></div>`), await page.inputValue("#code"));
  clean(opened);
});

test("the preview follows at once; colours that can't be read are told; nothing chosen builds nothing", async (t) => {
  const opened = await open(t, browser(), { csp: STRICT, path: "embed.html" });
  const { page } = opened;
  const element = page.locator("zice-check");
  await element.locator("main h1").waitFor();
  await page.locator("#programmes input").nth(1).check();
  await page.waitForFunction(() => document.querySelector("zice-check").shadowRoot.querySelectorAll(".zice-card").length === 2);
  await page.locator("#colour-accent").fill("#ffff00");
  assert.match(await page.locator("#contrast-accent").innerText(), /对比度不足/);
  assert.equal(await element.locator(".zice-begin .zice-button").evaluate((it) => getComputedStyle(it).backgroundColor), "rgb(255, 255, 0)");
  await page.locator("button[type=reset]").click();
  await page.waitForFunction(() => !document.querySelector("#contrast-accent").textContent.includes("不足"));
  await page.locator("#programmes input").first().uncheck();
  assert.match(await page.locator("#copied").innerText(), /至少选一个/);
  assert.equal(await page.inputValue("#code"), "");
  await page.locator("#programmes input").first().check();
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await drawn(page);
    await assertNoSidewaysScrolling(page, `embed.html at ${width} px`);
    await shoot(page, `builder-${width}`);
  }
  clean(opened);
  assert.deepEqual((await violations(page)).filter((line) => !/^(landmark-|region|page-has-heading-one|heading-order)/.test(line)), []);
});
