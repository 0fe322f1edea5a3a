// The engine, the dictionary and the names for tables: they come after the
// first screen, and what needs them waits. If they can't be had, the page says
// so and goes on as far as it can.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openHost } from "./element.mjs";
import { assess, company, companySoFar, dist, goToTopic, heard, idle, isPolicy, openFile, openStarted, PAGE_ENGINE, POLICY, pressKeep, PROGRAMMES, savedText, start, useBrowser, whole, pressMore } from "./support.mjs";

const browser = useBrowser();
const FACTS = { sme_staff_total: "100", sme_staff_tech: "30" };
const WAITS = "正在载入余下的程序……";
const FAILED = /余下的程序未能载入，请检查网络后重试/;

/** A server that holds the engine back until `give` is called. */
function held() {
  let give;
  const given = new Promise((done) => { give = done; });
  return { give, replace: async (name) => { if (PAGE_ENGINE.test(name)) await given; } };
}

/** Chooses, answers by opening a file, and asks for the report. */
async function askForReport(page) {
  await openFile(page, company(FACTS));
  await page.locator(".zice-message p").waitFor();
  await start(page);
  await page.locator(".zice-steps button").last().click();
  await page.click("[data-zice-next]");
}

/** Chooses and begins, without waiting for the questions. */
async function begin(page) {
  await page.check("#zice-choose-tech-sme");
  await page.click(".zice-begin .zice-button");
  await page.locator("main [role=status]").first().waitFor();
}

const shownHeading = (page) => page.evaluate(() => document.activeElement.matches("[data-zice-heading]") && document.activeElement.innerText);
const askedFor = ({ site }) => site.requests.map(({ path }) => path.slice(1)).filter((name) => PAGE_ENGINE.test(name));
const waiting = (page) => page.locator("main [role=status]");

test("an interview that is begun too early waits, and is then shown", async (t) => {
  const { give, replace } = held();
  const opened = await openStarted(t, browser(), { replace });
  const { page } = opened;
  await begin(page);
  assert.equal(await waiting(page).innerText(), WAITS);
  const title = await shownHeading(page);
  assert.ok(title);
  await idle(page);
  assert.equal(await page.locator("#zice-name").count(), 0);
  give();
  await page.waitForSelector("#zice-name");
  assert.equal(await shownHeading(page), "企业概况");
  // A fact that counts only once it is given is asked as well.
  assert.ok(await page.locator("#zice-established_on-value").isVisible());
  assert.equal(askedFor(opened).length, 1);
  assert.deepEqual(opened.complaints, []);
});

test("a policy that comes before the facts waits for them, also when what is chosen changes meanwhile", async (t) => {
  let give;
  const given = new Promise((done) => { give = done; });
  const { page, complaints } = await openStarted(t, browser(), { replace: async (name) => { if (name === "policies/names.json") await given; } });
  await page.check("#zice-choose-tech-sme");
  await page.check("#zice-choose-aaa-zj");
  await idle(page);
  await page.uncheck("#zice-choose-aaa-zj");
  await openFile(page, company(FACTS));
  await page.locator(".zice-message p").waitFor();
  await page.click(".zice-begin .zice-button");
  give();
  await page.waitForSelector("#zice-name");
  assert.ok(await page.locator(".zice-question").count() > 3);
  assert.deepEqual(complaints, []);
});

