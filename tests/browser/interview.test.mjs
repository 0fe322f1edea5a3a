// What helps while answering: the unit of amounts, questions about unlikely
// values, "not sure", mistakes listed together, why a question is asked,
// progress, the browser's back and forward, and a page that does not move.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assess, companySoFar, fullCompany, goToReport, goToTopic, idle, openInterview, useBrowser } from "./support.mjs";

const browser = useBrowser();
const full = await fullCompany();
const figure = async (page, fact) => (await companySoFar(page)).facts[fact]?.[2022];

test("money is typed in yuan or in ten thousands of it, and the other unit stands beside it", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { file: full });
  await goToTopic(page, 2);
  const field = page.locator("#zice-revenue-2022");
  const echo = page.locator(".zice-field", { has: field }).locator(".zice-echo");
  assert.equal(await field.inputValue(), "12300000.50");
  assert.equal(await echo.innerText(), "即 1230.00005 万元");
  await page.check("#zice-unit-10000");
  assert.equal(await field.inputValue(), "1230.00005");
  assert.equal(await page.locator(".zice-field", { has: field }).locator(".zice-unit").innerText(), "万元");
  assert.deepEqual((await companySoFar(page)).facts, full.facts, "nothing is changed by looking at it in another unit");
  await field.fill("1500.25");
  assert.equal(await figure(page, "revenue"), "15002500");
  assert.equal(await echo.innerText(), "即 15,002,500 元");
  // Head counts have no such unit, and the choice holds for all topics.
  await goToTopic(page, 1);
  assert.equal(await page.inputValue("#zice-sme_staff_total-2022"), "86.5");
  await goToTopic(page, 2);
  assert.equal(await page.isChecked("#zice-unit-10000"), true);
  await page.check("#zice-unit-1");
  assert.equal(await field.inputValue(), "15002500");
  assert.deepEqual(await goToReport(page), assess(await companySoFar(page)));
  assert.deepEqual(complaints, []);
});

test("multiples and units behind a figure are understood, and not changed under the hands", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  await goToTopic(page, 2);
  for (const [typed, yuan] of [["1.2亿", "120000000"], ["１，２３０万元", "12300000"], ["35 千元", "35000"], ["12万", "120000"], ["¥1,230.50", "1230.50"]]) {
    await page.fill("#zice-revenue-2022", typed);
    assert.equal(await page.inputValue("#zice-revenue-2022"), typed);
    assert.equal(await figure(page, "revenue"), yuan, typed);
  }
  await goToTopic(page, 1);
  await page.fill("#zice-sme_staff_total-2022", "1.2万");
  assert.equal((await companySoFar(page)).facts.sme_staff_total[2022], "12000");
});

test("what can be meant in two ways is asked, and counts only when it was answered", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  await goToTopic(page, 2);
  const field = page.locator("#zice-revenue-2022");
  const meant = page.locator("#zice-revenue .zice-meant");
  for (const [typed, offered, press, yuan] of [
    ["1,5", ["1.5 元", "15 元"], "1.5 元", "1.5"],
    ["1.234,56", ["1,234.56 元"], "1,234.56 元", "1234.56"],
  ]) {
    await field.fill(typed);
    await field.blur();
    assert.deepEqual(await meant.locator("button").allInnerTexts(), offered, typed);
    assert.equal(await figure(page, "revenue"), typed, "kept as it was typed until then");
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    await meant.getByRole("button", { name: press, exact: true }).click();
    assert.equal(await figure(page, "revenue"), yuan);
    assert.equal(await field.inputValue(), yuan);
    assert.equal(await meant.count(), 0);
    assert.equal(await field.evaluate((it) => it === document.activeElement), true, "the focus is in the field again");
  }
  // Accountants write negative amounts like this. The meaning is clear, but
  // revenue can't be negative.
  await field.fill("(1,234)");
  await field.blur();
  assert.equal(await meant.count(), 0);
  assert.equal(await figure(page, "revenue"), "-1234");
  assert.match(await page.locator("#zice-revenue-help").innerText(), /不能小于 0/);
  await field.fill("");
  await page.check("#zice-unit-10000");
  await field.fill("1230万");
  await field.blur();
  assert.deepEqual(await meant.locator("button").allInnerTexts(), ["12,300,000 元", "123,000,000,000 元"]);
  await field.fill("");
  await field.pressSequentially("abc");
  await field.blur();
  assert.equal(await meant.count(), 0, "nothing can be meant by this");
});

