// All programmes in one interview: each question appears once, and each verdict
// and report is that of the command line.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { assess, backToAnswers, chooseDay, cli, companySoFar, goToReport, goToTopic, heard, openFile, openInterview, openStarted, PROGRAMMES, savedText, start, useBrowser, pressMore } from "./support.mjs";
import { fillTopic } from "./fill.mjs";

const browser = useBrowser();
const all = JSON.parse(await readFile(new URL("fixtures/all.json", import.meta.url), "utf8"));

/** What the command line says for all programmes, by id. */
function assessAll(file, lang = "zh") {
  const output = execFileSync(cli, ["assess", "--lang", lang, "-"], { input: JSON.stringify(file), encoding: "utf8", maxBuffer: 1 << 26 });
  return Object.fromEntries(JSON.parse(output).map((report) => [report.policy.id, report]));
}

/** What the live panel says about each programme. */
const shown = (page) => page.locator(".zice-live [data-zice-programme]").evaluateAll((all) => all.map((it) => ({
  id: it.dataset.ziceProgramme,
  verdict: it.querySelector(".zice-verdict").dataset.ziceVerdict,
  score: it.querySelector("[data-zice-score]")?.textContent.match(/\d+/g),
  open: Number(it.textContent.match(/还有 (\d+) 题会影响结论/)?.[1] ?? 0),
})));

async function compareLive(page, file, step) {
  const reports = assessAll(file);
  for (const one of await shown(page)) {
    const report = reports[one.id];
    assert.equal(one.verdict, report.verdict, `${one.id}, ${step}`);
    assert.equal(one.open, report.next_questions.length, `${one.id}, ${step}`);
    const score = report.score && [...new Set([report.score.min, report.score.max])];
    assert.deepEqual(one.score ?? null, score, `${one.id}, ${step}`);
  }
}

test("all programmes are filled in in one interview, and every report is the command line's", async (t) => {
  const { page, complaints } = await openStarted(t, browser());
  await chooseDay(page, all.as_of);
  await start(page, PROGRAMMES);
  await page.fill("#zice-name", all.name);
  const topics = await page.locator(".zice-steps button").count();
  const asked = [];
  for (let topic = 0; topic < topics; topic++) {
    await goToTopic(page, topic);
    asked.push(...await fillTopic(page, all.facts));
    await compareLive(page, await companySoFar(page), `after topic ${topic}`);
  }
  assert.deepEqual(asked, [...new Set(asked)], "each question once");
  assert.deepEqual(Object.keys(all.facts).filter((fact) => !asked.includes(fact)), [], "every fact was asked");
  const file = await companySoFar(page);
  assert.deepEqual(file, all);

  for (const lang of ["zh", "en"]) {
    if (lang === "en") await page.click(".zice-tools button[lang]");
    else await goToReport(page);
    const expected = assessAll(all, lang);
    await page.waitForFunction((company) => document.querySelectorAll(".zice-programme").length === 5 && window.heard.at(-1).name === "zice:report", all.name);
    const { reports, ...first } = (await heard(page, "zice:report")).at(-1);
    assert.deepEqual(reports.map((report) => report.policy.id), PROGRAMMES);
    assert.deepEqual(first, reports[0], "a host that knows of one report reads the first");
    for (const report of reports) assert.deepEqual(report, expected[report.policy.id], `${report.policy.id} in ${lang}`);
    await assertShown(page, expected);
  }
  const saved = JSON.parse(await savedText(page, () => pressMore(page, "Save the report data")));
  assert.deepEqual(saved, PROGRAMMES.map((id) => assessAll(all, "en")[id]));
  assert.deepEqual(complaints, []);
});

