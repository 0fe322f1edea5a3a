// What one can do with the report: every number leads to its calculation,
// documents are ticked off, and dates and the report itself become files.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { PROGRAMMES, assertNoSidewaysScrolling, assess, backToAnswers, companySoFar, fullCompany, goToReport, goToTopic, heard, openFile, openInterview, savedText, shoot, useBrowser, pressMore, unfold } from "./support.mjs";

const browser = useBrowser();
const all = JSON.parse(await readFile(new URL("fixtures/all.json", import.meta.url), "utf8"));
const full = await fullCompany();
const empty = { ...all, as_of: "2026-08-01", facts: {} };
const bare = (text) => text.replace(/\s/g, "");

/** Opens a company and shows its report. */
async function openReport(t, file, programmes, options) {
  const opened = await openInterview(t, browser(), { file, programmes, ...options });
  return { ...opened, report: await goToReport(opened.page) };
}

for (const [name, file] of [["filled", all], ["empty", empty]]) {
  test(`every number of verdicts, ladder and what is missing opens its own calculation, by keyboard alone, ${name}`, async (t) => {
    const { page, complaints } = await openReport(t, file, PROGRAMMES);
    const address = page.url();
    const outside = await page.evaluate(() => {
      const found = [];
      for (const part of document.querySelectorAll(".zice-verdicts tbody, .zice-summary, .zice-missing")) {
        const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const { data, parentElement } = walker.currentNode;
          if (/\d/.test(data) && !parentElement.closest("[data-zice-show], .zice-window")) found.push(data);
        }
      }
      return found;
    });
    // Hints are not figures with a calculation; each is listed below.
    assert.deepEqual(outside.filter((text) => !/条可以留意/.test(text)), []);
    const buttons = page.locator("[data-zice-show]:not(details *)");
    const count = await buttons.count();
    assert.ok(count > 15, `${count} numbers`);
    for (let at = 0; at < count; at++) {
      await unfold(page, "none");
      const button = buttons.nth(at);
      const target = await button.getAttribute("data-zice-show");
      await button.focus();
      await page.keyboard.press("Enter");
      const now = await page.evaluate((id) => {
        const target = document.getElementById(id);
        const place = target.localName === "details" ? target.querySelector("summary") : target;
        const { top } = place.getBoundingClientRect();
        return { focused: document.activeElement === place, open: target.localName !== "details" || target.open, seen: top >= -1 && top < innerHeight };
      }, target);
      assert.deepEqual(now, { focused: true, open: true, seen: true }, target);
    }
    assert.equal(page.url(), address, "the host's address stays as it is");
    assert.deepEqual(complaints, []);
  });
}

test("a number leads to the calculation of its own criterion, and a total to each of its parts", async (t) => {
  const { page, report } = await openReport(t, full, ["tech-sme"]);
  const opened = () => page.locator(".zice-criterion[open]").evaluateAll((all) => all.map((it) => it.dataset.ziceCriterion));
  await page.click(".zice-summary [data-zice-show]:has(svg)");
  assert.deepEqual(await opened(), ["score"]);
  const total = page.locator(".zice-criterion[open]");
  const score = report.criteria.find((one) => one.id === "score");
  assert.ok(bare(await total.innerText()).includes(bare(score.explain)));
  await total.getByRole("button", { name: "研发投入指标" }).click();
  assert.deepEqual(await opened(), ["rd_intensity", "score"]);
  const part = page.locator("[data-zice-criterion=rd_intensity]");
  const text = await part.innerText();
  const one = report.criteria.find((it) => it.id === "rd_intensity");
  assert.ok(bare(text).includes(bare(one.explain)) && bare(text).includes(bare(one.rule)));
  // Every band of the policy in words. The calculation says where the company
  // is.
  assert.match(text, /≥ 2% → 10 分；≥ 3% → 20 分；≥ 4% → 30 分；≥ 5% → 40 分；≥ 6% → 50 分/);
  assert.match(text, /证明材料：.+A107012/);
  assert.match(text, /国科发政〔2017〕115号 第.+条.*（.+）/);
  assert.equal(await part.locator("summary").evaluate((it) => document.activeElement === it), true);
});

