// The report on paper: complete, without the interface, and readable on every
// page.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { readdirSync, readFileSync } from "node:fs";
import { PROGRAMMES, openReportMenu, fullCompany, goToReport, openInterview, useBrowser, unfold } from "./support.mjs";

const browser = useBrowser();
const noPoppler = spawnSync("pdftotext", ["-v"]).error && "pdftotext is not installed (package poppler-utils)";

/**
 * The pages of the printed report as texts without spaces, because lines may
 * break anywhere.
 */
async function print(page, options = {}) {
  const input = await page.pdf({ format: "A4", preferCSSPageSize: true, ...options });
  const { stdout, status } = spawnSync("pdftotext", ["-raw", "-enc", "UTF-8", "-", "-"], { input, encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(status, 0);
  const pages = stdout.split("\f").slice(0, -1).map((text) => text.replace(/\s/g, ""));
  // Every page has a number, which is drawn first and is not part of the
  // report.
  return pages.map((text, at) => {
    const number = `${at + 1}/${pages.length}`;
    assert.ok(text.startsWith(number), `page ${at + 1} has no number: ${text.slice(0, 20)}`);
    return text.slice(number.length);
  });
}
const bare = (text) => text.replace(/\s/g, "");

const company = await fullCompany();
for (const [name, lang, change, verdict] of [
  ["that says met", "zh", {}, "符合条件"],
  ["that says not met, in English", "en", { sme_staff_total: "600" }, "Does not meet the conditions"],
  ["that is undecided and has an entry in error", "zh", { ip: null, sme_staff_tech: "abc" }, "还不能确定"],
]) {
  test(`the printed report ${name} is whole and has no buttons`, { skip: noPoppler }, async (t) => {
    const { page } = await openInterview(t, browser(), { file: { ...company, facts: { ...company.facts, ...change } } });
    if (lang === "en") await page.click(".zice-tools button[lang]");
    const report = await goToReport(page);
    const pages = await print(page);
    const text = pages.join("");
    assert.ok(pages.length > 1 && pages.length < 12, `${pages.length} pages`);
    for (const part of [
      company.name, company.as_of, verdict, report.policy.digest,
      ...report.criteria.flatMap((one) => [one.title, one.explain, one.rule]),
      ...report.documents.map((one) => one.title),
      ...report.warnings.map((one) => one.text),
      ...report.calendar.flatMap((one) => [one.what, one.date]),
      ...report.criteria.flatMap((one) => one.cites.map((cite) => cite.source)),
    ]) assert.ok(text.includes(bare(part)), `not on paper: ${part}`);
    // Buttons that lead to a calculation are the figures themselves.
    for (const button of await page.locator("button:not(.zice-show), .zice-file").allTextContents()) assert.ok(!text.includes(bare(button)), `on paper: ${button}`);
    // The boxes for ticking off documents.
    assert.equal(text.split("☐").length - 1, report.documents.length);
    if (change.sme_staff_tech) assert.match(text, /有1处填写有误，未参与计算人员›科技人员2022年：不是数字/);
  });
}

test("every printed page with a table has its head, and no row and no condition is torn", { skip: noPoppler }, async (t) => {
  const kinds = ["utility_model", "software", "design", "trademark", "invention"];
  const ip = Array.from({ length: 60 }, (_, at) => ({ kind: kinds[at % 5], status: at % 3 ? "granted" : "pending", owner: at % 7 ? "company" : "person" }));
  const { page } = await openInterview(t, browser(), { file: { ...company, facts: { ...company.facts, ip } } });
  const report = await goToReport(page);
  for (const scale of [1, 1.4]) {
    const pages = await print(page, { scale });
    const rows = report.items.map((one) => bare(`${one.index + 1} ${one.name}`));
    const withRows = pages.filter((text) => rows.some((row) => text.includes(row)));
    assert.ok(withRows.length > 1, "the table goes over a page");
    for (const text of withRows) assert.ok(text.includes("名称状态计入说明"), "a page without a head");
    for (const one of report.criteria) {
      const whole = pages.filter((text) => text.includes(bare(one.title)) && text.includes(bare(one.explain)) && text.includes(bare(one.rule)));
      assert.ok(whole.length > 0, `torn: ${one.title}`);
    }
  }
});

test("no heading is left alone at the foot of a printed page", { skip: noPoppler }, async (t) => {
  const all = JSON.parse(await readFile(new URL("fixtures/all.json", import.meta.url), "utf8"));
  for (const [file, programmes, scales] of [[company, ["tech-sme"], [1, 1.25, 1.5, 1.6]], [all, ["hnte-zj", "aaa-zj", "new-material", "adjacent"], [1, 1.2]]]) for (const scale of scales) {
    const { page } = await openInterview(t, browser(), { file, programmes });
    await goToReport(page);
    const headings = (await page.locator(".zice-report :is(h2, h3, h4, caption)").allTextContents()).map(bare);
    for (const text of await print(page, { scale })) for (const heading of headings) assert.ok(!text.endsWith(heading), `alone at the foot: ${heading}`);
  }
});

test("the report is printed dark on white, on a screen in the dark scheme too", async (t) => {
  const { page } = await openInterview(t, browser(), { file: { ...company, facts: { ...company.facts, sme_staff_tech: "abc" } }, context: { colorScheme: "dark" } });
  await goToReport(page);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const printed = await page.evaluate(() => [document.documentElement, document.body, ...document.querySelectorAll(".zice-report, .zice-report *")].filter((it) => it.getClientRects().length > 0).map((it) => {
    const style = getComputedStyle(it);
    return { at: `${it.localName}.${it.getAttribute("class") ?? ""}`, text: style.color, ground: style.backgroundColor, scheme: style.colorScheme };
  }));
  const light = (colour) => Math.max(...colour.match(/\d+/g).slice(0, 3).map(Number));
  const wrong = printed.filter(({ text, ground }) => light(text) > 170 || (!/^rgba\(.*, 0\)$/.test(ground) && light(ground) < 240));
  assert.deepEqual(wrong, []);
  assert.equal(printed[0].scheme, "light", "else the paper beside the report is black");
});

test("the print button opens the browser's print, once", async (t) => {
  const { page } = await openInterview(t, browser(), { file: company });
  await goToReport(page);
  await page.evaluate(() => { window.printed = 0; window.print = () => { window.printed += 1; }; });
  await page.getByRole("button", { name: "打印 / 另存为 PDF" }).click();
  assert.equal(await page.evaluate(() => window.printed), 1);
});

test("all programmes are printed on few pages, with everything that is on the screen", { skip: noPoppler }, async (t) => {
  const file = JSON.parse(await readFile(new URL("fixtures/all.json", import.meta.url), "utf8"));
  const ready = "tech-sme:headcount_table";
  const { page } = await openInterview(t, browser(), { file: { ...file, papers: [ready] }, programmes: PROGRAMMES });
  const { reports } = await goToReport(page);
  const before = await page.locator(".zice-report details[open]").count();
  const pages = await print(page);
  assert.equal(await page.locator(".zice-report details[open]").count(), before, "on the screen it is folded as before");
  assert.ok(pages.length <= 18, `${pages.length} pages`);
  const text = pages.join("");
  const told = reports.flatMap((report) => report.criteria.filter((one) => report.verdict !== "hint" || one.status !== "not_applicable"));
  for (const part of [
    ...told.flatMap((one) => [one.title, one.explain, one.rule, ...one.cites.map((cite) => cite.source)]),
    ...reports.flatMap((report) => [report.policy.digest, ...report.warnings.map((one) => one.text), ...report.calendar.map((one) => one.what)]),
  ]) assert.ok(text.includes(bare(part)), `not on paper: ${part}`);
  // Everything else that the screen can show, in its smallest pieces.
  await unfold(page);
  const shown = await page.locator(".zice-report").evaluate((article) => {
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(".zice-screen-only, .zice-sum, svg")) texts.push(walker.currentNode.data);
    return texts;
  });
  for (const piece of shown.map(bare)) assert.ok(text.includes(piece), `not on paper: ${piece}`);
  const paper = reports[0].documents.find((one) => one.id === ready.split(":")[1]);
  assert.ok(text.includes(bare(`☑${paper.title}`)), "what is ready is ticked off");
  const papers = reports.flatMap((report) => report.verdict === "hint" ? [] : report.documents);
  assert.equal(text.split("☐").length, papers.length);
});

/** Asks for a kind of print, without the browser's dialog. */
async function askFor(page, kind) {
  await page.evaluate(() => { window.print = () => {}; });
  await openReportMenu(page, "print");
  await page.locator(`[data-zice-do=${kind}]`).click();
}

const folder = new URL("../companies/", import.meta.url);
for (const lang of ["zh", "en"]) for (const programmes of [["tech-sme"], PROGRAMMES]) {
  test(`the summary is one page for ${programmes.length} programme(s), whoever the company: ${lang}`, { skip: noPoppler }, async (t) => {
    for (const name of readdirSync(folder).filter((name) => name.endsWith(".zice.json"))) {
      const file = readFileSync(new URL(name, folder), "utf8");
      const { page } = await openInterview(t, browser(), { file, programmes });
      if (lang === "en") await page.click(".zice-tools button[lang]");
      const { reports, ...one } = await goToReport(page);
      await askFor(page, "summary");
      const pages = await print(page);
      assert.equal(pages.length, 1, `${name}: ${pages.length} pages`);
      const [text] = pages;
      const signed = lang === "zh" ? ["填表：", "复核：", "日期："] : ["Filledinby:", "Checkedby:", "Date:"];
      for (const part of [JSON.parse(file).name, ...signed]) assert.ok(text.includes(bare(part)), `${name}: ${part}`);
      for (const report of reports ?? [one]) {
        assert.ok(text.includes(`${report.policy.id}@${report.policy.edition}`), report.policy.id);
        if (report.score) assert.ok(text.includes(bare(report.score.min === report.score.max ? report.score.min : `${report.score.min}–${report.score.max}`)));
      }
      assert.equal((await print(page)).length > 1, true, `${name}: afterwards it is the whole report again`);
      await page.context().close();
    }
  });
}

test("the list of papers is printed alone, and the full report when it is asked for", { skip: noPoppler }, async (t) => {
  const { page } = await openInterview(t, browser(), { file: company });
  const report = await goToReport(page);
  await askFor(page, "papers");
  const [papers, ...more] = await print(page);
  assert.deepEqual(more, []);
  for (const { title } of report.documents) assert.ok(papers.includes(bare(`☐${title}`)), title);
  assert.ok(papers.includes(bare(company.name)));
  for (const { explain } of report.criteria.filter(({ explain }) => explain.length > 8)) assert.ok(!papers.includes(bare(explain)), explain);
  await askFor(page, "full");
  const text = (await print(page)).join("");
  for (const { explain } of report.criteria) assert.ok(text.includes(bare(explain)), explain);
});