/** Asserts that each programme's section shows everything in its report. */
async function assertShown(page, reports) {
  for (const [id, report] of Object.entries(reports)) {
    const section = page.locator(`.zice-programme[data-zice-programme="${id}"]`);
    const text = (await section.textContent()).replace(/\s/g, "");
    const hint = report.verdict === "hint";
    const criteria = report.criteria.filter((one) => !hint || one.status !== "not_applicable");
    const cites = criteria.flatMap((one) => one.cites.flatMap((cite) => [cite.source, cite.clause ?? "", cite.page ?? ""]));
    const known = (report.indicators ?? []).flatMap((one) => one.values.filter(({ observed }) => observed?.max || (observed?.min ?? "0") !== "0").map((value) => value.explain));
    for (const part of [
      ...criteria.flatMap((one) => [one.title, one.explain, one.rule, one.group ?? ""]),
      ...cites,
      ...(report.items ?? []).flatMap((one) => [one.name, ...one.because.map((note) => note.text)]),
      ...(report.indicators ?? []).map((one) => one.title),
      ...known,
      ...report.warnings.map((one) => one.text),
      ...(hint ? [] : [...report.documents.map((one) => one.title), ...report.calendar.flatMap((one) => [one.date, one.what, one.from ?? ""])]),
    ]) assert.ok(text.includes(part.replace(/\s/g, "")), `${id}: ${part}`);
    assert.equal(await section.locator("[data-zice-criterion]").count(), criteria.length, id);
    assert.equal(await section.locator("[data-zice-item]").count(), (report.items ?? []).length, id);
  }
  // One first-rank heading, and no rank skipped.
  const ranks = await page.locator(".zice h1, .zice h2, .zice h3, .zice h4").evaluateAll((all) => all.map((it) => Number(it.localName[1])));
  assert.equal(ranks.filter((rank) => rank === 1).length, 1);
  ranks.reduce((before, rank) => { assert.ok(rank <= before + 1, `a heading of rank ${rank} after one of rank ${before}`); return rank; });
}

test("the edition on a card follows the day of application, and nothing starts without a choice", async (t) => {
  const { page } = await openStarted(t, browser());
  for (const as_of of ["2019-06-01", "2023-12-31", "2024-01-01", "2025-07-01", "2026-11-25", "2031-01-01"]) {
    await chooseDay(page, as_of);
    const reports = assessAll({ schema: all.schema, as_of, facts: {} });
    for (const id of PROGRAMMES) {
      const card = page.locator(`.zice-card[data-zice-programme="${id}"]`);
      assert.match(await card.locator(".zice-edition").innerText(), new RegExp(`^${reports[id].policy.edition} `), `${id} on ${as_of}`);
      const outside = reports[id].warnings.some((one) => one.code === "outside_window");
      const text = await card.innerText();
      if (/截止|开始受理/.test(text)) assert.equal(/已截止|开始受理/.test(text), outside, `${id} on ${as_of}`);
    }
  }
  await page.click(".zice-begin .zice-button");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "请至少选一个项目。", "what is missing takes the focus");
  assert.equal(await page.locator("#zice-name").count(), 0);
  assert.deepEqual(await page.locator(".zice-card").evaluateAll((all) => all.map((it) => it.dataset.ziceProgramme)), PROGRAMMES);
  await page.check("#zice-choose-aaa-zj");
  assert.equal(await page.locator("#zice-choose-some").count(), 0);
});

test("a change of the day of application in the interview changes edition, years and report", async (t) => {
  const { page } = await openInterview(t, browser(), { file: all, programmes: ["tech-sme", "hnte-zj"] });
  for (const as_of of ["2025-07-01", "2026-08-01", "2023-08-01"]) {
    await page.fill("#zice-as_of", as_of);
    const expected = assessAll({ ...all, as_of });
    const { reports } = await goToReport(page);
    for (const report of reports) assert.deepEqual(report, expected[report.policy.id]);
    await backToAnswers(page);
    await goToTopic(page, 2);
    const year = Number(as_of.slice(0, 4));
    assert.equal(await page.locator(`#zice-revenue-${year - 1}`).count(), 1);
    assert.equal(await page.locator(`#zice-revenue-${year}`).count(), 0);
    await goToTopic(page, 0);
  }
});

