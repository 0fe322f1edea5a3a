// The page about the self-check: by itself, from the page, and inside the offline
// file.
import assert from "node:assert/strict";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { check, violations } from "./axe.mjs";
import { assertNoSidewaysScrolling, dist, idle, open, openStarted, PATIENCE, shoot, STRICT, useBrowser } from "./support.mjs";

const browser = useBrowser();
const { policies } = JSON.parse(await readFile(join(dist, "policies/index.json"), "utf8"));
const SECTIONS = ["rules", "mistakes", "accessibility", "privacy", "disclaimer", "browsers", "checksums"];

/** What stands in the table of the rules. */
const rows = (page) => page.locator(".about tbody tr").evaluateAll((all) => all.map((row) => Array.from(row.cells, (cell) => cell.textContent)));
const expected = policies.map(({ title, edition, checked_on, review_by }) => [`${title.zh} ${title.en}`, edition, checked_on, review_by]);

test("the page breaks no rule of accessibility, in both colour schemes, and asks for its styles alone", async (t) => {
  const { page, requests, site, complaints } = await open(t, browser(), { csp: STRICT, path: "about.html" });
  assert.deepEqual(await rows(page), expected);
  for (const name of SECTIONS) assert.ok((await page.locator(`#about-${name} [lang=en]`).allInnerTexts()).join("").length > 50, name);
  const text = await page.locator("main").innerText();
  for (const said of ["不是政府文件", "is a government document", "GB/T 37668", "Cookie", "本网站没有写明", "not named by this site", "manifest.json"]) assert.ok(text.includes(said), said);
  await idle(page);
  assert.ok(requests.every((url) => url.startsWith(site.url) && /(about\.html|\.css|\.svg)$/.test(url)), requests.join("\n"));
  assert.deepEqual(complaints, []);
  assert.doesNotMatch(await readFile(join(dist, "about.html"), "utf8"), /<script|<style| style=| on\w+=/);
  await check(page, "about");
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 800 });
    await shoot(page, `about-${width}`);
  }
});

test("the pages of our own lead there, in a window beside the answers; none of it belongs to the first screen", async (t) => {
  const { page, context } = await openStarted(t, browser());
  const [beside] = await Promise.all([context.waitForEvent("page"), page.locator(".zice-beyond a").click()]);
  await beside.locator("h1").waitFor();
  assert.match(await beside.title(), /关于/);
  assert.equal(await page.locator(".zice-beyond").evaluate((it) => it.closest("#zice-app")), null);
  await page.emulateMedia({ media: "print" });
  assert.ok(!await page.locator(".zice-beyond").isVisible());
  const { first_screen: first } = JSON.parse(await readFile(join(dist, "manifest.json"), "utf8"));
  assert.deepEqual([...first.page, ...first.element].filter((name) => name.includes("about")), []);
  assert.match(await readFile(join(dist, "app.html"), "utf8"), /href="about\.html"/);
  assert.match(await readFile(join(dist, "sw.js"), "utf8"), /about\.html[\s\S]*zice-about-[0-9a-f]+\.css/);
});

test("the digests can be checked as the page says", async () => {
  const { files } = JSON.parse(await readFile(join(dist, "manifest.json"), "utf8"));
  for (const name of ["about.html", "zice.js", "zice.offline.html"]) {
    assert.equal(files[name].sha384, `sha384-${createHash("sha384").update(await readFile(join(dist, name))).digest("base64")}`);
  }
});

test("the offline file has all of it, folded below the page, and asks for nothing", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "zice-"));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "zice.offline.html");
  await copyFile(join(dist, "zice.offline.html"), path);
  const context = await browser().newContext({ locale: "zh-CN", offline: true });
  t.after(() => context.close());
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const complaints = [], requests = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  context.on("request", (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(path).href);
  await page.locator("main h1").waitFor();
  const about = page.locator("aside.about");
  assert.ok(!await about.locator("#about-privacy").isVisible());
  // By keyboard, as the last stop of the page.
  await about.locator("summary").focus();
  await page.keyboard.press("Enter");
  await about.locator("#about-privacy").waitFor();
  assert.deepEqual(await rows(page), expected);
  assert.equal(await page.locator("h1").count(), 1);
  assert.equal(await page.locator(".zice-beyond, .zice-about").count(), 0);
  for (const width of [1280, 375, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await assertNoSidewaysScrolling(page, `offline at ${width} px`);
    await shoot(page, `about-offline-${width}`);
  }
  await page.emulateMedia({ media: "print" });
  assert.ok(!await about.isVisible());
  await page.emulateMedia({ media: null });
  assert.deepEqual(requests.filter((url) => !/^(blob|data):/.test(url)), [pathToFileURL(path).href]);
  assert.deepEqual(complaints, []);
  // Last: axe adds styles of its own, which the file's policy refuses.
  await page.setViewportSize({ width: 1280, height: 20000 });
  assert.deepEqual(await violations(page), []);
});
