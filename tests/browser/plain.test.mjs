// What the page says must not be misunderstood: an answer nobody gave, a
// mistake nobody can find, points that read like a refusal.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { backToAnswers, chooseDay, company, companySoFar, fullCompany, goToReport, goToTopic, openEntry, openFile, openInterview, openStarted, pressKeep, PROGRAMMES, shoot, start, useBrowser, pressMore } from "./support.mjs";

const browser = useBrowser();
const all = JSON.parse(await readFile(new URL("fixtures/all.json", import.meta.url), "utf8"));
const withFacts = (change) => ({ ...all, facts: { ...all.facts, ...change } });

test("with its last entry a list is unanswered, and only its own button says that there is none", async (t) => {
  const { page } = await openInterview(t, browser(), { file: { ...all, facts: {} }, programmes: ["tech-sme"] });
  const facts = async () => (await companySoFar(page)).facts;
  const press = (name) => page.locator("#zice-ip").getByRole("button", { name, exact: true }).click();
  await goToTopic(page, 3);
  await press("添加一项");
  await page.selectOption("#zice-ip-0-kind", "software");
  await press("删除第 1 项");
  assert.deepEqual(await facts(), {});
  assert.equal(await page.getByText("已填：一项也没有。").count(), 0);
  await press("撤销删除");
  assert.deepEqual(await facts(), { ip: [{ kind: "software" }] });
  await openEntry(page);
  assert.equal(await page.inputValue("#zice-ip-0-kind"), "software");
  await press("删除第 1 项");
  await press("没有，一项也没有");
  assert.deepEqual(await facts(), { ip: [] });
});

test("Enter in a field leaves neither the field nor the topic", async (t) => {
  const { page } = await openInterview(t, browser(), { file: all, programmes: ["tech-sme", "aaa-zj"] });
  for (const [topic, field] of [[0, "#zice-name"], [0, "#zice-as_of"], [2, "#zice-revenue-2022"], [3, "#zice-ip-0-kind"], [0, "#zice-resident_enterprise-answer-true"]]) {
    await goToTopic(page, topic);
    if (topic === 3) await openEntry(page);
    await page.focus(field);
    await page.keyboard.press("Enter");
    assert.equal(await page.getAttribute(".zice-steps button >> nth=" + topic, "aria-current"), "step", field);
    assert.equal(await page.evaluate(() => `#${document.activeElement.id}`), field);
  }
  await goToTopic(page, 5);
  await page.locator("details.zice-year > summary", { hasText: "2022" }).click();
  await page.focus("#zice-contract_figures-2022-income-written_count");
  await page.keyboard.press("Enter");
  assert.ok(await page.isVisible("#zice-contract_figures-2022-income-written_count"), "the year stays open");
  assert.match(await page.locator("#zice-contract_figures > legend").innerText(), /参考，不影响结论/);
});

test("the overview is readable on the narrowest page", async (t) => {
  const { page } = await openInterview(t, browser(), { file: all, programmes: PROGRAMMES, context: { viewport: { width: 320, height: 800 } } });
  await goToReport(page);
  const caption = await page.locator(".zice-verdicts caption").boundingBox();
  assert.ok(caption.width > 200 && caption.height < 60, JSON.stringify(caption));
  const empty = page.locator(".zice-verdicts td:empty");
  assert.ok(await empty.count() > 0);
  for (const cell of await empty.all()) assert.equal(await cell.isVisible(), false);
  await shoot(page, "overview-320");
});

test("language and title go together, and English has its own brackets", async (t) => {
  const { page } = await openInterview(t, browser(), { file: all, programmes: ["aaa-zj"] });
  const topics = await page.locator(".zice-steps button").count();
  assert.equal(await page.title(), `企业概况（第 1 步，共 ${topics} 步）- 申报自测`);
  await page.click(".zice-tools button[lang]");
  await page.waitForFunction(() => /^Company.* \(Step 1 of \d\) - Application self-check$/.test(document.title));
  await goToTopic(page, topics - 1);
  const table = await page.locator("#zice-contract_figures .zice-grid").first().textContent();
  assert.match(table, /amount \(yuan\)/);
  assert.doesNotMatch(table, /[（）]/);
});

test("a refused file is told in plain words, not on paper, and not on the next screen", async (t) => {
  const { page } = await openInterview(t, browser(), { file: all, programmes: ["tech-sme"] });
  const alert = page.locator(".zice [role=alert] .zice-error");
  for (const [content, words] of [
    ["年度报告", "这不是企业文件"],
    [JSON.stringify(all).slice(0, 200), "文件不完整"],
    [JSON.stringify({ ...all, schema: "zice.company/2" }), "文件版本不符"],
    [JSON.stringify({ ...all, facts: [] }), "文件内容有误"],
  ]) {
    await openFile(page, content);
    await page.locator(".zice [role=alert]", { hasText: `${words}，已填内容未改动（` }).waitFor();
  }
  await goToReport(page);
  assert.equal(await alert.count(), 0);
  await openFile(page, "{");
  await alert.waitFor();
  await page.emulateMedia({ media: "print" });
  assert.equal(await alert.isVisible(), false);
});

