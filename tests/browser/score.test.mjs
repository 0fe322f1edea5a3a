// The live panel always says what the command line says about the same answers,
// and only questions that can't matter any more are folded away.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assess, company, companySoFar, fullCompany, goToTopic, openEntry, heard, openFile, openInterview, useBrowser } from "./support.mjs";

const browser = useBrowser();
const VERDICTS = { met: "符合条件", not_met: "不符合条件", undecided: "还不能确定", needs_review: "需人工确认" };

/** What the live panel and the questions of this topic say. */
const shown = (page) => page.evaluate(() => {
  const live = document.querySelector(".zice-live");
  const bounds = live.querySelector("[data-zice-score]").textContent.match(/\d+/g);
  const questions = [...document.querySelectorAll("fieldset.zice-question[id]")];
  const fact = (one) => one.id.replace(/^zice-/, "");
  return {
    verdict: live.querySelector(".zice-verdict").textContent,
    score: [bounds[0], bounds[1] ?? bounds[0]],
    open: Number(live.textContent.match(/还有 (\d+) 题/)?.[1] ?? 0),
    ladder: live.querySelector(".zice-ladder").getAttribute("aria-label").match(/\d+/g).slice(0, bounds.length),
    asked: questions.map(fact),
    tagged: questions.filter((one) => one.querySelector("legend > .zice-tag")).map(fact),
    folded: questions.filter((one) => one.closest(".zice-folded")).map(fact),
    claimed: Number(document.querySelector(".zice-folded > summary")?.textContent.match(/\d+/)[0] ?? 0),
  };
});

/**
 * Compares the page with the command line, on the answers as the page saves
 * them.
 */
async function compare(page, step) {
  const file = await companySoFar(page);
  const report = assess(file);
  const now = await shown(page);
  const doubted = `待核对（${VERDICTS[report.verdict]}）`;
  // A verdict that rests on a doubted figure is shown as "to be checked", and
  // only such a one.
  assert.ok(now.verdict === VERDICTS[report.verdict] || (report.doubts.length > 0 && now.verdict === doubted), `${step}: ${now.verdict}, ${report.verdict}`);
  assert.deepEqual(now.score, [report.score.min, report.score.max], step);
  assert.deepEqual(now.ladder, [...new Set(now.score)], step);
  assert.equal(now.open, report.next_questions.length, step);
  assert.deepEqual(now.tagged, now.asked.filter((fact) => report.next_questions.includes(fact)), step);
  const progress = (await heard(page, "zice:progress")).at(-1);
  assert.equal(progress.verdict, report.verdict, step);
  assert.equal(progress.open, report.next_questions.length, step);
  return { file, report, now };
}

const yes = (fact) => (page) => page.click(`#zice-${fact}-answer-true`);
const no = (fact) => (page) => page.click(`#zice-${fact}-answer-false`);
const fill = (id, text) => (page) => page.fill(`#zice-${id}`, text);
const pick = (id, value) => (page) => page.selectOption(`#zice-${id}`, value);
const click = (selector) => (page) => page.click(selector);

// The position of a topic, then the answers given in it, in order.
const STEPS = [
  [0, fill("as_of", "2023-08-01"), pick("entity_kind-value", "partnership"), no("resident_enterprise"), pick("entity_kind-value", "company"),
    yes("resident_enterprise"), no("resident_enterprise"), yes("resident_enterprise"),
    yes("accounts_sound"), yes("audit_collection"), yes("rd_accounting_ready"), yes("pays_income_tax"), no("industry_restricted")],
  [1, fill("sme_staff_total-2022", "100"), fill("sme_staff_tech-2022", "9.999999"), fill("sme_staff_tech-2022", "10"),
    fill("sme_staff_total-2022", "500.000001"), fill("sme_staff_total-2022", "100")],
  [2, click("#zice-revenue .zice-link"), fill("revenue-2022-min", "8,000,000"), fill("revenue-2022-max", "12,000,000"),
    fill("rd_expense_deduct-2022", "600000"), click("#zice-revenue .zice-link"), fill("revenue-2022", "10,000,000.00"),
    fill("cost_total-2022", "1999999.99"), fill("cost_total-2022", ""), fill("cost_total-2022", "9000000"),
    fill("total_assets-2022", "2e7"), fill("excluded_industry_income-2022", "0"), fill("excluded_industry_base-2022", "10000000")],
  [3, click("#zice-ip .zice-actions button >> nth=1"), click("#zice-ip [role=status] button"), click("#zice-ip .zice-actions button >> nth=0"),
    pick("ip-0-kind", "trademark"), pick("ip-0-kind", "defence_patent"), pick("ip-0-kind", "utility_model"), pick("ip-0-status", "pending"),
    pick("ip-0-status", "granted"), pick("ip-0-owner", "co_owned"), pick("ip-0-owner", "company"), fill("ip-0-granted_on", "2024-01-01"), fill("ip-0-granted_on", "2021-05-01"),
    click("#zice-ip-0-disputed"), click("#zice-ip-0-disputed"), click("#zice-ip input[aria-describedby=zice-ip_complete-help]"),
    click("#zice-ip-0-row button >> nth=1"), click("#zice-ip [role=status] button"), click("#zice-ip input[aria-describedby=zice-ip_complete-help]")],
  [5, yes("sme_clean_record"), yes("sme_not_listed")],
  [0, fill("established_on-value", "2023-05-01"), fill("established_on-value", "2015-03-10"), fill("as_of", "2024-08-01"), fill("as_of", "2023-08-01")],
];

