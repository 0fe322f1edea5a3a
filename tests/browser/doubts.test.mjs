// Figures that are possible but unlikely: the page asks about them once, offers
// a change, and is not green until somebody has decided. And years: a figure
// stays in its year when the day of application changes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assess, companySoFar, fullCompany, goToReport, goToTopic, openFile, openInterview, savedText, useBrowser, pressMore } from "./support.mjs";

const browser = useBrowser();
const full = await fullCompany();
// Everything needed to pass, so that only the doubt keeps it from being green.
const passing = { ...full, facts: {
  ...full.facts, sme_staff_total: { 2022: "86" }, sme_staff_tech: { 2022: "26" },
  revenue: { 2022: "38650000" }, cost_total: { 2022: "36100000" }, total_assets: { 2022: "29500000" },
  rd_expense_deduct: { 2022: "2400000" }, excluded_industry_base: { 2022: "38650000" },
  ip: [{ kind: "invention", granted_on: "2021-05-01", status: "granted", owner: "company", obtained_by: "own", disputed: false, main_product: true }],
  ip_complete: true,
} };
const doubt = (page) => page.locator(".zice-question .zice-doubt");
const verdict = (page, where = ".zice-live") => page.locator(`${where} .zice-verdict`).first();
const leave = (page) => page.evaluate(() => document.activeElement.blur());

test("revenue typed in yuan for ten thousands is asked about once, nothing is green meanwhile, and the change is one press", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { file: passing });
  assert.equal(await verdict(page).innerText(), "符合条件");
  await goToTopic(page, 2);
  assert.equal(await doubt(page).count(), 0);
  await page.fill("#zice-revenue-2022", "3865");
  await leave(page);
  // Several rules doubt the figure; one change settles all of them.
  assert.equal(await doubt(page).count(), 1);
  assert.match(await doubt(page).innerText(), /请核对单位：2022 年研发费用.*填的是 2,400,000 元，超过同年销售收入 3,865 元/);
  assert.deepEqual(await doubt(page).getByRole("button").allInnerTexts(), ["改为 3,865 万元", "没有填错"]);
  assert.match(await verdict(page).innerText(), /^待核对/);
  assert.match(await verdict(page).getAttribute("class"), /zice-is-review/);
  assert.match(await page.locator(".zice-live").innerText(), /待核对：综合得分/);
  // The figures still count as given: the verdict is "met".
  assert.equal(await verdict(page).getAttribute("data-zice-verdict"), "met");

  const report = await goToReport(page);
  assert.equal(report.verdict, "met", "the report's own verdict is what the figures give");
  assert.deepEqual(report, assess(await companySoFar(page)));
  assert.equal(report.doubts[0].suggest.to, "38650000");
  const green = () => page.locator(".zice-report .zice-is-met").evaluateAll((all) => all.map((it) => it.closest("[data-zice-criterion]")?.dataset.ziceCriterion ?? (it.closest("td")?.textContent === "计入" ? "a right that counts" : "verdict")));
  assert.ok((await green()).includes("conduct"), "what does not rest on it stays as it is");
  for (const rests of ["verdict", "size_revenue", "rd_intensity", "score"]) assert.ok(!(await green()).includes(rests), rests);
  assert.match(await page.locator('[data-zice-criterion="rd_intensity"] .zice-state').textContent(), /待核对/);
  assert.match(await page.locator(".zice-report .zice-doubt").innerText(), /超过同年销售收入 3,865 元/);
  // The same on paper and in the saved page.
  await page.emulateMedia({ media: "print" });
  assert.match(await verdict(page, ".zice-report").innerText(), /^待核对/);
  await page.emulateMedia({ media: "screen" });
  const saved = await savedText(page, () => pressMore(page, "保存报告（HTML）"));
  assert.match(saved, /待核对/);
  assert.ok(!/zice-verdict zice-is-met/.test(saved));

  // Back through the report's own link, then changed with one press.
  await page.getByRole("button", { name: "去核对" }).first().click();
  await doubt(page).getByRole("button", { name: "改为 3,865 万元" }).click();
  assert.equal(await page.inputValue("#zice-revenue-2022"), "38,650,000".replaceAll(",", ""));
  assert.equal((await companySoFar(page)).facts.revenue[2022], "38650000");
  assert.equal(await doubt(page).count(), 0);
  assert.equal(await verdict(page).innerText(), "符合条件");
  assert.deepEqual(complaints, []);
});