test("a question is asked for the programmes that need it, and folds away only when none does", async (t) => {
  const chosen = ["hnte-zj", "tech-sme"];
  for (const facts of [{}, { resident_enterprise: false }, { resident_enterprise: false, hnte_field_listed: false }, all.facts]) {
    const file = { ...all, facts };
    const { page } = await openInterview(t, browser(), { file, programmes: chosen });
    const reports = assessAll(file);
    const needed = new Set(chosen.flatMap((id) => reports[id].next_questions));
    const tagged = [], folded = [];
    for (let topic = 0; topic < await page.locator(".zice-steps button").count(); topic++) {
      await goToTopic(page, topic);
      tagged.push(...await page.locator("fieldset.zice-question:has(> legend > .zice-tag)").evaluateAll((all) => all.map((it) => it.id.slice(5))));
      folded.push(...await page.locator(".zice-folded fieldset.zice-question").evaluateAll((all) => all.map((it) => it.id.slice(5))));
      for (const line of await page.locator(".zice-asked-for > :first-child").allTextContents()) assert.match(line, /^用于：(高新技术企业认定（浙江省）|科技型中小企业评价)/);
    }
    assert.deepEqual(new Set(tagged), needed);
    for (const fact of folded) assert.ok(!needed.has(fact) && !(fact in facts), fact);
  }
});

test("an answer of one programme is offered to the other, and to be checked for as long as both are the same", async (t) => {
  const { page } = await openInterview(t, browser(), { programmes: ["hnte-zj", "tech-sme"] });
  const twin = (fact) => page.locator(`#zice-${fact} .zice-twin`);
  await page.fill("#zice-as_of", "2023-08-01");
  await goToTopic(page, 1);
  assert.equal(await page.locator(".zice-twin").count(), 0);
  await page.fill("#zice-sme_staff_total-2022", "86");
  await twin("hnte_staff_total").getByRole("button", { name: "带入 2022 年：86 人 并核对" }).click();
  assert.equal(await page.inputValue("#zice-hnte_staff_total-2022"), "86");
  assert.equal(await page.evaluate(() => document.activeElement.id), "zice-hnte_staff_total-2022");
  for (const fact of ["sme_staff_total", "hnte_staff_total"]) {
    assert.match(await twin(fact).innerText(), /183 天/);
    assert.equal(await twin(fact).getByRole("button").count(), 0);
  }
  await page.fill("#zice-hnte_staff_total-2022", "88");
  assert.equal(await page.locator(".zice-twin").count(), 0);
  await page.fill("#zice-hnte_staff_total-2022", "");
  await page.locator("#zice-sme_staff_total .zice-link").click();
  await page.fill("#zice-sme_staff_total-2022-max", "90");
  await twin("hnte_staff_total").getByRole("button", { name: "带入 2022 年：86 – 90 人 并核对" }).click();
  assert.deepEqual((await companySoFar(page)).facts.hnte_staff_total, { 2022: { min: "86", max: "90" } });

  // All years at once; a single equal year is enough to offer it.
  await goToTopic(page, 2);
  for (const [year, amount] of [[2022, "3000000"], [2021, "2000000"], [2020, "1000000"]]) await page.fill(`#zice-rd_expense_hnte-${year}`, amount);
  await twin("rd_expense_deduct").getByRole("button").click();
  const { facts } = await companySoFar(page);
  assert.deepEqual(facts.rd_expense_deduct, facts.rd_expense_hnte);
  assert.equal(await page.inputValue("#zice-rd_expense_deduct-2022"), "3000000");
  await page.fill("#zice-rd_expense_hnte-2022", "3000001");
  assert.equal(await twin("rd_expense_deduct").count(), 1);

  await goToTopic(page, 5);
  await page.check("#zice-sme_clean_record-answer-true");
  await twin("hnte_clean_record").getByRole("button", { name: "带入 都没有 并核对" }).click();
  assert.ok(await page.isChecked("#zice-hnte_clean_record-answer-true"));
});