/** What a programme's section of advice shows, folded parts included. */
const advised = (page, id = "tech-sme") => page.locator(`[data-zice-programme=${id}] .zice-advice`).evaluate((it) => ({ title: it.parentNode.querySelector("h3").textContent, text: it.textContent }));
const companyOf = (name) => readFileSync(new URL(`../companies/${name}.zice.json`, import.meta.url), "utf8");

for (const lang of ["zh", "en"]) {
  test(`who does not pass reads how to pass, who passes how firm that is, as the report's JSON has it: ${lang}`, async (t) => {
    const short = companyOf("just-short-2025");
    const { page } = await openReport(t, short, ["tech-sme"]);
    if (lang === "en") await page.click(".zice-tools button[lang]");
    const how = await advised(page);
    assert.equal(how.title, lang === "zh" ? "怎样能过" : "How to pass");
    const { advice, no_advice, near } = assess(short, lang);
    assert.ok(advice.length > 3 && !no_advice);
    for (const { text, caution, levers } of advice) {
      assert.ok(how.text.includes(text) && how.text.split(caution).length === 2, text);
      for (const { proof, by } of levers) assert.ok(how.text.includes(proof) && how.text.includes(by), proof);
    }
    for (const { text } of near) assert.ok(how.text.includes(text), text);
    const tight = companyOf("on-the-line-2024");
    const passes = await openReport(t, tight, ["tech-sme"]);
    if (lang === "en") await passes.page.click(".zice-tools button[lang]");
    const firm = await advised(passes.page);
    assert.equal(firm.title, lang === "zh" ? "有多稳" : "How firm it is");
    const report = assess(tight, lang);
    assert.deepEqual([report.verdict, report.tolerance], ["met", "0"]);
    for (const { text } of report.margins) assert.ok(firm.text.includes(text), text);
    // A right on which it stands is named, not numbered.
    const [[place]] = report.breaking;
    const [, at] = /^ip\[(\d+)\]$/.exec(place);
    assert.ok(firm.text.includes(report.items.find(({ fact, index }) => fact === "ip" && index === Number(at)).name), place);
  });
}

test("while a figure is in doubt the page says neither how to pass nor how firm it is, and answering the doubt brings both", async (t) => {
  for (const name of ["just-short-2025", "on-the-line-2024"]) {
    const file = JSON.parse(companyOf(name));
    // Beside this revenue, assets of 9 yuan are hardly meant.
    const [year] = Object.keys(file.facts.revenue).sort().slice(-1);
    file.facts.total_assets = { ...file.facts.total_assets, [year]: "9" };
    const { page } = await openReport(t, JSON.stringify(file), ["tech-sme"]);
    const report = assess(file);
    assert.ok(report.doubts.length, name);
    const doubted = await advised(page);
    if (report.verdict === "met") assert.match(doubted.text, /^先核对有疑问的数据/);
    else assert.deepEqual(report.no_advice.map(({ because }) => because), ["doubts", "doubts"]);
    for (const { text } of report.no_advice || []) assert.ok(doubted.text.includes(text), text);
    for (const { text } of report.margins) assert.ok(!doubted.text.includes(text), text);
    // Each doubt is answered at its question.
    while (await page.getByRole("button", { name: "去核对" }).count()) {
      await page.getByRole("button", { name: "去核对" }).first().click();
      await page.getByRole("button", { name: "没有填错" }).first().click();
      await goToReport(page);
    }
    const answered = assess(await companySoFar(page));
    assert.ok(!(answered.no_advice || []).some(({ because }) => because === "doubts"));
    const then = await advised(page);
    for (const { text } of [...answered.advice, ...answered.no_advice || []]) assert.ok(then.text.includes(text), text);
    assert.doesNotMatch(then.text, /先核对有疑问的数据/);
  }
});

