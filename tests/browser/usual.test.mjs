// What saves a clerk clicks: usual answers by one button, and a statement pasted for all
// figures of a step. Neither answers what was answered, nor what was not understood.
import assert from "node:assert/strict";
import { test } from "node:test";
import { companySoFar, goToTopic, openInterview, company, useBrowser } from "./support.mjs";

const browser = useBrowser();
const GATES = ["resident_enterprise", "accounts_sound", "audit_collection", "rd_accounting_ready", "pays_income_tax", "industry_restricted"];

test("one button gives the usual answers, says which, leaves those that were given, and takes its own back", async (t) => {
  const { page } = await openInterview(t, browser(), {});
  await page.check("#zice-accounts_sound-answer-false");
  const button = page.locator("[data-zice-usual]");
  assert.match(await page.locator("#zice-usual").innerText(), /^会填上 居民企业：在内地注册或管理；/);
  assert.doesNotMatch(await page.locator("#zice-usual").innerText(), /会计账/);
  await button.click();
  const { facts } = await companySoFar(page);
  assert.equal(facts.accounts_sound, false, "an answer is left alone");
  assert.equal(facts.resident_enterprise, true);
  assert.equal(facts.industry_restricted, false, "the usual answer may be no");
  assert.match(await page.locator("#zice-usual").innerText(), /^已填 5 题/);
  assert.equal(await button.evaluate((it) => it.getRootNode().activeElement === it), true, "the focus stays");
  await page.check("#zice-pays_income_tax-answer-false");
  await button.click();
  const back = (await companySoFar(page)).facts;
  assert.equal(back.resident_enterprise, undefined);
  assert.equal(back.pays_income_tax, false, "what was changed since stays");
  assert.equal(back.accounts_sound, false);
});

test("what a direct route or a bad record is about is never answered in the company's favour unless it is the usual answer that says so", async (t) => {
  const { page } = await openInterview(t, browser(), {});
  await goToTopic(page, 4);
  await page.locator("[data-zice-usual]").click();
  const { facts } = await companySoFar(page);
  assert.deepEqual([facts.hnte_certificate_valid, facts.award_top3_5y, facts.provincial_rd_institution, facts.led_standard_5y], [false, false, false, false]);
  for (const gate of GATES) assert.equal(facts[gate], undefined, `${gate} is another step's`);
});

const STATEMENT = [
  "利润表", "单位：万元", "项目\t本年累计金额\t上年金额",
  "一、营业收入\t3865.00\t3600.00", "　减：营业成本\t2900.00\t2700.00", "　　税金及附加\t20\t19", "　　销售费用\t100\t90",
  "　　管理费用\t250\t240", "　　研发费用\t201.30\t190", "　　财务费用\t30\t28", "二、营业利润\t363.70\t333",
].join("\n");

test("a statement fills every figure it names, in the unit it says, and is taken back at once", async (t) => {
  const { page } = await openInterview(t, browser(), { file: company({ established_on: "2016-03-18", total_assets: { 2022: "1" } }) });
  await goToTopic(page, 2);
  await page.getByRole("button", { name: "从报表粘贴" }).click();
  await page.fill("#zice-statement-text", STATEMENT);
  const rows = page.locator(".zice-statement tbody tr");
  const told = await rows.allInnerTexts();
  assert.ok(told.some((row) => /2022 年 营业收入.*3865\.00.*38,650,000/.test(row.replace(/\s+/g, " "))), told.join("\n"));
  const before = await companySoFar(page);
  assert.equal(before.facts.revenue, undefined, "nothing is filled in before it is taken");
  await page.getByRole("button", { name: /^填入这 \d+ 个数/ }).click();
  const { facts } = await companySoFar(page);
  assert.equal(Number(facts.revenue[2022]), 38650000);
  assert.equal(Number(facts.cost_total[2022]), 35013000, "six lines add up");
  assert.equal(facts.total_assets[2022], "1", "what the statement does not name stays");
  assert.equal(facts.rd_expense_deduct, undefined, "the line of the income statement is another figure than the super deduction's");
  await page.getByRole("button", { name: "撤销粘贴" }).click();
  assert.equal((await companySoFar(page)).facts.revenue?.[2022], undefined);
});

test("a statement in a unit nobody knows, or of nothing that is asked, fills nothing", async (t) => {
  const { page } = await openInterview(t, browser(), { file: company({ established_on: "2016-03-18" }) });
  await goToTopic(page, 2);
  await page.getByRole("button", { name: "从报表粘贴" }).click();
  await page.fill("#zice-statement-text", "姓名\t电话\n张三\t123456");
  await page.getByText("没有找到这一步要填的数").waitFor();
  await page.fill("#zice-statement-text", STATEMENT.replace("万元", "块"));
  await page.locator(".zice-statement").getByText(/金额单位“.*块.*”不认识/).waitFor();
  assert.equal(await page.getByRole("button", { name: /^填入这/ }).count(), 0, "an amount without a unit is none");
  assert.equal((await companySoFar(page)).facts.revenue, undefined);
});