test("not sure is an answer of its own: it stands in the file as nothing, and what was there before comes back", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  await goToTopic(page, 1);
  await page.check("#zice-sme_staff_tech-unsure");
  assert.equal((await companySoFar(page)).facts.sme_staff_tech, null);
  assert.equal(await page.inputValue("#zice-sme_staff_tech-2022"), "");
  assert.deepEqual(await goToReport(page), assess({ ...full, facts: { ...full.facts, sme_staff_tech: null } }));
  await page.goBack();
  await goToTopic(page, 1);
  assert.equal(await page.isChecked("#zice-sme_staff_tech-unsure"), true);
  await page.uncheck("#zice-sme_staff_tech-unsure");
  assert.deepEqual((await companySoFar(page)).facts.sme_staff_tech, full.facts.sme_staff_tech);
  await page.check("#zice-sme_staff_tech-unsure");
  await page.fill("#zice-sme_staff_tech-2022", "7");
  assert.equal((await companySoFar(page)).facts.sme_staff_tech[2022], "7");
  assert.equal(await page.isChecked("#zice-sme_staff_tech-unsure"), false);
  await goToTopic(page, 0);
  await page.check("#zice-accounts_sound-answer-unknown");
  assert.equal((await companySoFar(page)).facts.accounts_sound, null);
  await page.check("#zice-accounts_sound-answer-true");
  assert.equal((await companySoFar(page)).facts.accounts_sound, true);
});

test("mistakes stop the way on once, are told together with the focus, lead to their fields, and lose nothing", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { file: full });
  await goToTopic(page, 1);
  await page.fill("#zice-sme_staff_tech-2022", "120");
  await page.locator("#zice-sme_staff_tech-2022").blur();
  // The message is beside both figures that contradict each other.
  for (const fact of ["sme_staff_tech", "sme_staff_total"]) assert.match(await page.locator(`#zice-${fact}-help`).innerText(), /科技人员数不能多于职工总数/);
  await page.click("[data-zice-next]");
  const summary = page.locator("#zice-halted");
  assert.equal(await summary.evaluate((it) => it === document.activeElement), true);
  assert.equal(await summary.getByRole("heading").innerText(), "这一步有 1 处填写有误");
  assert.deepEqual(await summary.locator("li button").allInnerTexts(), ["科技人员", "职工总数"]);
  await summary.getByRole("button", { name: "职工总数" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "zice-sme_staff_total-2022");
  const place = () => page.locator("#zice-sme_staff_total-2022").evaluate((it) => it.getBoundingClientRect().top + scrollY);
  const before = await place();
  await page.fill("#zice-sme_staff_total-2022", "400");
  assert.match(await summary.locator("li").innerText(), /^已改/);
  assert.ok(Math.abs(await place() - before) < 60, "the field keeps its place while it is mended");
  await page.click("[data-zice-next]");
  assert.equal(await page.locator("h1").innerText(), "自测报告", "with everything answered no step has anything to ask");

  await page.goBack();
  await goToTopic(page, 2);
  await page.fill("#zice-revenue-2022", "abc");
  await page.click("[data-zice-next]");
  await page.getByRole("button", { name: "先不改，继续下一步" }).click();
  assert.notEqual(await page.locator("h1").innerText(), "财务与研发");
  await page.goBack();
  assert.equal(await page.inputValue("#zice-revenue-2022"), "abc");
  assert.equal(await summary.count(), 0, "told again only when one goes on again");
  assert.deepEqual(complaints, []);
});

test("a question says for which programmes and conditions it is asked, and one that is needless why", async (t) => {
  const { sme_staff_total, sme_staff_tech, ...facts } = full.facts;
  const { page } = await openInterview(t, browser(), { file: { ...full, facts }, programmes: ["tech-sme", "hnte-zj"] });
  await goToTopic(page, 2);
  assert.equal(await page.locator("#zice-revenue .zice-asked-for p").first().innerText(), "用于：科技型中小企业评价（年销售收入、研发投入指标）；高新技术企业认定（浙江省）（研发费用占销售收入、销售收入增长率）");
  await goToTopic(page, 0);
  await page.check("#zice-resident_enterprise-answer-false");
  await goToTopic(page, 1);
  await page.locator(".zice-folded > summary").click();
  const reasons = await page.locator(".zice-folded .zice-asked-for p:nth-child(2)").allInnerTexts();
  assert.ok(reasons.length > 0 && reasons.every((reason) => /结论已经确定|相关条件已能判定/.test(reason)), reasons.join("\n"));
});