test("everything unfolds and folds at once, and nothing scrolls sideways however narrow the window", async (t) => {
  for (const [name, file] of [["filled", all], ["empty", empty]]) {
    const { page } = await openReport(t, file, PROGRAMMES);
    for (const width of [320, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await unfold(page, "none");
      assert.equal(await page.locator(".zice-report details[open]").count(), 0);
      await assertNoSidewaysScrolling(page, `${name}, folded, ${width} px`);
      await shoot(page, `report-${name}-folded-${width}`);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      if (width === 320) assert.ok(height < 12000, `${name}: ${height} px`);
      await unfold(page);
      assert.equal(await page.locator(".zice-report details:not([open])").count(), 0);
      await assertNoSidewaysScrolling(page, `${name}, unfolded, ${width} px`);
      await shoot(page, `report-${name}-unfolded-${width}`);
    }
  }
});

test("what comes first is the verdict, how to pass, what is missing, papers and dates; cautions and the criteria come after", async (t) => {
  // The dates of that year are not settled.
  const { page, report } = await openReport(t, { ...empty, as_of: "2024-08-01" }, ["hnte-zj"]);
  const order = await page.locator(".zice-programme :is(.zice-verdict, .zice-ladder, h3)").evaluateAll((all) => all.map((it) => it.textContent.trim() && it.localName === "h3" ? it.textContent : it.getAttribute("class")));
  assert.deepEqual(order.slice(0, 2).map((it) => it.split(" ")[0]), ["zice-verdict", "zice-ladder"]);
  assert.deepEqual(order.slice(2, 7).map((it) => it.replace(/（已备.*/, "")), ["怎样能过", "改一个数看看", "还缺什么", "要准备的材料", "时间安排"]);
  assert.deepEqual(order.slice(7, 9), [`请注意（${report.warnings.length} 条）`, "逐条核对"]);
  // The answer, then what can be done with it.
  const places = await page.evaluate(() => [".zice-summary", "[data-zice-do=print]", ".zice-advice"].map((it) => document.querySelector(it).getBoundingClientRect().top));
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
  const cautions = await page.locator(".zice-part", { hasText: "请注意" }).textContent();
  assert.equal(cautions.match(/没有查到/g).length, 1, "said once that dates were not found");
});

test("the pass mark stands where the clause puts it, and says so where it is not enough itself", async (t) => {
  for (const [programme, at, words] of [["hnte-zj", 70, "高于 70 分"], ["tech-sme", 60, "60 分"]]) {
    const { page } = await openReport(t, all, [programme]);
    const { x, label, texts } = await page.locator(".zice-summary svg.zice-ladder").evaluate((svg) => {
      const number = (text) => Number([...svg.querySelectorAll("text")].find((it) => it.textContent === text).getAttribute("x"));
      const mark = Number(svg.querySelector(".zice-ladder-mark").getAttribute("d").match(/M(\d+)/)[1]);
      return { x: (mark - number("0")) / (number("100") - number("0")), label: svg.getAttribute("aria-label"), texts: svg.textContent };
    });
    assert.ok(Math.abs(x * 100 - at) < 0.5, `${programme}: drawn at ${x}`);
    assert.ok(label.endsWith(`合格线 ${words}`), label);
    assert.ok(texts.includes(`合格线 ${words}`), texts);
    assert.ok((await page.locator(".zice-summary").innerText()).includes(`合格线 ${words}`));
  }
});

test("a turnover is a number of times", async (t) => {
  const figures = (balance) => ({ income: { year_end_balance: balance } });
  const facts = { revenue: { 2022: "11000000" }, contract_figures: { 2022: figures("6000000"), 2021: figures("4000000") } };
  const { page } = await openReport(t, { ...all, facts }, ["aaa-zj"]);
  await unfold(page);
  assert.match(await page.locator("[data-zice-indicator=receivables_turnover]").innerText(), /= 2\.20 次/);
});

test("ticks of papers are kept in the company file, through saving, opening and another edition", async (t) => {
  const { page, report, complaints } = await openReport(t, full, ["tech-sme"]);
  const papers = report.documents.map((one) => `tech-sme:${one.id}`);
  const boxes = page.locator(".zice-papers input");
  assert.equal(await boxes.count(), papers.length);
  const line = () => page.locator("summary", { hasText: "要准备的材料" }).innerText();
  assert.match(await line(), new RegExp(`已备 0 / ${papers.length} 份`));
  const events = (await heard(page, "zice:report")).length;
  for (const at of [2, 0]) await boxes.nth(at).check();
  assert.match(await line(), new RegExp(`已备 2 / ${papers.length} 份`));
  const file = await companySoFar(page);
  assert.deepEqual(file, { ...full, papers: [papers[0], papers[2]].sort() });
  assert.equal((await heard(page, "zice:report")).length, events, "a tick changes no report");
  assert.deepEqual(assess(file), report, "nor does the command line look at it");

  await openFile(page, full);
  await page.waitForFunction(() => document.querySelectorAll(".zice-papers :checked").length === 0);
  await openFile(page, file);
  await page.waitForFunction(() => document.querySelectorAll(".zice-papers :checked").length === 2);
  await backToAnswers(page);
  await page.fill("#zice-as_of", "2025-08-01");
  await goToReport(page);
  assert.deepEqual(await page.locator(".zice-papers :checked").evaluateAll((all) => all.map((it) => it.dataset.zicePaper)), [papers[0], papers[2]]);
  // Papers are folded where the company does not pass.
  await page.evaluate(() => { document.querySelector(".zice-papers").closest("details").open = true; });
  for (const at of [papers[0], papers[2]]) await page.uncheck(`[data-zice-paper="${at}"]`);
  assert.deepEqual(await companySoFar(page), { ...full, as_of: "2025-08-01" }, "without a tick there is no member");
  assert.deepEqual(complaints, []);
});

test("ticks that are none break nothing and stay until somebody ticks", async (t) => {
  for (const papers of [5, "tech-sme:application_form", { a: 1 }, [1, null, ["x"], "elsewhere:x"], [], null]) {
    const file = { ...full, papers };
    const { page, report, complaints } = await openReport(t, file, ["tech-sme"]);
    assert.equal(await page.locator(".zice-papers :checked").count(), 0);
    assert.deepEqual(report, assess(full), "not even a warning");
    assert.deepEqual(assess(file), report);
    assert.deepEqual(await companySoFar(page), file);
    await page.locator(".zice-papers input").first().check();
    const kept = Array.isArray(papers) ? papers : [];
    const now = (await companySoFar(page)).papers;
    assert.deepEqual(now.filter((one) => !String(one).startsWith("tech-sme:")), kept);
    assert.equal(now.length, kept.length + 1);
    assert.deepEqual(complaints, []);
  }
});

/** The properties of each event by RFC 5545, unfolded and unescaped. */
function events(text) {
  assert.ok(text.endsWith("\r\n") && !/[^\r]\n|\r[^\n]/.test(text), "lines end with CR LF");
  for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, `too long: ${line}`);
  const lines = text.replace(/\r\n /g, "").trimEnd().split("\r\n");
  assert.deepEqual([lines[0], lines.at(-1)], ["BEGIN:VCALENDAR", "END:VCALENDAR"]);
  for (const needed of ["VERSION:2.0", "PRODID:-//Zice//Zice//ZH"]) assert.ok(lines.includes(needed));
  const found = [], open = [];
  for (const line of lines) {
    const [, name, params, value] = line.match(/^([A-Z-]+)((?:;[^:]*)?):(.*)$/);
    if (name === "BEGIN") {
      open.push(value);
      if (value === "VEVENT") found.push({ alarms: [] });
      if (value === "VALARM") found.at(-1).alarms.push({});
    } else if (name === "END") assert.equal(open.pop(), value);
    else if (open.at(-1) === "VALARM") found.at(-1).alarms.at(-1)[name + params] = value;
    else if (open.at(-1) === "VEVENT") found.at(-1)[name + params] = value.replace(/\\(.)/g, (_, c) => c === "n" ? "\n" : c);
  }
  assert.deepEqual(open, []);
  return found;
}

