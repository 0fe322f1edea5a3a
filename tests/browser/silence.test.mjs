// Nothing leaves the page: no request after loading, none outside its own
// folder before, and nothing kept in the browser afterwards but the draft in its tab.
import assert from "node:assert/strict";
import { test } from "node:test";
import { backToAnswers, company, drawn, fullCompany, goToReport, goToTopic, isPolicy, openFile, openMenu, openStarted, printed, PROGRAMMES, savedCompany, start, useBrowser, whole, openReportMenu, pressMore } from "./support.mjs";

const browser = useBrowser();
const PREFIX = "/xxgk/zice/";

/** Uses everything a person can use, once. */
async function useEverything(page) {
  await start(page, PROGRAMMES);
  await page.fill("#zice-name", "湖州示例科技有限公司");
  await page.fill("#zice-as_of", "2023-08-01");
  await page.click("#zice-resident_enterprise-answer-true");
  await page.selectOption("#zice-entity_kind-value", "company");
  for (const summary of await page.locator(".zice-help summary").all()) await summary.click();
  await page.click("[data-zice-next]");
  await page.fill("#zice-sme_staff_total-2022", "86.5");
  await page.fill("#zice-sme_staff_tech-2022", "abc");
  await page.click(".zice-tools button[lang]");
  await page.click(".zice-tools button[lang]");
  await goToTopic(page, 3);
  await page.click("#zice-ip .zice-actions button >> nth=0");
  await page.selectOption("#zice-ip-0-kind", "software");
  await page.click("#zice-ip-0-row button >> nth=1");
  await page.click("#zice-ip [role=status] button");
  await goToReport(page);
  await savedCompany(page);
  await savedCompany(page, () => pressMore(page, "保存报告数据"));
  await page.evaluate(() => { window.print = () => { window.prints = (window.prints ?? 0) + 1; }; });
  await page.locator("[data-zice-do=print]").click();
  assert.equal(await page.evaluate(() => window.prints), 1);
  await printed(page);
  await page.pdf({ format: "A4" });
  await page.click(".zice-tools button[lang]");
  await backToAnswers(page);
  await openFile(page, await fullCompany());
  await page.locator(".zice-message p").waitFor();
  // Names for which a careless page would load something.
  await openFile(page, company({ "https://example.com/a.png": 1, ip: [{ kind: "<img src=//example.com/b.png>" }] }, { name: "<img src=/c.png>" }));
  await goToReport(page);
  await openFile(page, "no JSON");
  await page.locator("[role=alert] .zice-error").waitFor();
  await openReportMenu(page);
  await page.click("#zice-more-menu button >> nth=0");
  await drawn(page);
}

test("once the page is loaded only policies are requested, whatever is done", async (t) => {
  const { page, requests, site, complaints } = await openStarted(t, browser(), { prefix: PREFIX });
  const opened = [];
  page.on("websocket", (socket) => opened.push(socket.url()));
  page.on("worker", (worker) => opened.push(worker.url()));
  await whole(page);
  const [loaded, served] = [requests.length, site.requests.length];
  await useEverything(page);
  // A saved file is a blob of the page's own and is never sent. The page
  // requests only the policies chosen, whose addresses say no more than that.
  assert.deepEqual(requests.slice(loaded).filter((url) => !url.startsWith("blob:") && !isPolicy(url)), []);
  assert.deepEqual(site.requests.slice(served).filter(({ method, path }) => method !== "GET" || !isPolicy(path)), []);
  assert.deepEqual(opened, []);
  assert.deepEqual(complaints, []);
});

test("while it loads the page asks only for its own files, once each, below its own folder", async (t) => {
  const { page, requests, site } = await openStarted(t, browser(), { prefix: PREFIX });
  await whole(page);
  assert.ok(site.requests.length >= 6, "page, script, style, wasm and policies were served");
  for (const { method, path } of site.requests) {
    assert.equal(method, "GET");
    assert.ok(path.startsWith(PREFIX), path);
    assert.ok(!path.includes("?"), `nothing is told by the address: ${path}`);
  }
  for (const url of requests) assert.ok(url.startsWith(site.url), url);
  const paths = site.requests.map(({ path }) => path);
  assert.deepEqual(paths, [...new Set(paths)]);
});

test("nothing is kept in the browser afterwards but the draft in its tab, and not that once it is cleared", async (t) => {
  const { page, context } = await openStarted(t, browser(), { prefix: PREFIX });
  await useEverything(page);
  await page.waitForFunction(() => sessionStorage.length === 1);
  const names = await page.evaluate(() => Object.keys(sessionStorage));
  assert.deepEqual(names, [`zice.draft/1 ${PREFIX} #zice-app`]);
  await (await openMenu(page)).getByRole("button", { name: /^(清空|Clear everything)$/ }).click();
  await page.waitForFunction(() => sessionStorage.length === 0);
  const kept = await page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    cookie: document.cookie,
    databases: (await indexedDB.databases()).map((one) => one.name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope),
    windowName: window.name,
    address: location.search + location.hash,
    // Only which screen is shown, for the browser's back.
    state: history.state,
  }));
  assert.deepEqual(kept, { local: {}, session: {}, cookie: "", databases: [], caches: [], workers: [], windowName: "", address: "", state: { zice: "choose" } });
  assert.deepEqual(await context.cookies(), []);
});