test("the steps say how many questions can still change a result, as many as are marked", async (t) => {
  const { page } = await openInterview(t, browser(), { programmes: ["tech-sme", "hnte-zj"] });
  for (const change of [async () => {}, () => page.check("#zice-resident_enterprise-answer-false"), () => page.check("#zice-resident_enterprise-answer-true")]) {
    await goToTopic(page, 0);
    await change();
    const steps = page.locator(".zice-steps button");
    for (let at = 0; at < await steps.count(); at++) {
      await goToTopic(page, at);
      const marked = await page.locator(".zice-question > legend > .zice-tag", { hasText: "影响结论" }).count();
      assert.equal(await steps.nth(at).locator(".zice-left").innerText(), marked === 0 ? "✓" : String(marked));
      assert.match(await steps.nth(at).innerText(), marked === 0 ? /这一步没有会影响结论的题了/ : new RegExp(`还有 ${marked} 题会影响结论`));
    }
  }
});

test("what decided a result is named beside it", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  const decided = page.locator(".zice-live .zice-decided");
  assert.equal(await decided.innerText(), "通过途径：综合评价");
  await page.check("#zice-resident_enterprise-answer-false");
  assert.match(await decided.innerText(), /^不符合：居民企业$/);
  await page.check("#zice-resident_enterprise-answer-unknown");
  assert.match(await decided.innerText(), /^必备条件 \d+ 项已符合，1 项待定$/);
});

test("the browser's back and forward go from screen to screen and keep the answers", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { file: full });
  const heading = () => page.locator("main h1").innerText();
  const at = page.url();
  await goToTopic(page, 1);
  await page.fill("#zice-sme_staff_total-2022", "99");
  await goToReport(page);
  assert.equal(await heading(), "自测报告");
  await page.goBack();
  await page.goBack();
  assert.equal(await heading(), "人员");
  assert.equal(await page.inputValue("#zice-sme_staff_total-2022"), "99");
  assert.equal(await page.evaluate(() => document.activeElement.hasAttribute("data-zice-heading")), true, "the heading has the focus");
  await page.goBack();
  await page.goBack();
  assert.match(await heading(), /^几分钟知道/);
  await page.goForward();
  assert.equal(await heading(), "企业概况");
  assert.equal(page.url(), at, "nothing of it stands in the address");
  assert.deepEqual(complaints, []);
});

test("leaving with answers that are not saved is asked about, and not when they are", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  const asked = [];
  page.on("dialog", (dialog) => { asked.push(dialog.type()); return dialog.accept(); });
  await page.reload();
  await page.waitForSelector("#zice-name");
  assert.deepEqual(asked, [], "a file that was only opened is where it was");
  await page.click("#zice-as_of");
  await page.fill("#zice-as_of", "2023-08-02");
  // The browser does not say whether the tab is closed, which loses them, or only
  // loads the page anew.
  await page.reload();
  assert.deepEqual(asked, ["beforeunload"]);
  assert.equal(await page.inputValue("#zice-as_of"), "2023-08-02", "nor are they lost by that");
  await page.click("#zice-as_of");
  await page.reload();
  assert.deepEqual(asked, ["beforeunload", "beforeunload"], "still in no file");
});

test("what is wrong is said when a figure is complete, not after every key", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  const field = page.locator("#zice-established_on-value");
  await field.fill("");
  const told = page.locator("#zice-established_on-help");
  for (const key of "2021-02-30") {
    await field.press(key);
    assert.equal(await told.innerText(), "");
    assert.equal(await field.getAttribute("aria-invalid"), "false");
  }
  await field.blur();
  assert.match(await told.innerText(), /不是存在的日期/);
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  await field.press("End");
  await field.press("Backspace");
  // No mistake is shown while the value is being corrected.
  await page.waitForFunction(() => document.querySelector("#zice-established_on-help").textContent === "");
});

test("a cell of a table that is wrong, or can be meant in two ways, says so when it is left", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full, programmes: ["aaa-zj"] });
  await goToTopic(page, await page.locator(".zice-steps button").count() - 1);
  await page.evaluate(() => { for (const one of document.querySelectorAll("main details")) one.open = true; });
  const cell = page.locator('[id^="zice-contract_figures-2022-income-"]').first();
  const other = page.locator('[id^="zice-contract_figures-2021-income-"]').first();
  for (const [typed, invalid, meant] of [["x", "true", 0], ["1,5", "true", 1], ["15", "false", 0]]) {
    await cell.fill(typed);
    assert.equal(await cell.getAttribute("aria-invalid"), "false");
    await other.focus();
    await page.waitForFunction(([id, invalid]) => document.getElementById(id).getAttribute("aria-invalid") === invalid, [await cell.getAttribute("id"), invalid]);
    assert.equal(await page.locator(".zice-grid .zice-meant").count(), meant, typed);
  }
});

