// A clerk's walk from the first screen to the report, one programme, 1280 px: how often
// one clicks, how many questions or tables one meets, how many Chinese characters the
// steps show. The limits are those of the design review; the figures are printed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openStarted, useBrowser } from "./support.mjs";

const browser = useBrowser();
const RIGHTS = "专利号\t专利名称\t类型\t法律状态\t授权公告日\nZL201810234567.8\t一种缝制设备\t发明专利\t有权\t2020-05-12\n";
const STATEMENT = "利润表\n单位：元\n项目\t本年累计金额\t上年金额\n一、营业收入\t38650000\t36000000\n减：营业成本\t29000000\t27000000\n税金及附加\t200000\t190000\n销售费用\t1000000\t900000\n管理费用\t2500000\t2400000\n研发费用\t2013000\t1900000\n财务费用\t300000\t280000\n";

test("a clerk gets from the first screen to the report with few clicks, questions and words", async (t) => {
  const { page } = await openStarted(t, browser(), { context: { viewport: { width: 1280, height: 800 } } });
  let clicks = 0;
  const click = async (where) => {
    clicks += 1;
    await where.click();
  };
  const button = (name) => page.getByRole("button", { name });
  const seen = { questions: 0, characters: 0 };
  // What a step asks: a table is one, and so are questions that one button answers.
  const look = async () => {
    const found = await page.evaluate(() => {
      const shown = (it) => it.offsetParent !== null;
      const all = [...document.querySelectorAll(".zice-form .zice-question[id]")].filter(shown);
      const rows = document.querySelectorAll(".zice-form .zice-rows").length;
      const single = all.filter((it) => !it.closest(".zice-rows") && !(document.querySelector("[data-zice-usual]") && it.querySelector('input[type="radio"]')));
      const usual = document.querySelector("[data-zice-usual]") ? 1 : 0;
      const text = document.querySelector(".zice-form").innerText;
      return { questions: rows + single.length + usual, characters: (text.match(/\p{Script=Han}/gu) || []).length };
    });
    seen.questions += found.questions;
    seen.characters += found.characters;
    t.diagnostic(`${await page.locator("main h1").innerText()}: ${found.questions} questions or tables, ${found.characters} characters`);
  };
  const next = (name) => click(button(new RegExp(`^下一步：${name}`)));

  await click(page.locator("#zice-choose-tech-sme"));
  await click(button(/^开始/));
  await page.locator("#zice-established_on-value").waitFor();
  await look();
  await page.fill("#zice-name", "湖州恒远智能装备有限公司");
  await page.fill("#zice-established_on-value", "20160318");
  clicks += 2; // a select is opened and chosen from
  await page.selectOption("#zice-entity_kind-value", "company");
  await click(page.locator("[data-zice-usual]"));
  await next("人员");
  await look();
  const year = new Date().getFullYear() - 1;
  await page.fill(`#zice-sme_staff_total-${year}`, "86");
  await page.fill(`#zice-sme_staff_tech-${year}`, "22");
  await next("财务与研发");
  await look();
  await click(button("从报表粘贴"));
  await page.fill("#zice-statement-text", STATEMENT);
  await click(button(/^填入这/));
  await page.fill(`#zice-total_assets-${year}`, "29500000");
  await page.fill(`#zice-rd_expense_deduct-${year}`, "2013000");
  await page.fill(`#zice-excluded_industry_income-${year}`, "0");
  await next("知识产权");
  await look();
  await click(page.locator("#zice-ip [data-zice-paste]"));
  await page.locator(".zice-paste textarea").fill(RIGHTS);
  await click(page.locator(".zice-paste .zice-button:not(.zice-button-quiet)"));
  await click(page.locator("[data-zice-next]"));
  await look();
  await click(page.locator("[data-zice-usual]"));
  await click(page.locator("[data-zice-next]"));
  await page.locator(".zice-report").waitFor();
  t.diagnostic(`${clicks} clicks, ${seen.questions} questions or tables, ${seen.characters} characters; ${await page.locator(".zice-report .zice-summary").first().innerText()}`);
  assert.ok(clicks <= 16, `${clicks} clicks`);
  assert.ok(seen.questions <= 10, `${seen.questions} questions or tables`);
  assert.ok(seen.characters < 1600, `${seen.characters} characters`);
});
