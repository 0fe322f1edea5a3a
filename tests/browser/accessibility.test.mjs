// Every screen keeps every rule of axe, in both colour schemes and in a wide
// and a narrow window, and nothing scrolls sideways.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { check } from "./axe.mjs";
import { PROGRAMMES, fullCompany, goToReport, goToTopic, openEntry, openFile, openInterview, openStarted, savedText, start, useBrowser, pressMore, unfold } from "./support.mjs";

const browser = useBrowser();

test("the cards break no rule of accessibility", async (t) => {
  const { page } = await openStarted(t, browser());
  await check(page, "cards");
});

for (const filled of [false, true]) {
  test(`no topic breaks a rule of accessibility, ${filled ? "filled" : "empty"}`, async (t) => {
    const { page } = await openInterview(t, browser(), { file: filled ? await fullCompany() : undefined });
    const topics = await page.locator(".zice-steps button").count();
    assert.equal(topics, 6);
    for (let at = 0; at < topics; at++) {
      await goToTopic(page, at);
      await check(page, `topic ${at} ${filled ? "filled" : "empty"}`);
    }
  });
}

test("a topic with errors and ranges breaks no rule of accessibility", async (t) => {
  const { page } = await openInterview(t, browser());
  await page.fill("#zice-as_of", "2023-08-01");
  await goToTopic(page, 1);
  await page.click("#zice-sme_staff_total .zice-link");
  await page.fill("#zice-sme_staff_total-2022-min", "9");
  await page.fill("#zice-sme_staff_total-2022-max", "3");
  await page.fill("#zice-sme_staff_tech-2022", "abc");
  await page.locator("#zice-sme_staff_tech-2022").blur();
  assert.equal(await page.locator(".zice-question .zice-error").count(), 2);
  await check(page, "errors");
});

test("open definitions and unfolded questions break no rule of accessibility", async (t) => {
  const company = await fullCompany();
  const { ip, hnte_certificate_valid, award_top3_5y, ...facts } = company.facts;
  const { page } = await openInterview(t, browser(), { file: { ...company, facts: { ...facts, resident_enterprise: false } } });
  await goToTopic(page, 4);
  await page.click(".zice-folded summary");
  for (const summary of await page.locator(".zice-help summary").all()) await summary.click();
  await check(page, "unfolded");
});

test("a list with a deleted entry, and a list that was said to be empty, break no rule of accessibility", async (t) => {
  const { page } = await openInterview(t, browser(), { file: await fullCompany() });
  await goToTopic(page, 3);
  await openEntry(page, 1);
  await check(page, "entry being edited");
  await page.click("#zice-ip-0-row button >> nth=1");
  await page.locator("#zice-ip [role=status] button").waitFor();
  await check(page, "deleted entry");
  await openFile(page, { schema: "zice.company/1", facts: { ip: [] } });
  await page.locator("#zice-ip [role=status] button").waitFor();
  await check(page, "none held");
});

test("a pasted table with marks, and pasted figures, break no rule of accessibility", async (t) => {
  const { page } = await openInterview(t, browser(), { file: await fullCompany(), programmes: ["tech-sme", "hnte-zj"] });
  await goToTopic(page, 3);
  await page.click("[data-zice-paste]");
  for (const name of ["unknown", "english"]) {
    await page.fill("#zice-ip textarea", await readFile(new URL(`fixtures/paste/${name}.tsv`, import.meta.url), "utf8"));
    await check(page, `pasted ${name}`);
  }
  await page.click("#zice-ip .zice-paste .zice-button");
  await page.locator("#zice-ip [role=status] button").waitFor();
  await check(page, "pasted and added");
  await goToTopic(page, 2);
  for (const text of ["1\t2\t3", "1\t2"]) {
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.querySelector("#zice-revenue-2022").dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
    await page.locator("#zice-revenue .zice-paste").waitFor();
    await check(page, `pasted figures ${text.length}`);
  }
});