test("dates that are not past become a calendar file", async (t) => {
  for (const [lang, programme] of [["zh", "hnte-zj"], ["zh", "tech-sme"], ["en", "tech-sme"]]) {
    const { page } = await openInterview(t, browser(), { file: all, programmes: [programme] });
    if (lang === "en") await page.click("[lang=en]");
    const report = await goToReport(page);
    const ahead = report.calendar.filter((one) => one.state !== "past");
    const save = () => savedText(page, () => page.click("[data-zice-ics]"));
    const text = await save();
    const found = events(text);
    const compact = (day) => day.replaceAll("-", "");
    const after = (day) => compact(new Date(Date.parse(day) + 864e5).toISOString().slice(0, 10));
    assert.deepEqual(found.map((one) => [one["DTSTART;VALUE=DATE"], one["DTEND;VALUE=DATE"]]), ahead.map((one) => [compact(one.from ?? one.date), after(one.date)]));
    for (const [at, one] of found.entries()) {
      assert.ok(one.SUMMARY.endsWith(ahead[at].what), one.SUMMARY);
      assert.equal(one.DTSTAMP, `${compact(report.as_of)}T000000Z`);
      assert.match(one.DESCRIPTION, lang === "zh" ? /（(官方文本|仅一处来源).*）\n/ : /\(.+\)\n/);
      // A week before the last day begins.
      assert.deepEqual(one.alarms.map((alarm) => [alarm.ACTION, alarm["TRIGGER;RELATED=END"]]), [["DISPLAY", "-P8D"]]);
    }
    assert.equal(new Set(found.map((one) => one.UID)).size, found.length);
    assert.equal(await save(), text, "the same file again: a calendar knows the events by their UID");
  }
});