test("after every single answer the page says what the command line says", async (t) => {
  const { page, complaints } = await openInterview(t, browser());
  let number = 0;
  const verdicts = new Set(), doubted = new Set();
  for (const [topic, ...answers] of STEPS) {
    await goToTopic(page, topic);
    if (await page.locator(".zice-folded > summary").count()) await page.click(".zice-folded > summary");
    for (const answer of answers) {
      await answer(page);
      number += 1;
      const { report, now } = await compare(page, `topic ${topic}, answer ${number}`);
      verdicts.add(report.verdict);
      if (now.verdict !== VERDICTS[report.verdict]) for (const { code } of report.doubts) doubted.add(code);
    }
  }
  const { report } = await compare(page, "at the end");
  assert.equal(report.verdict, "met");
  assert.equal(report.score.min, "60");
  assert.deepEqual([...verdicts].sort(), ["met", "needs_review", "not_met", "undecided"], "the steps went through every verdict");
  assert.ok(doubted.has("established_this_year"), [...doubted].join());
  assert.deepEqual(complaints, []);
});

const { facts } = await fullCompany();
const without = (...ids) => Object.fromEntries(Object.entries(facts).filter(([id]) => !ids.includes(id)));
const SITUATIONS = {
  "nothing is known": {},
  "one condition fails already": { resident_enterprise: false, sme_staff_total: "20" },
  "a direct route passes already": { ...without("cost_total", "ip", "award_top3_5y", "led_standard_5y", "provincial_rd_institution"), hnte_certificate_valid: true },
  "the score can't be reached any more": { ...without("ip", "award_top3_5y"), sme_staff_tech: "0" },
  "the score is reached without the rights": { ...without("ip", "cost_total", "entity_kind", "established_on"), sme_staff_tech: "80", rd_expense_deduct: { 2022: "6000000" } },
  "everything is known": facts,
};

test("folded is exactly what can't matter any more and has no answer", async (t) => {
  const { page } = await openInterview(t, browser());
  for (const [name, some] of Object.entries(SITUATIONS)) await t.test(`when ${name}`, async () => {
    await openFile(page, company(some), `${name}.json`);
    await page.locator(".zice-message", { hasText: name }).waitFor();
    const { next_questions, verdict } = assess(company(some));
    const folded = [], asked = [];
    for (let topic = 0; topic < 6; topic++) {
      await goToTopic(page, topic);
      const now = await shown(page);
      folded.push(...now.folded);
      asked.push(...now.asked);
      assert.equal(now.claimed, now.folded.length, "the number on the fold");
    }
    assert.equal(asked.length, 23);
    // No question waits for these two, but they can turn any verdict except
    // "not met".
    const offered = verdict !== "not_met" ? ["established_on", "entity_kind"] : [];
    const wanted = asked.filter((fact) => !(fact in some) && !next_questions.includes(fact) && !offered.includes(fact));
    assert.deepEqual(folded, wanted);
  });
});

test("a deleted entry comes back where it was, with everything in it", async (t) => {
  const file = company({ ip: [{ kind: "software", granted_on: "2020-01-01" }, { kind: "invention", status: "pending", colour: "red" }, { kind: "design" }] });
  const { page } = await openInterview(t, browser(), { file });
  await goToTopic(page, 3);
  await page.click("#zice-ip-1-row button >> nth=1");
  assert.deepEqual((await companySoFar(page)).facts.ip.map((one) => one.kind), ["software", "design"]);
  await openEntry(page, 1);
  assert.equal(await page.inputValue("#zice-ip-1-kind"), "design");
  await page.click("#zice-ip [role=status] button");
  assert.deepEqual(await companySoFar(page), file);
  await openEntry(page, 1);
  assert.deepEqual([await page.inputValue("#zice-ip-1-kind"), await page.inputValue("#zice-ip-1-status")], ["invention", "pending"]);
});

test("a folded question that is answered all the same stays where it is, and is not folded the next time", async (t) => {
  const { page } = await openInterview(t, browser(), { file: company({ resident_enterprise: false }) });
  await goToTopic(page, 1);
  await page.click(".zice-folded > summary");
  await page.locator("#zice-sme_staff_total-2022").pressSequentially("86.5");
  assert.equal(await page.evaluate(() => document.activeElement.value), "86.5");
  assert.equal(await page.locator(".zice-folded[open] #zice-sme_staff_total").count(), 1);
  await goToTopic(page, 2);
  await goToTopic(page, 1);
  const { folded } = await shown(page);
  assert.deepEqual(folded, ["sme_staff_tech"]);
  assert.equal(await page.inputValue("#zice-sme_staff_total-2022"), "86.5");
});

test("what is folded as irrelevant is never relevant", async (t) => {
  const { page } = await openInterview(t, browser(), { file: company({ ...without("ip", "cost_total", "award_top3_5y", "led_standard_5y", "provincial_rd_institution"), hnte_certificate_valid: true }) });
  await goToTopic(page, 4);
  assert.deepEqual((await shown(page)).folded, ["award_top3_5y", "provincial_rd_institution", "led_standard_5y"]);
  await page.click("#zice-hnte_certificate_valid-answer-false");
  const { next_questions } = assess(await companySoFar(page));
  assert.ok(next_questions.includes("award_top3_5y"), "the other routes matter again");
  const { folded } = await shown(page);
  assert.deepEqual(folded.filter((fact) => next_questions.includes(fact)), []);
});

test("a question that comes out of the fold while it is being answered keeps the focus", async (t) => {
  // Too many staff decides, until technical staff contradicts it and both are
  // open.
  const { page } = await openInterview(t, browser(), { file: company({ sme_staff_total: "600" }) });
  await goToTopic(page, 1);
  await page.click(".zice-folded > summary");
  await page.focus("#zice-sme_staff_tech-2022");
  await page.keyboard.type("700.25", { delay: 30 });
  assert.equal(await page.inputValue("#zice-sme_staff_tech-2022"), "700.25");
});