test("refused and opened files are told without breaking a rule of accessibility", async (t) => {
  const { page } = await openInterview(t, browser(), { file: await fullCompany() });
  await check(page, "file opened");
  await openFile(page, "{");
  await page.locator("[role=alert] .zice-error").waitFor();
  await check(page, "file refused");
});

for (const [verdict, change] of Object.entries({
  met: {},
  not_met: { sme_staff_total: { 2022: "600" } },
  undecided: { ip: null, sme_staff_tech: { 2022: "abc" }, foo: 1 },
  needs_review: { established_on: "2023-03-01" },
})) {
  test(`the report that says ${verdict} breaks no rule of accessibility`, async (t) => {
    const company = await fullCompany();
    const { page } = await openInterview(t, browser(), { file: { ...company, facts: { ...company.facts, ...change } } });
    const report = await goToReport(page);
    assert.equal(report.verdict, verdict);
    await check(page, `report ${verdict}`);
  });
}

test("all programmes together break no rule of accessibility, on the cards, in the interview and in the report", async (t) => {
  const all = JSON.parse(await readFile(new URL("fixtures/all.json", import.meta.url), "utf8"));
  const { page } = await openStarted(t, browser());
  for (const summary of await page.locator(".zice-card summary").all()) await summary.click();
  await openFile(page, { ...all, facts: { ...all.facts, hnte_staff_total: all.facts.sme_staff_total, rd_expense_hnte: undefined } });
  await page.locator(".zice-message p").waitFor();
  await page.check("#zice-choose-adjacent");
  await check(page, "cards unfolded");
  await start(page, PROGRAMMES);
  // Topics with twins, tables, lists and every kind of choice.
  for (const topic of [1, 2, 5, 6, 7]) {
    await goToTopic(page, topic);
    for (const summary of await page.locator(".zice-list summary").all()) await summary.click();
    await check(page, `all programmes topic ${topic}`);
  }
  await goToReport(page);
  await check(page, "report of all programmes");
  await unfold(page);
  await check(page, "unfolded report of all programmes");
  const html = await savedText(page, () => pressMore(page, "保存报告（HTML）"));
  await page.goto("about:blank");
  await page.setContent(html);
  await check(page, "saved report");
});

test("the English page breaks no rule of accessibility", async (t) => {
  const { page } = await openInterview(t, browser(), { file: await fullCompany() });
  await page.click(".zice-tools button[lang]");
  await check(page, "English topic");
  await goToReport(page);
  await check(page, "English report");
});

test("a verdict is read out when it has stood for a moment, not at every key, and not when a screen opens", async (t) => {
  const { page } = await openInterview(t, browser(), { prepare: (page) => page.clock.install({ time: "2023-08-01T08:00:00" }) });
  const read = page.locator(".zice-live .zice-hidden[role=status]");
  const shown = page.locator(".zice-live [data-zice-score]");
  await goToTopic(page, 1);
  await page.clock.runFor(2000);
  assert.deepEqual(await read.allTextContents(), [""], "going through the screen reads it");
  await page.evaluate(() => {
    window.said = [];
    const place = document.querySelector(".zice-live .zice-hidden[role=status]");
    new MutationObserver(() => window.said.push(place.textContent)).observe(place, { childList: true, subtree: true, characterData: true });
  });
  await page.fill("#zice-sme_staff_total-2022", "86");
  await page.focus("#zice-sme_staff_tech-2022");
  for (const key of "22") {
    await page.keyboard.type(key);
    await page.clock.runFor(400);
  }
  assert.match(await shown.textContent(), /^16–/, "what is seen follows at once");
  assert.deepEqual(await page.evaluate(() => window.said), []);
  await page.clock.runFor(400);
  const said = await page.evaluate(() => window.said);
  assert.equal(said.length, 1);
  assert.match(said[0], /还不能确定.*16–96 分/);
  // Repeating the same is nothing new to read out.
  await page.locator("#zice-sme_staff_tech-2022").blur();
  await page.clock.runFor(2000);
  assert.deepEqual(await page.evaluate(() => window.said), said);
  await check(page, "read out");
});