test("none of several choices, an entry there is none of, and answers taken back are told apart", async (t) => {
  const { page } = await openInterview(t, browser(), { file: { ...all, facts: {} }, programmes: PROGRAMMES });
  const facts = async () => (await companySoFar(page)).facts;
  await goToTopic(page, 7);
  await page.check("#zice-titles-value-hnte");
  assert.deepEqual(await facts(), { titles: ["hnte"] });
  await page.uncheck("#zice-titles-value-hnte");
  assert.deepEqual(await facts(), {}, "not one tick is no answer");
  await page.check("#zice-titles-value-none");
  assert.deepEqual(await facts(), { titles: [] });
  await page.check("#zice-titles-value-tech_leader");
  assert.equal(await page.isChecked("#zice-titles-value-none"), false);
  await page.uncheck("#zice-titles-value-tech_leader");

  await goToTopic(page, 5);
  const statement = page.locator("#zice-backbone_statement");
  await statement.getByRole("button", { name: "没有", exact: true }).click();
  const nothing = { issuer_level: "", industry_total: "", rank: "", contact: "", phone: "" };
  assert.deepEqual(await facts(), { backbone_statement: nothing });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "撤回");
  await statement.getByRole("button", { name: "撤回" }).click();
  await page.waitForFunction(() => document.activeElement.id === "zice-backbone_statement-issuer_level");
  assert.deepEqual(await facts(), {});
  await page.fill("#zice-backbone_statement-rank", "3");
  await page.fill("#zice-backbone_statement-rank", "");
  assert.deepEqual(await facts(), {});
  // A part that the document lacks is an answer, not a missing one.
  await page.check("#zice-backbone_statement-phone-missing");
  assert.deepEqual(await facts(), { backbone_statement: { phone: "" } });
  await page.uncheck("#zice-backbone_statement-phone-missing");
  assert.deepEqual(await facts(), {});

  await page.locator("#zice-credit_history").getByRole("button", { name: "添加一项" }).click();
  await page.fill("#zice-credit_history-0-year", "二〇二一");
  await page.evaluate(() => document.activeElement.blur());
  assert.match(await page.locator("#zice-credit_history-help").innerText(), /第 1 项 公示年度：不是数字/);
  assert.equal(await page.getAttribute("#zice-credit_history-0-year", "aria-invalid"), "true");
  await page.fill("#zice-credit_history-0-year", "2021");
  assert.deepEqual(await facts(), { credit_history: [{ year: "2021" }] });
  await page.locator("details.zice-year > summary", { hasText: "2022" }).click();
  await page.fill("#zice-contract_figures-2022-income-written_count", "一");
  await page.evaluate(() => document.activeElement.blur());
  assert.match(await page.locator("#zice-contract_figures-help").innerText(), /2022 年 收入性合同 年内新签的书面合同份数：不是数字/);
  await page.fill("#zice-contract_figures-2022-income-written_count", "");
  assert.deepEqual(await facts(), { credit_history: [{ year: "2021" }] });

  await goToTopic(page, 6);
  await page.locator("#zice-materials").getByRole("button", { name: "添加一项" }).click();
  await page.fill("#zice-materials-0-premium_rate", "3％");
  assert.match(await page.locator("#zice-materials").innerText(), /即 3%/);
  await page.selectOption("#zice-materials-0-spec_met", "false");
  assert.deepEqual((await facts()).materials, [{ premium_rate: "0.03", spec_met: false }]);
  await page.selectOption("#zice-materials-0-spec_met", "");
  assert.deepEqual((await facts()).materials, [{ premium_rate: "0.03" }]);
});

test("progress tells of every programme, and the first one as before", async (t) => {
  const { page } = await openInterview(t, browser(), { file: all, programmes: ["new-material", "tech-sme"] });
  const reports = assessAll(all);
  const { version, policies, verdict } = (await heard(page, "zice:progress")).at(-1);
  assert.deepEqual({ version, verdict }, { version: 1, verdict: reports["tech-sme"].verdict });
  assert.deepEqual(policies, ["tech-sme", "new-material"].map((id) => ({
    id, edition: "2023", open: reports[id].next_questions.length, verdict: reports[id].verdict,
  })));
  await openFile(page, { ...all, facts: {} }, "empty.json");
  await page.locator(".zice-message", { hasText: "empty.json" }).waitFor();
  assert.equal((await heard(page, "zice:progress")).at(-1).policies[0].verdict, "undecided");
  assert.deepEqual(assess({ ...all, facts: {} }).verdict, "undecided");
});