test("a file as deep as can be read is read by the engine too", async (t) => {
  const { page, complaints } = await openStarted(t, browser());
  await whole(page);
  const deep = (depth) => `{"schema":"zice.company/1","as_of":"2023-06-01","facts":{"sme_staff_total":"10"},"x":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  for (const depth of [125, 126]) {
    await openFile(page, deep(depth));
    await page.locator(".zice-message p").waitFor();
  }
  await begin(page);
  await page.waitForSelector("#zice-name");
  assert.equal(await page.locator(".zice-fallback").count(), 0);
  assert.deepEqual(complaints, []);
});

test("the way back from what waits leads to the programmes", async (t) => {
  const { give, replace } = held();
  const { page, complaints } = await openStarted(t, browser(), { replace });
  await begin(page);
  await page.locator("main .zice-actions button").click();
  await page.waitForSelector("#zice-choose-tech-sme");
  const heading = await shownHeading(page);
  give();
  await idle(page);
  assert.equal(await page.locator("#zice-name").count(), 0);
  assert.equal(await shownHeading(page), heading, "the focus stays");
  assert.deepEqual(complaints, []);
});

const TOLD = /填写、查看报告和粘贴表格所需的程序未能载入.*Check the network/;
for (const [code, replace] of [
  ["asset-missing", async () => false],
  ["asset-corrupt", async (name) => (await readFile(join(dist, name))).subarray(0, 5000)],
]) {
  test(`where the rest of the program is ${code} the page says so, goes on, and can try again`, async (t) => {
    let broken = true;
    const opened = await openStarted(t, browser(), { replace: async (name) => (broken && PAGE_ENGINE.test(name) ? replace(name) : undefined) });
    const { page } = opened;
    await page.waitForFunction(() => window.heard.some((one) => one.name === "zice:error"));
    const [error] = await heard(page, "zice:error");
    assert.equal(error.code, code);
    assert.match(error.text, TOLD);
    // What does not need it works: files, languages, keeping.
    await openFile(page, company(FACTS));
    await page.locator(".zice-message p").waitFor();
    assert.deepEqual((await companySoFar(page)).facts, { sme_staff_total: { 2022: "100" }, sme_staff_tech: { 2022: "30" } });
    await begin(page);
    assert.match(await waiting(page).innerText(), FAILED);
    await page.locator("[data-zice-rest]").click();
    await page.waitForFunction(() => window.heard.filter((one) => one.name === "zice:error").length === 2);
    assert.match(await waiting(page).innerText(), FAILED);
    broken = false;
    await page.locator("[data-zice-rest]").click();
    await page.waitForSelector("#zice-name");
    assert.ok(await shownHeading(page));
    await page.locator(".zice-steps button").last().click();
    await page.click("[data-zice-next]");
    await page.waitForSelector(".zice-report");
    assert.deepEqual((await heard(page, "zice:report"))[0].criteria, assess(company(FACTS), "zh", POLICY).criteria);
  });
}

test("a file that is opened early keeps its results until they can be compared, and then it is told", async (t) => {
  const { give, replace } = held();
  const { page, complaints } = await openStarted(t, browser(), { replace });
  const results = [{ policy: "tech-sme", edition: "2021", digest: "sha256:0", verdict: "not_met", min: "1", max: "2" }];
  const file = { ...company(FACTS), programmes: ["tech-sme"], results };
  await openFile(page, file);
  await page.locator(".zice-message p").waitFor();
  assert.deepEqual(JSON.parse(await savedText(page)), { ...file, facts: { sme_staff_total: { 2022: "100" }, sme_staff_tech: { 2022: "30" } } });
  assert.equal(await page.locator(".zice-message li").count(), 0);
  give();
  await page.locator(".zice-message li").waitFor();
  assert.match(await page.locator(".zice-message li").innerText(), /^科技型中小企业评价：2021 年度规则 → 2023 年度规则；不符合条件 1–2 → /);
  const [now] = JSON.parse(await savedText(page)).results;
  assert.deepEqual([now.edition, now.verdict], ["2023", assess(company(FACTS), "zh", POLICY).verdict]);
  assert.deepEqual(complaints, []);
});

const NAMES = /^policies\/names\.json$/;
for (const [code, replace] of [
  ["asset-missing", async () => false],
  ["policies", async (name) => (await readFile(join(dist, name))).subarray(0, 5000)],
]) {
  test(`where what facts are called (names.json) is ${code} questions can be answered, and the rest tried again`, async (t) => {
    let broken = true;
    const opened = await openStarted(t, browser(), { replace: async (name) => (broken && NAMES.test(name) ? replace(name) : undefined) });
    const { page } = opened;
    await page.waitForFunction(() => window.heard.some((one) => one.name === "zice:error"));
    const [error] = await heard(page, "zice:error");
    assert.equal(error.code, code);
    assert.match(error.text, TOLD);
    await askForReport(page);
    assert.match(await waiting(page).innerText(), FAILED);
    await page.locator("[data-zice-rest]").click();
    await page.waitForFunction(() => window.heard.filter((one) => one.name === "zice:error").length === 2);
    assert.match(await waiting(page).innerText(), FAILED);
    broken = false;
    await page.locator("[data-zice-rest]").click();
    await page.waitForSelector(".zice-report");
    assert.equal((await heard(page, "zice:report")).length, 1);
    assert.equal(await shownHeading(page), "自测报告");
  });
}

test("a table that is pasted without the names is taken up when they are there", async (t) => {
  let broken = true;
  const { page } = await openStarted(t, browser(), { replace: async (name) => (broken && NAMES.test(name) ? false : undefined) });
  await start(page);
  await goToTopic(page, 3);
  await page.locator("#zice-ip [data-zice-paste]").click();
  await page.locator("#zice-ip [role=status]", { hasText: FAILED }).waitFor();
  broken = false;
  await page.locator("#zice-ip [data-zice-rest]").click();
  await page.waitForSelector("#zice-ip textarea");
  assert.equal(await page.evaluate(() => document.activeElement.localName), "textarea");
});

test("everything but the report and pasting works without the names", async (t) => {
  const opened = await openStarted(t, browser(), { replace: async (name) => (NAMES.test(name) ? false : undefined) });
  const { page } = opened;
  const complaints = () => opened.complaints.filter((line) => !/404/.test(line));
  await start(page, PROGRAMMES);
  await page.fill("#zice-name", "湖州示例科技有限公司");
  await page.fill("#zice-as_of", "2023-08-01");
  for (let at = 0; at < await page.locator(".zice-steps button").count(); at++) {
    await goToTopic(page, at);
    // Uses everything in the topic, whatever it is.
    await page.evaluate(async () => {
      const all = (selector) => document.querySelectorAll(`main ${selector}`);
      const settled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      for (const one of all("details:not([open]) > summary, [data-zice-add=true]")) one.click();
      await settled();
      for (const one of all("select")) {
        one.selectedIndex = 1;
        one.dispatchEvent(new Event("change", { bubbles: true }));
      }
      for (const one of all("input[type=text]")) {
        one.value = "1,5";
        for (const name of ["input", "change"]) one.dispatchEvent(new Event(name, { bubbles: true }));
      }
      await settled();
      for (const one of all("input[type=radio], input[type=checkbox]")) one.click();
      await settled();
    });
  }
  await page.click(".zice-tools button[lang]");
  await page.click(".zice-tools button[lang]");
  await pressKeep(page);
  const saved = await companySoFar(page);
  assert.ok(Object.keys(saved.facts).length > 30, String(Object.keys(saved.facts).length));
  await openFile(page, company(FACTS));
  await page.locator(".zice-message p").waitFor();
  await openFile(page, "no JSON");
  await page.locator("[role=alert] .zice-error").waitFor();
  assert.equal(await page.locator("[data-zice-failure]").count(), 0);
  assert.deepEqual(complaints(), []);
});

test("it is asked for once, after all that the first screen needs, and then nothing is", async (t) => {
  const opened = await openStarted(t, browser(), {});
  const { page, site } = opened;
  await whole(page);
  const asked = () => site.requests.map(({ path }) => path).filter((path) => path !== "/favicon.ico" && !isPolicy(path));
  const paths = asked();
  assert.match(paths.at(-1).slice(1), PAGE_ENGINE);
  await askForReport(page);
  await page.waitForSelector(".zice-report");
  await pressMore(page, "并排比较");
  await page.waitForSelector(".zice-compare");
  assert.deepEqual(asked(), paths);
});

test("what a host asks waits for it, in every element, and an element that is gone is left alone", async (t) => {
  const { give, replace } = held();
  const html = `<!DOCTYPE html><meta charset="utf-8"><script src="../zice.js" defer></script>
    <zice-check policies="tech-sme" lazy="eager"></zice-check><zice-check policies="tech-sme" lazy="eager"></zice-check><zice-check policies="tech-sme" lazy="eager"></zice-check>`;
  const files = { "hosts/three.html": html };
  const opened = await openHost(t, browser(), "three.html", { files: new Proxy(files, {
    has: (all, name) => name in all || PAGE_ENGINE.test(name),
    get: (all, name) => (PAGE_ENGINE.test(name) ? replace(name) : all[name]),
  }) });
  const { page } = opened;
  await page.waitForFunction(() => [...document.querySelectorAll("zice-check")].every((one) => one.shadowRoot?.querySelector("main h1")));
  await page.evaluate((facts) => {
    const apis = [...document.querySelectorAll("zice-check")].map((one) => one.api(1));
    apis[2].destroy();
    window.answers = apis.slice(0, 2).map((api, at) => api.open({ schema: "zice.company/1", as_of: "2023-08-01", facts })
      .then(() => (at ? api.show("report") : api.reports())));
    window.settled = 0;
    for (const answer of window.answers) answer.finally(() => { window.settled += 1; });
  }, FACTS);
  await idle(page);
  assert.equal(await page.evaluate(() => window.settled), 0);
  give();
  const [reports, shown] = await page.evaluate(() => Promise.all(window.answers));
  assert.deepEqual(reports[0].criteria, assess(company(FACTS), "zh", POLICY).criteria);
  assert.equal(shown, true);
  await page.locator("zice-check .zice-report").waitFor();
  assert.equal(opened.site.requests.filter(({ path }) => PAGE_ENGINE.test(path.slice(1))).length, 1);
  assert.deepEqual(opened.complaints.filter((line) => !/404/.test(line)), []);
});