test("a figure that is right stays: the doubt goes, is kept answered in the file, and comes back when the figure changes", async (t) => {
  const { page } = await openInterview(t, browser(), { file: passing });
  await goToTopic(page, 2);
  await page.fill("#zice-revenue-2022", "3865");
  await leave(page);
  await doubt(page).getByRole("button", { name: "没有填错" }).click();
  assert.equal(await doubt(page).count(), 0);
  assert.equal(await verdict(page).innerText(), "符合条件");
  const file = await companySoFar(page);
  assert.ok(file.confirmed.rd_above_revenue[2022], JSON.stringify(file.confirmed));
  // Opened again it is still settled, and the command accepts the file
  // unchanged.
  await openFile(page, file);
  await goToTopic(page, 2);
  assert.equal(await doubt(page).count(), 0);
  assess(file);
  await page.fill("#zice-revenue-2022", "3866");
  await leave(page);
  assert.equal(await doubt(page).count(), 1);
  assert.match(await verdict(page).innerText(), /^待核对/);
});

test("a company founded after the day of application, or only this year, is asked about", async (t) => {
  const { page } = await openInterview(t, browser(), { file: passing });
  for (const [typed, said] of [["2028-01-01", /晚于申报日期/], ["2023-03-18", /今年才成立的吗/]]) {
    await page.fill("#zice-established_on-value", typed);
    await leave(page);
    assert.match(await doubt(page).innerText(), said);
    assert.doesNotMatch(await verdict(page).getAttribute("class"), /zice-is-met/);
  }
  await page.fill("#zice-established_on-value", "2016-03-18");
  await leave(page);
  assert.equal(await doubt(page).count(), 0);
});

test("another day of application keeps every figure in its year, names those that take no part, and carries them over only as estimates", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { file: passing });
  const before = await companySoFar(page);
  await page.fill("#zice-as_of", "2024-06-01");
  await leave(page);
  const moved = page.locator("#zice-moved");
  const notice = await moved.innerText();
  assert.match(notice, /上年度变成 2023 年/);
  assert.match(notice, /8 个数已保留、不参与计算：.*职工总数.*（2022）.*营业收入（2022）/);
  assert.deepEqual((await companySoFar(page)).facts, before.facts, "nothing is lost");
  assert.equal(await verdict(page).getAttribute("data-zice-verdict"), "undecided");
  await goToTopic(page, 1);
  assert.equal(await page.inputValue("#zice-sme_staff_total-2023"), "", "nobody is employed in a year that was not asked");
  // A figure that takes no part is not shown as if it did.
  await goToReport(page);
  const folds = page.locator(".zice-report > div > details.zice-part");
  for (const fold of await folds.all()) await fold.evaluate((it) => { it.open = true; });
  assert.doesNotMatch(await folds.nth(0).innerText(), /2022/);
  assert.match(await folds.nth(1).innerText(), /没有参与计算的内容[\s\S]*2022 年：38,650,000 元/);
  await page.goBack();

  await goToTopic(page, 2);
  await moved.getByRole("button", { name: /带入作估计/ }).click();
  const carried = (await companySoFar(page)).facts;
  assert.deepEqual(carried.revenue, { 2022: "38650000", 2023: { min: "38650000", max: "38650000" } });
  assert.deepEqual(carried.sme_staff_total, { 2022: "86", 2023: { min: "86", max: "86" } });
  // The verdict says what it rests on, and is not green.
  assert.match(await verdict(page).innerText(), /^按估计/);
  assert.doesNotMatch(await verdict(page).getAttribute("class"), /zice-is-met/);
  await moved.getByRole("button", { name: "撤销带入" }).click();
  assert.deepEqual((await companySoFar(page)).facts, before.facts);
  await goToTopic(page, 0);
  await page.fill("#zice-as_of", before.as_of);
  await leave(page);
  assert.equal(await moved.count(), 0);
  assert.deepEqual(await companySoFar(page), before);
  assert.equal(await verdict(page).innerText(), "符合条件");
  assert.deepEqual(complaints, []);
});

test("a head count without a year stays in the year of the file it came with", async (t) => {
  const bare = { ...passing, facts: { ...passing.facts, sme_staff_total: "86", sme_staff_tech: { min: 24, max: "26" } } };
  const { page } = await openInterview(t, browser(), { file: bare });
  assert.deepEqual((await companySoFar(page)).facts.sme_staff_total, { 2022: "86" });
  await page.fill("#zice-as_of", "2025-06-01");
  await leave(page);
  assert.deepEqual((await companySoFar(page)).facts.sme_staff_tech, { 2022: { min: 24, max: "26" } });
  assert.equal((await goToReport(page)).verdict, assess(await companySoFar(page)).verdict);
});