test("where every date is past there is nothing to add to a calendar", async (t) => {
  const { page, report } = await openReport(t, all, ["aaa-zj"]);
  assert.ok(report.calendar.length > 0 && report.calendar.every((one) => one.state === "past"));
  assert.equal(await page.locator("[data-zice-ics]").count(), 0);
});

test("the report saved as a page is whole, asks for nothing, runs nothing, and opens again as the company", async (t) => {
  // A name that tries to be more than a name.
  const name = `湖州</script><script>window.hacked=1</script>"id="zice-company">{`;
  const file = { ...all, name, papers: ["tech-sme:application_form"] };
  const { page, requests, complaints } = await openReport(t, file, PROGRAMMES);
  await unfold(page);
  const wanted = await page.locator(".zice-report").evaluate((article) => {
    const texts = [];
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(".zice-screen-only")) texts.push(walker.currentNode.data);
    return texts.join("");
  });
  await unfold(page, "none");
  const before = requests.length;
  const html = await savedText(page, () => pressMore(page, "保存报告（HTML）"));
  assert.deepEqual(requests.slice(before).filter((url) => !url.startsWith("blob:")), [], "nothing was asked for");

  const path = join(tmpdir(), `zice-report-${process.pid}.html`);
  await writeFile(path, html);
  t.after(() => rm(path));
  const context = await browser().newContext({ locale: "zh-CN" });
  t.after(() => context.close());
  const saved = await context.newPage();
  const asked = [], said = [];
  context.on("request", (request) => asked.push(request.url()));
  saved.on("console", (message) => said.push(message.text()));
  saved.on("pageerror", (error) => said.push(String(error)));
  await saved.goto(pathToFileURL(path).href);
  assert.deepEqual(asked, [pathToFileURL(path).href]);
  assert.deepEqual(said, []);
  assert.match(await saved.title(), /湖州<\/script>.*自测报告 2023-08-01$/);
  assert.equal(await saved.evaluate(() => window.hacked), undefined);
  assert.equal(await saved.locator("button, input, [style], script:not([type='application/json'])").count(), 0);
  const text = (await saved.locator(".zice-report").textContent()).replace(/[☐☑]/g, "");
  assert.equal(bare(text), bare(wanted));
  assert.match(await saved.locator(".zice-papers").first().innerText(), /☑[\s\S]*☐/);
  assert.equal(await saved.locator("details:not([open])").count(), 0);
  assert.notEqual(await saved.locator(".zice-criterion").first().evaluate((it) => getComputedStyle(it).borderBottomStyle), "none", "it has the page's styles");
  for (const width of [320, 1280]) {
    await saved.setViewportSize({ width, height: 800 });
    await assertNoSidewaysScrolling(saved, `saved report, ${width} px`);
  }
  // Links to sources lead to the authority and tell it nothing about this
  // window.
  for (const where of [page, saved]) {
    const links = await where.locator(".zice-report .zice-cites a").evaluateAll((all) => all.map(({ href, rel, target }) => ({ href, rel, target })));
    assert.ok(links.some(({ href }) => href.startsWith("https://www.most.gov.cn/")), "the Measures are linked");
    for (const { href, rel, target } of links) {
      assert.match(href, /^https:\/\/[a-z0-9.-]+\/\S+$/);
      assert.deepEqual([rel, target], ["noopener noreferrer external", "_blank"]);
    }
  }
  // Numbers lead to their calculation without a script.
  const link = saved.locator(".zice-verdicts a[href*='score']").first();
  const id = decodeURIComponent((await link.getAttribute("href")).slice(1));
  assert.equal(await saved.locator(`[id="${id}"]`).count(), 1);
  const pdf = await saved.pdf({ preferCSSPageSize: true });
  assert.ok(pdf.length > 10000);

  await openFile(page, { ...all, facts: {} }, "other.json");
  await page.locator(".zice-message", { hasText: "other.json" }).waitFor();
  await openFile(page, html, "report.html");
  await page.locator(".zice-message", { hasText: "report.html" }).waitFor();
  assert.deepEqual(await companySoFar(page), file);
  assert.deepEqual(complaints, []);
});