test("the report tells where each mistake is and leads there; what no programme asks is not told", async (t) => {
  const figures = structuredClone(all.facts.contract_figures);
  figures[2022].income.written_count = "一";
  const file = { ...withFacts({ revenue: { ...all.facts.revenue, 2022: "abc" }, contract_figures: figures, hnte_staff_total: "x" }), as_of: "2023-02-30" };
  const { page } = await openInterview(t, browser(), { file: { ...file, as_of: "2023-08-01" }, programmes: ["tech-sme", "aaa-zj"] });
  await goToReport(page);
  const lines = () => page.locator(".zice-problems li").evaluateAll((all) => all.map((it) => it.textContent));
  assert.deepEqual(await lines(), [
    "财务与研发 › 营业收入 2022 年：不是数字（只写数字和小数点）去修改",
    "合同与信用 › 合同台账数字 2022 年 收入性合同 年内新签的书面合同份数：不是数字（只写数字和小数点）去修改",
  ]);
  assert.match(await page.locator(".zice-problems .zice-error").innerText(), /^有 2 处/);
  await page.getByRole("button", { name: "去修改：营业收入" }).click();
  assert.equal(await page.inputValue("#zice-revenue-2022"), "abc");

  await goToTopic(page, 0);
  await page.fill("#zice-as_of", file.as_of);
  await page.locator("#zice-as_of").blur();
  assert.match(await page.locator("#zice-as_of-help").innerText(), /填写有误：(不是存在的日期|日期没看懂).*，已按今天计算/);
  await goToReport(page);
  assert.match((await lines())[0], /^企业概况 › 申报日期：(不是存在的日期|日期没看懂).*，已按今天计算去修改$/);
});

test("a card says that the day of application is in another year than its rules", async (t) => {
  const { page } = await openStarted(t, browser());
  for (const [as_of, other] of [["2023-08-01", false], ["2031-01-01", true], ["2019-06-01", true]]) {
    await chooseDay(page, as_of);
    for (const id of PROGRAMMES) {
      const card = await page.locator(`.zice-card[data-zice-programme="${id}"]`).innerText();
      const year = card.match(/(\d{4}) 年度规则/)[1];
      if (as_of.startsWith(year)) assert.doesNotMatch(card, /暂用/, `${id} on ${as_of}`);
      else if (other) assert.match(card, new RegExp(`暂用 ${year} 年度规则`), `${id} on ${as_of}`);
    }
  }
});

test("parts of a score are scored, and open only for want of an answer", async (t) => {
  const { page } = await openInterview(t, browser(), { file: all, programmes: ["hnte-zj"] });
  const word = async (id) => (await page.locator(`[data-zice-criterion="${id}"] .zice-state`).textContent()).trim();
  await goToReport(page);
  assert.equal(await word("ip_count"), "得分", "no points");
  assert.equal(await word("ip_standards"), "得分", "no points either");
  assert.equal(await word("ip_support"), "得分区间", "experts grade within a band");
  assert.equal(await word("score"), "得分区间", "everything is answered");
  const drawn = await page.locator('[data-zice-criterion="ip_count"] .zice-state').evaluate((it) => getComputedStyle(it, "::before").content);
  assert.doesNotMatch(drawn, /✕/);
  const { 2022: _, ...rest } = all.facts.revenue;
  await openFile(page, withFacts({ revenue: rest }));
  await page.waitForFunction(() => document.querySelector('[data-zice-criterion="growth_revenue"] .zice-state').textContent.includes("待填"));
  assert.equal(await word("score"), "待填");
});

test("an entry that does not count is no refusal, and hints that are there come first", async (t) => {
  const { page } = await openInterview(t, browser(), { file: withFacts({ revenue: null }), programmes: ["tech-sme", "adjacent"] });
  await goToReport(page);
  const crossed = await page.locator('[data-zice-item][data-zice-status="does_not_count"] .zice-is-not-met').count();
  assert.equal(crossed, 0);
  const hints = await page.locator('.zice-programme[data-zice-programme="adjacent"] [data-zice-criterion]').evaluateAll((all) => all.map((it) => it.dataset.ziceStatus === "met"));
  assert.ok(hints.includes(true) && hints.includes(false), String(hints));
  assert.deepEqual(hints, [...hints].sort((a, b) => Number(b) - Number(a)));
  assert.equal(await page.getByRole("heading", { name: "还缺数据" }).count(), 1);
});

