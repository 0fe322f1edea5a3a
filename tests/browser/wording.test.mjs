// How questions are worded everywhere: years are named, a line of help is
// visible, and answers have words of their own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PROGRAMMES, fullCompany, goToReport, goToTopic, openInterview, savedText, useBrowser, pressMore } from "./support.mjs";

const browser = useBrowser();
const full = await fullCompany();
const LIST = { ip: [{ kind: "invention" }], serious_violation: [{}], materials: [{}] };

/** The text of every topic, folded parts included. */
async function allTopics(page) {
  let said = "";
  const topics = await page.locator(".zice-steps button").count();
  for (let at = 0; at < topics; at += 1) {
    await goToTopic(page, at);
    said += await page.locator(".zice-form").evaluate((form) => form.textContent);
  }
  return said;
}

test("no question of any programme shows a placeholder, and years follow the day of application", async (t) => {
  const file = { ...full, as_of: "2026-11-29", facts: { ...full.facts, ...LIST } };
  const { page, complaints } = await openInterview(t, browser(), { file, programmes: PROGRAMMES });
  const said = await allTopics(page);
  assert.doesNotMatch(said, /[{}]/);
  for (const named of ["2025-01-01 到 2026-11-29", "2025-11-29 到 2026-11-29", "2024-01-01 以来", "2024、2025 两年", "2025 年平均职工人数"]) assert.ok(said.includes(named), named);
  await goToTopic(page, 0);
  await page.fill("#zice-as_of", "2025-03-01");
  await page.locator("#zice-as_of").blur();
  const later = await allTopics(page);
  for (const named of ["2024-01-01 到 2025-03-01", "2024-03-01 到 2025-03-01", "2023-01-01 以来", "2023、2024 两年", "2024 年平均职工人数"]) assert.ok(later.includes(named), named);
  assert.doesNotMatch(later, /2026-11-29/);
  await goToReport(page);
  assert.doesNotMatch(await page.locator(".zice-report").evaluate((it) => it.textContent), /[{}]/);
  assert.deepEqual(complaints, []);
});

test("a line of help is in sight below its question, and described to screen readers", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  const question = page.locator("#zice-audit_collection");
  const help = page.locator("#zice-audit_collection-hint");
  assert.equal(await help.innerText(), "年报填A类表是查账，B类是核定");
  assert.ok(await help.isVisible());
  assert.ok((await question.getAttribute("aria-describedby")).split(" ").includes("zice-audit_collection-hint"));
  const questions = await page.locator("fieldset.zice-question[id]").count();
  assert.equal(await page.locator("fieldset.zice-question[id] > .zice-foot > p.zice-help").count(), questions);
});

test("yes and no are said in words of their own, and no question is asked in the negative", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full, programmes: PROGRAMMES });
  for (let at = 0; at < await page.locator(".zice-steps button").count(); at += 1) {
    await goToTopic(page, at);
    const labels = await page.locator(".zice-question .zice-radios label").evaluateAll((all) => all.map((it) => it.textContent));
    assert.ok(!labels.some((word) => ["是", "否"].includes(word)), labels.join());
    const asked = await page.locator(".zice-question > legend").evaluateAll((all) => all.map((it) => it.textContent));
    assert.ok(!asked.some((words) => /是否没|是否未|是不是没|是不是未/.test(words)), asked.join());
  }
});

test("a good record is none of these, in the interview, in the reason, in the answers and in the saved report", async (t) => {
  const file = { ...full, facts: { ...full.facts, audit_collection: false } };
  const { page } = await openInterview(t, browser(), { file });
  const last = await page.locator(".zice-steps button").count() - 1;
  await goToTopic(page, last);
  const answer = (value) => page.locator(`label[for="zice-sme_clean_record-answer-${value}"]`);
  assert.equal(await answer("true").innerText(), "都没有");
  assert.equal(await answer("false").innerText(), "有其中一样");
  assert.equal(await answer("unknown").innerText(), "不清楚");
  assert.ok(await page.isChecked("#zice-sme_clean_record-answer-true"));
  await goToReport(page);
  const report = await page.locator(".zice-report").evaluate((it) => it.textContent);
  assert.match(report, /重大事故和严重失信（五项）：都没有/);
  assert.match(report, /企业所得税征收方式：核定征收/);
  const told = await page.locator(".zice-answers").evaluate((list) => Object.fromEntries([...list.querySelectorAll("dt")].map((it) => [it.textContent, it.nextElementSibling.textContent])));
  assert.equal(told["重大事故和严重失信（五项）"], "都没有");
  assert.equal(told["经营异常名录、严重违法失信企业名单"], "两个都没进过");
  assert.equal(told["职工总数（科小口径）"], "2022 年：86.5 人");
  assert.equal(told["研发费用（加计扣除口径）"], "2022 年：615,000.03 元");
  assert.ok(!Object.values(told).some((words) => ["是", "否"].includes(words)), JSON.stringify(told));
  const html = await savedText(page, () => pressMore(page, "保存报告（HTML）"));
  assert.ok(html.includes("核定征收（定率、定额都算）"));

  await page.getByRole("button", { name: "English" }).click();
  const english = await page.locator(".zice-report").evaluate((it) => it.textContent);
  assert.match(english, /major accidents and serious misconduct \(five matters\): None of these/);
  assert.match(english, /assessment of corporate income tax: Deemed \(核定征收\)/);
  assert.doesNotMatch(english, /[{}]/);
});