test("a page that is no saved report is refused, and nothing in it is run", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { file: full });
  for (const html of [
    "<!DOCTYPE html><html><body><h1>通知</h1></body></html>",
    `<script>window.hacked = 1</script><img src="x" onerror="window.hacked = 1">`,
    `<script type="application/json" id="zice-company">{"schema":"zice.company/1","facts":{}`,
    `<script type="application/json" id="zice-company">${JSON.stringify({ ...full, schema: "zice.company/9" })}</script>`,
    `<script type="application/json" id="zice-company"></script>${JSON.stringify(full)}`,
    "<".repeat(100000),
  ]) {
    await openFile(page, full);
    await page.waitForFunction(() => !document.querySelector("[role=alert] .zice-error"));
    await openFile(page, html, "x.html");
    await page.locator("[role=alert] .zice-error").waitFor();
    assert.deepEqual(await companySoFar(page), full);
  }
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.deepEqual(complaints, []);
});

test("the report reads without colours, in forced colours and in print", async (t) => {
  const { page } = await openReport(t, all, ["hnte-zj"]);
  await page.emulateMedia({ forcedColors: "active" });
  const drawn = await page.locator(".zice-summary svg path").evaluateAll((all) => all.map((it) => ({ at: it.getAttribute("class"), stroke: getComputedStyle(it).stroke, ground: getComputedStyle(document.body).backgroundColor })));
  for (const one of drawn) assert.notEqual(one.stroke, one.ground, one.at);
  // The range is shown by stripes and an outline, not by a fill.
  const range = await page.locator(".zice-summary .zice-ladder-range").getAttribute("d");
  assert.ok(range.match(/V38/g).length > 3, range);
  await shoot(page, "report-forced-colours");
});