test("what is pressed while a mistake is in a field is what is done, though the message moves it", async (t) => {
  for (const width of [1280, 320]) {
    const { page } = await openInterview(t, browser(), { file: full, context: { viewport: { width, height: 800 } } });
    await goToTopic(page, 1);
    await page.fill("#zice-sme_staff_tech-2022", "1,5");
    // Slowly, as a person presses.
    await page.click("[data-zice-next]", { delay: 300 });
    await page.locator("#zice-halted").waitFor();
    await page.fill("#zice-sme_staff_tech-2022", "x");
    await page.locator("label[for=zice-sme_staff_total-unsure]").click({ delay: 300 });
    assert.equal((await companySoFar(page)).facts.sme_staff_total, null);
    assert.match(await page.locator("#zice-sme_staff_tech-help").innerText(), /不是数字/);
  }
});

test("nothing on the page moves while figures are typed and the picture beside it changes", async (t) => {
  for (const width of [1280, 320]) {
    // Not with both programmes that ask for staff: the offer to take over the
    // other's figure appears below the field and needs space.
    const { page } = await openInterview(t, browser(), { programmes: ["tech-sme", "aaa-zj"], context: { viewport: { width, height: 900 } } });
    await page.evaluate(() => {
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifts.push({ value: entry.value, of: entry.sources.map(({ node }) => node).filter((node) => node && !(node.closest ? node : node.parentElement)?.closest(".zice-live")).map((node) => node.nodeName) });
      }).observe({ type: "layout-shift", buffered: false });
    });
    await page.fill("#zice-as_of", "2023-08-01");
    await goToTopic(page, 1);
    await idle(page);
    await page.evaluate(() => { window.shifts = []; });
    const places = () => page.locator(".zice-form input, .zice-form legend, .zice-steps button").evaluateAll((all) => all.map((it) => Math.round(it.getBoundingClientRect().top + scrollY)));
    const before = await places();
    await page.locator("#zice-sme_staff_total-2022").pressSequentially("86.5", { delay: 30 });
    await page.locator("#zice-sme_staff_tech-2022").pressSequentially("24", { delay: 30 });
    await idle(page);
    assert.deepEqual(await places(), before, `${width} px`);
    const shifts = await page.evaluate(() => window.shifts);
    assert.deepEqual(shifts.flatMap(({ of }) => of), [], `${width} px: outside the picture`);
    const sum = shifts.reduce((sum, { value }) => sum + value, 0);
    assert.ok(sum < 0.01, `${width} px: the picture itself, ${sum}`);
  }
});

test("colours and large type are set in the page, and nothing is lost or cut by it", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full, context: { viewport: { width: 320, height: 800 } } });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const size = () => page.locator(".zice-question legend").first().evaluate((it) => parseFloat(getComputedStyle(it).fontSize));
  const [light, small] = [await ground(), await size()];
  await page.locator(".zice-look > summary").click();
  await page.check("#zice-theme-dark");
  assert.notEqual(await ground(), light);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.check("#zice-theme-light");
  assert.equal(await ground(), light, "light though the browser is dark");
  await page.check("#zice-large");
  assert.ok(await size() >= small * 1.3);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
});

test("a question that can still overturn a result is not folded away as one that can't", async (t) => {
  const file = await fullCompany();
  delete file.facts.entity_kind;
  const { page } = await openInterview(t, browser(), { file });
  const verdict = () => page.locator(".zice-live [data-zice-verdict]").getAttribute("data-zice-verdict");
  assert.equal(await verdict(), "met");
  const question = page.locator("#zice-entity_kind");
  assert.equal(await question.isVisible(), true);
  assert.doesNotMatch(await question.innerText(), /不会改变/);
  await page.selectOption("#zice-entity_kind-value", "branch");
  assert.equal(await verdict(), "needs_review");
  // This contradicts the answer about taxes, so neither counts.
  await page.selectOption("#zice-entity_kind-value", "partnership");
  assert.equal(await verdict(), "undecided");
});
