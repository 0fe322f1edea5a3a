// The report on paper: all of it, nothing of the interface, and readable on
// every page.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fullCompany, goToReport, openInterview, useBrowser } from "./support.mjs";

const browser = useBrowser();
const noPoppler = spawnSync("pdftotext", ["-v"]).error && "pdftotext is not installed (package poppler-utils)";

/** The pages of the printed report as text without blanks: lines are broken anywhere. */
async function print(page, options = {}) {
  const input = await page.pdf({ format: "A4", preferCSSPageSize: true, ...options });
  const { stdout, status } = spawnSync("pdftotext", ["-raw", "-enc", "UTF-8", "-", "-"], { input, encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(status, 0);
  return stdout.split("\f").slice(0, -1).map((text) => text.replace(/\s/g, ""));
}
const bare = (text) => text.replace(/\s/g, "");

const company = await fullCompany();
for (const [name, lang, change, verdict] of [
  ["that says met", "zh", {}, "符合条件"],
  ["that says not met, in English", "en", { sme_staff_total: "600" }, "Does not meet the conditions"],
  ["that is undecided and has an entry in error", "zh", { ip: null, sme_staff_tech: "abc" }, "尚不能确定，取决于还没填的内容"],
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
    for (const button of await page.locator("button, .zice-file").allInnerTexts()) assert.ok(!text.includes(bare(button)), `on paper: ${button}`);
    // What the papers are ticked off with.
    assert.equal(text.split("☐").length - 1, report.documents.length);
    if (change.sme_staff_tech) assert.match(text, /有1处填写有误，未参与计算人员›科技人员：不是数字/);
  });
}

test("every printed page with conditions has the head of the table, and no row is torn", { skip: noPoppler }, async (t) => {
  const { page } = await openInterview(t, browser(), { file: company });
  const report = await goToReport(page);
  // Several sizes, so that pages end at different rows.
  for (const scale of [1, 1.1, 1.25, 1.4]) {
    const pages = await print(page, { scale });
    const rows = (text) => report.criteria.filter((one) => text.includes(bare(one.rule)));
    const withRows = pages.filter((text) => rows(text).length > 0);
    assert.ok(withRows.length > 1, "the table goes over a page");
    for (const text of withRows) assert.ok(text.includes("条件状态计算与说明依据"), `no head above ${rows(text)[0].title}`);
    for (const one of report.criteria) {
      const whole = pages.filter((text) => text.includes(bare(one.explain)) && text.includes(bare(one.rule)));
      assert.ok(whole.length > 0, `torn: ${one.title}`);
    }
  }
});

test("no heading is left alone at the foot of a printed page", { skip: noPoppler }, async (t) => {
  const all = JSON.parse(await readFile(new URL("fixtures/all.json", import.meta.url), "utf8"));
  for (const [file, programmes, scales] of [[company, ["tech-sme"], [1, 1.25, 1.5, 1.6]], [all, ["hnte-zj", "aaa-zj", "new-material", "adjacent"], [1, 1.2]]]) for (const scale of scales) {
    const { page } = await openInterview(t, browser(), { file, programmes });
    await goToReport(page);
    const headings = (await page.locator(".zice-report :is(h2, h3, h4, caption)").allInnerTexts()).map(bare);
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