test("a mistake is not offered to the other programme", async (t) => {
  const { page } = await openInterview(t, browser(), { file: { ...all, facts: {} }, programmes: ["hnte-zj", "tech-sme"] });
  await goToTopic(page, 1);
  const offered = page.locator("#zice-hnte_staff_total .zice-twin button");
  await page.fill("#zice-sme_staff_total-2022", "86或88");
  assert.equal(await offered.count(), 0);
  await page.fill("#zice-sme_staff_total-2022", "86");
  assert.equal(await offered.count(), 1);
});

test("what was entered reads like figures: money in groups with its unit, contracts by year and side, nothing empty", async (t) => {
  const file = withFacts({
    revenue: { 2022: "64300000.50", 2021: { min: "1000", max: "52000000" } },
    contract_figures: { 2022: { income: { written_count: "12", written_amount: "1234567" }, expense: {} } },
    ip: [{}, { kind: "software" }],
    materials: [{}],
  });
  const { page } = await openInterview(t, browser(), { file, programmes: PROGRAMMES });
  await goToReport(page);
  const told = await page.locator(".zice-answers").evaluate((list) => Object.fromEntries([...list.querySelectorAll("dt")].map((it) => [it.textContent, it.nextElementSibling.textContent])));
  assert.equal(told["营业收入"], "2021 年：1,000 – 52,000,000 元；2022 年：64,300,000.50 元");
  assert.equal(told["合同台账数字"], "2022 年 收入性合同：年内新签的书面合同份数：12，年内新签的书面合同金额：1,234,567 元");
  assert.equal(told["知识产权"], "第 2 项 软件著作权（Ⅱ类）");
  assert.ok(!Object.values(told).includes(""));
  await backToAnswers(page);
  assert.deepEqual((await companySoFar(page)).facts.ip, [{}, { kind: "software" }]);
});

test("the title of the page follows the screen, also after it was started again, unless somebody has given it another", async (t) => {
  const { page } = await openStarted(t, browser());
  const title = (wanted) => page.waitForFunction((wanted) => document.title === wanted, wanted);
  await title("Zice 申报自测");
  await start(page, ["tech-sme"]);
  await title("企业概况（第 1 步，共 6 步）- 申报自测");
  await goToTopic(page, 2);
  await title("财务与研发（第 3 步，共 6 步）- 申报自测");
  await goToReport(page);
  await title("自测报告 - 申报自测");
  await pressMore(page, "并排比较");
  await title("并排比较 - 申报自测");
  await page.goBack();
  await title("自测报告 - 申报自测");
  // The error that a browser reports when the wasm traps.
  await page.evaluate(() => {
    const stack = `RuntimeError: unreachable\n at wasm-function[1] ${document.querySelector("script[src]").src}`;
    window.dispatchEvent(new ErrorEvent("error", { error: Object.assign(new WebAssembly.RuntimeError("unreachable"), { stack }) }));
  });
  await page.getByRole("button", { name: "Start again" }).click();
  await title("Zice 申报自测");
  await page.evaluate(() => { document.title = "某某局"; });
  await page.click(".zice-begin .zice-button");
  await page.waitForSelector("#zice-name");
  assert.equal(await page.title(), "某某局");
});

test("what is refused without a reason to name has no empty brackets", async (t) => {
  const { page } = await openStarted(t, browser(), { prepare: (page) => page.addInitScript(() => { Storage.prototype.setItem = () => { throw new Error("full"); }; }) });
  const refused = page.locator(".zice [role=alert] .zice-error");
  await pressKeep(page);
  await refused.waitFor();
  assert.doesNotMatch(await refused.innerText(), /（|）/);
  for (const content of ["", " ", "年度报告", "[]", "{", '{"schema":1}', "<p>"]) {
    await openFile(page, content);
    await page.locator(".zice [role=alert]", { hasText: /文件/ }).waitFor();
    assert.doesNotMatch(await refused.innerText(), /（\s*）/, content);
  }
});

test("in English one question is one question, everywhere", async (t) => {
  const { page } = await openInterview(t, browser(), { file: all, programmes: PROGRAMMES });
  await page.click(".zice-tools button[lang]");
  const wrong = /\b(?:1 (?:questions|entries|rows|cells|columns|figures|points|minutes|conditions)|0 questions can)\b/;
  const topics = await page.locator(".zice-steps button").count();
  for (let topic = 0; topic < topics; topic++) {
    await goToTopic(page, topic);
    assert.doesNotMatch(await page.locator(".zice").textContent(), wrong, `topic ${topic}`);
  }
  const one = company({ ...(await fullCompany()).facts, sme_staff_tech: undefined });
  await openFile(page, one, "one.json");
  await page.locator(".zice-message", { hasText: "one.json" }).waitFor();
  await goToTopic(page, 1);
  assert.doesNotMatch(await page.locator(".zice").textContent(), wrong);
  await goToReport(page);
  assert.doesNotMatch(await page.locator(".zice-report").textContent(), wrong);
});