test("criteria are told in groups: what is settled is folded with its count, points are bars without marks, an unused way is grey", async (t) => {
  const { page, report } = await openReport(t, full, ["tech-sme"]);
  const groups = await page.locator(".zice-part:has(.zice-criteria)").evaluateAll((all) => all.map((it) => ({
    title: it.querySelector("h4").textContent, open: it.open,
    rows: [...it.querySelectorAll("[data-zice-criterion]")].map((row) => row.dataset.ziceCriterion),
    marks: [...it.querySelectorAll(".zice-state")].map((state) => ({ mark: getComputedStyle(state, "::before").content, word: state.textContent, bar: Boolean(state.parentNode.parentNode.querySelector(".zice-bar")) })),
  })));
  assert.deepEqual(groups.flatMap(({ rows }) => rows).sort(), report.criteria.map(({ id }) => id).sort(), "each once");
  for (const { title, rows } of groups) assert.ok(title.includes(`${rows.length} `), title);
  const of = (name) => groups.find(({ title }) => title.startsWith(name));
  assert.deepEqual([of("符合").open, of("没有走的途径").open, of("得分").open], [false, false, false]);
  for (const { word, mark } of of("没有走的途径").marks) assert.deepEqual([word, mark], ["没有走", '"–"']);
  for (const { word, mark, bar } of of("得分").marks.filter(({ word }) => /得分/.test(word))) assert.ok(bar && !/[✓✕]/.test(mark), `${word} ${mark}`);
  for (const one of report.criteria.filter(({ kind, status }) => kind === "gate" && status === "met")) assert.ok([...of("符合").rows, ...of("得分").rows].includes(one.id), one.id);
});

test("every open question of the report is a way to its question", async (t) => {
  const { page, report } = await openReport(t, empty, ["tech-sme"]);
  const ways = page.locator("[data-zice-question]");
  const asked = await ways.evaluateAll((all) => all.map((it) => it.dataset.ziceQuestion));
  for (const id of report.next_questions) assert.ok(asked.includes(id), id);
  const open = await page.locator("[data-zice-criterion][data-zice-status=unknown]:not([data-zice-criterion=score])").evaluateAll((all) => all.map((it) => [it.dataset.ziceCriterion, it.querySelectorAll("[data-zice-question]").length]));
  assert.ok(open.length > 5);
  for (const [id, count] of open) assert.ok(count > 0 || open.some(([, other]) => other > 0), id);
  const [first] = report.next_questions;
  await page.locator(`[data-zice-question="${first}"]`).first().click();
  await page.waitForFunction((id) => document.activeElement.closest(`[id^="zice-${id}"]`), first);
});

test("the report of one programme is short with what is settled folded", async (t) => {
  // Who does not pass reads several ways to pass besides.
  for (const [name, width, most] of [["all-met-2023", 1280, 1800], ["all-met-2023", 375, 3000], ["just-short-2025", 1280, 2100]]) {
    const { page } = await openReport(t, companyOf(name), ["tech-sme"], { context: { viewport: { width, height: 800 } } });
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    t.diagnostic(`${name} at ${width}: ${height} px`);
    await shoot(page, `report-${name}-${width}`);
    assert.ok(height < most, `${name} at ${width}: ${height} px`);
  }
});

test("the English report has the official Chinese name beside that of a programme and of a paper", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full, programmes: ["tech-sme"] });
  const zh = assess(full);
  await page.click(".zice-tools button[lang]");
  await goToReport(page);
  const names = await page.locator(".zice-report .zice-official").evaluateAll((all) => all.map((it) => [it.lang, it.textContent.trim()]));
  assert.deepEqual(names, [["zh-CN", "科技型中小企业评价"], ...zh.documents.map(({ title }) => ["zh-CN", title])]);
  await page.click(".zice-tools button[lang]");
  assert.equal(await page.locator(".zice-official").count(), 0);
});
