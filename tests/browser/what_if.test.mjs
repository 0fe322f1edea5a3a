// What if: a figure tried otherwise moves the result and nothing else; scenarios are kept
// in the file, compared, taken over and taken back.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { assertNoSidewaysScrolling, companySoFar, goToReport, openFile, openStarted, savedCompany, shoot, start, useBrowser } from "./support.mjs";

const browser = useBrowser();
const file = (name) => readFile(new URL(`../companies/${name}.zice.json`, import.meta.url), "utf8");

/** The report of a company, with the what-if open. */
async function opened(t, { name = "just-short-2025", programmes = ["tech-sme"], ...options } = {}) {
  const { page } = await openStarted(t, browser(), options);
  await openFile(page, await file(name));
  await start(page, programmes);
  await goToReport(page);
  await page.locator(".zice-what-if").getByRole("button", { name: "试算" }).click();
  return page;
}

const result = (page, at = 0) => page.locator(".zice-result-now").nth(at).innerText();
const press = (page, name) => page.locator(".zice-what-if").getByRole("button", { name }).click();

test("one fen more of R&D passes: by the threshold, by typing, by the slider's keys, with the costs that move along", async (t) => {
  const page = await opened(t);
  const before = await companySoFar(page);
  assert.equal(await page.locator("#zice-what-if-which option:checked").innerText(), "2024 研发费用", "it opens at what the advice moves");
  assert.match(await result(page), /不符合条件/);
  await press(page, "升到下一个分界");
  assert.match(await result(page), /^符合条件\s+原来：不符合条件 58 分/);
  assert.equal(await page.locator("#zice-what-if").inputValue(), "1824148");
  assert.match(await page.locator(".zice-what-if").innerText(), /成本费用支出：35,655,399.64 元 → 35,655,399.65 元/);

  await page.fill("#zice-what-if", "182.41万");
  assert.match(await result(page), /^不符合条件/);
  await page.fill("#zice-what-if", "1824148.00");
  assert.match(await result(page), /^符合条件/);
  assert.equal(await page.locator("#zice-what-if").inputValue(), "1824148.00", "what is typed is left as it is");

  const slider = page.locator(".zice-slider");
  await slider.focus();
  await page.keyboard.press("PageUp");
  assert.match(await slider.getAttribute("aria-valuetext"), /2,188,977\.6 元；科技型中小企业评价：符合条件，78 分/);
  await page.keyboard.press("PageDown");
  await page.keyboard.press("PageDown");
  assert.match(await slider.getAttribute("aria-valuetext"), /不符合条件，58 分/);
  await page.keyboard.press("Home");
  // The last whole step above nothing. So little is doubted, and the result says so.
  assert.match(await slider.getAttribute("aria-valuetext"), /^4,147\.99 元；科技型中小企业评价：待核对（不符合条件），28 分/);

  const rows = page.locator(".zice-stairs tbody tr");
  await page.locator(".zice-stairs summary").click();
  assert.deepEqual(await rows.locator("td:last-child").allInnerTexts(), ["28 分", "38 分", "48 分", "58 分", "68 分", "78 分"]);
  assert.match(await page.locator('.zice-stairs tr[aria-current="true"]').innerText(), /28 分/);
  assert.deepEqual(await companySoFar(page), before, "a trial changes no answer");
  await press(page, "全部恢复");
  assert.match(await result(page), /58 分/);
});

test("what does not fit the other answers is said and not tried", async (t) => {
  const page = await opened(t);
  await page.selectOption("#zice-what-if-which", { label: "2024 职工总数" });
  await page.fill("#zice-what-if", "15");
  assert.match(await page.locator(".zice-what-if .zice-error").innerText(), /范围是 15\.5 人–/);
  assert.match(await result(page), /58 分/);
  await page.fill("#zice-what-if", "51");
  assert.equal(await page.locator(".zice-what-if .zice-error").count(), 0);
  assert.match(await result(page), /符合条件/);
});

test("scenarios are named, kept in the file, compared, taken over and taken back", async (t) => {
  const page = await opened(t);
  await press(page, "升到下一个分界");
  await page.fill("#zice-what-if-name", `<b>再投</b> ""`);
  await press(page, "存为方案");
  await page.selectOption("#zice-what-if-which", { label: "2024 科技人员" });
  await page.fill("#zice-what-if", "20");
  await press(page, "存为方案");
  const table = page.locator(".zice-scenarios table");
  assert.deepEqual(await table.locator("thead th").allInnerTexts(), ["", "现在填的", `<b>再投</b> ""`, "方案 A"]);
  assert.match(await table.locator("tbody tr").first().innerText(), /不符合条件\s+58 分\s+符合条件\s+68 分\s+符合条件\s+\d+ 分/);
  await shoot(page, "what-if");
  const saved = await savedCompany(page);
  assert.equal(saved.scenarios.length, 2);
  assert.deepEqual(saved.scenarios[0].facts.rd_expense_deduct, { 2024: "1824148" });

  await table.getByRole("button", { name: /^采用/ }).first().click();
  await page.waitForFunction(() => document.querySelector('.zice-report [data-zice-verdict]').dataset.ziceVerdict === "met");
  assert.equal((await companySoFar(page)).facts.rd_expense_deduct[2024], "1824148");
  await page.locator(".zice-message").getByRole("button").click();
  await page.waitForFunction(() => document.querySelector('.zice-report [data-zice-verdict]').dataset.ziceVerdict === "not_met");
  assert.equal((await companySoFar(page)).facts.rd_expense_deduct[2024], "1824147.99");
  await table.getByRole("button", { name: /^删除方案/ }).first().click();
  assert.deepEqual(await table.locator("thead th").allInnerTexts(), ["", "现在填的", "方案 A"]);
});

test("several programmes move together, and nothing runs over the edge of a small screen", async (t) => {
  const page = await opened(t, { programmes: ["tech-sme", "hnte-zj"], context: { viewport: { width: 320, height: 568 } } });
  assert.equal(await page.locator(".zice-result-now").count(), 2);
  await press(page, "升到下一个分界");
  await press(page, "存为方案");
  await assertNoSidewaysScrolling(page, "what if");
  for (const part of await page.locator(".zice-what-if input, .zice-what-if select, .zice-what-if button").all()) {
    const box = await part.boundingBox();
    if (box) assert.ok(box.height >= 43.5, await part.evaluate((it) => it.outerHTML));
  }
});
