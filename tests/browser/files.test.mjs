// Company files from outside: a file that is not one is refused and changes
// nothing, wrong values are named, and unknown ones are kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assess, backToAnswers, company, companyIn, companySoFar, fullCompany, goToReport, goToTopic, openEntry, openFile, openInterview, refusal, savedCompany, savedText, useBrowser } from "./support.mjs";

const browser = useBrowser();
const full = await fullCompany();
const text = JSON.stringify(full);

const REFUSED = /^(这不是企业文件|文件不完整|文件版本不符|文件内容有误)，已填内容未改动（.+）$/;
// Refused by its size alone, before it is read.
const TOO_LARGE = /^文件太大，已填内容未改动（> 4 MiB）$/;

/**
 * Opens a file that must be refused with a message, leaving the answers
 * unchanged.
 */
async function assertRefused(page, content, before, why, said = REFUSED) {
  // An earlier message must not be mistaken for this one.
  await openFile(page, before);
  await page.waitForFunction(() => !document.querySelector("[role=alert] .zice-error"));
  await openFile(page, content);
  const alert = page.locator(".zice [role=alert] .zice-error");
  await alert.waitFor();
  assert.match(await alert.innerText(), said, why);
  // Not through a download: the browser blocks the eleventh in a second.
  assert.deepEqual(await companySoFar(page), before, why);
}

test("what is no company file is refused with a message, and the answers are untouched", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { file: full });
  const refused = {
    "an empty file": "",
    "plain words": "这是一个 Word 文档吗？",
    "half a file": text.slice(0, 300),
    "a file with something after it": `${text}]`,
    "an array": `[${text}]`,
    "a text": '"zice.company/1"',
    "a number": "1",
    null: "null",
    "another schema": JSON.stringify({ ...full, schema: "zice.company/2" }),
    "no schema": JSON.stringify({ ...full, schema: undefined }),
    "a schema that is no text": JSON.stringify({ ...full, schema: ["zice.company/1"] }),
    "a report": JSON.stringify(assess(full)),
    "nested without end": `{"schema":"zice.company/1","facts":${"[".repeat(100000)}${"]".repeat(100000)}}`,
    "5 MB of letters": "x".repeat(5 << 20),
    "5 MB of noughts": Buffer.alloc(5 << 20),
    "5 MB of brackets": "[".repeat(5 << 20),
    "bytes that are no text": Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00, 0xd8]),
  };
  for (const [why, content] of Object.entries(refused)) await assertRefused(page, content, full, why, why.startsWith("5 MB") ? TOO_LARGE : REFUSED);
  assert.deepEqual(complaints, []);
});

test("a refused file leaves the report on the screen as it is", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  await goToReport(page);
  const before = await page.locator(".zice-report").innerHTML();
  await openFile(page, "{");
  await page.locator(".zice [role=alert] .zice-error").waitFor();
  assert.equal(await page.locator(".zice-report").innerHTML(), before);
});

for (const [why, change] of Object.entries({
  "the facts are a list": { facts: [1] },
  "the facts are a text": { facts: "none" },
  "the name is a number": { name: 5 },
  "the day of application is a number": { as_of: 20230801 },
})) {
  test(`where ${why}, the file is refused or the mistake is named`, async (t) => {
    const { page } = await openInterview(t, browser(), { file: full });
    const file = { ...full, ...change };
    refusal(file);
    await openFile(page, file, "other.json");
    await page.waitForFunction(() => document.querySelector(".zice [role=alert] .zice-error") || document.querySelector(".zice-message").textContent.includes("other.json"));
    const refused = await page.locator(".zice [role=alert] .zice-error").count();
    if (refused) assert.deepEqual(await savedCompany(page), full);
    else {
      assert.ok(await page.locator(".zice-question .zice-error").count(), "neither refused nor named");
      assert.deepEqual(await savedCompany(page), file);
    }
  });
}

// A fact of the wrong type: the topic that asks for it, and the value.
const WRONG = {
  resident_enterprise: [0, "yes"], accounts_sound: [0, 1], entity_kind: [0, "zebra"], established_on: [0, 20150310],
  sme_staff_total: [1, { a: 1 }], sme_staff_tech: [1, true],
  revenue: [2, 5], cost_total: [2, { "2022": [] }], total_assets: [2, { "22": "1" }], rd_expense_deduct: [2, { "2022": {} }], excluded_industry_income: [2, "0"],
  ip: [3, "none"],
};

test("facts of the wrong type are named beside their questions, kept, and everything else is computed", async (t) => {
  const { page, complaints } = await openInterview(t, browser());
  const file = company({ ...full.facts, ...Object.fromEntries(Object.entries(WRONG).map(([fact, [, value]]) => [fact, value])) });
  refusal(file);
  await openFile(page, file);
  await page.locator(".zice-message p").waitFor();
  for (const [fact, [topic]] of Object.entries(WRONG)) {
    await goToTopic(page, topic);
    assert.match(await page.locator(`#zice-${fact}-help .zice-error`).innerText(), /^填写有误：./, fact);
    const alone = company({ [fact]: WRONG[fact][1] });
    assert.ok(refusal(alone).includes(`facts.${fact}`), `the command line names ${fact}`);
  }
  const report = await goToReport(page);
  const rest = Object.fromEntries(Object.entries(full.facts).filter(([fact]) => !(fact in WRONG)));
  const expected = assess(company(rest));
  // An impossible list is not an empty one, and no default is assumed for it.
  assert.deepEqual(report, expected);
  await backToAnswers(page);
  // A value without a year gets the preceding one, even if it is wrong.
  assert.deepEqual(await savedCompany(page), { ...file, facts: { ...file.facts, sme_staff_tech: { 2022: true } } });
  assert.deepEqual(complaints, []);
});

test("odd entries of a list break nothing and survive", async (t) => {
  const { page, complaints } = await openInterview(t, browser());
  const file = company({ ...full.facts, ip: ["x", null, [], { kind: 5 }, { kind: "software", granted_on: "2021-02-30", disputed: "no", colour: "red" }, { kind: "utility_model" }] });
  await openFile(page, file);
  await page.locator(".zice-message p").waitFor();
  await goToTopic(page, 3);
  assert.equal(await page.locator("#zice-ip .zice-entries tbody tr").count(), 6);
  assert.match(await page.locator("#zice-ip-help").innerText(), /第 1 项[\s\S]*第 4 项[\s\S]*第 5 项 授权日/);
  await goToReport(page);
  await backToAnswers(page);
  assert.deepEqual(await savedCompany(page), file);
  await goToTopic(page, 3);
  await openEntry(page);
  await page.selectOption("#zice-ip-0-kind", "software");
  assert.deepEqual((await savedCompany(page)).facts.ip[0], { kind: "software" });
  assert.deepEqual(complaints, []);
});

test("what the page does not know survives opening, answering and saving", async (t) => {
  const { page, complaints } = await openInterview(t, browser());
  const file = { ...full, note: { by: "顾问", tags: [1, 2.50, null] }, facts: { ...full.facts, future_fact: { 2031: "1e3" }, hnte_staff_total: { 2022: "12" }, revenue: { ...full.facts.revenue, 2019: "1", 2020: { min: "2" } }, entity_kind: null } };
  await openFile(page, file);
  await page.locator(".zice-message p").waitFor();
  assert.deepEqual(await savedCompany(page), file);
  await page.click("#zice-resident_enterprise-answer-false");
  await goToTopic(page, 2);
  await page.fill("#zice-revenue-2022", "5");
  await page.click(".zice-tools button[lang]");
  const saved = await savedCompany(page);
  assert.deepEqual(saved, { ...file, facts: { ...file.facts, resident_enterprise: false, revenue: { ...file.facts.revenue, 2022: "5" } } });
  const report = await goToReport(page);
  assert.deepEqual(report, assess(saved, "en"));
  assert.match(report.warnings.map((one) => one.text).join(), /future_fact/);
  assert.deepEqual(complaints, []);
});

test("figures keep their digits through opening and saving, to the last one", async (t) => {
  const { page } = await openInterview(t, browser());
  const file = '{"schema":"zice.company/1","as_of":"2023-08-01","facts":{"revenue":{"2022":999999999999999.999999},"cost_total":{"2022":0.1},"total_assets":{"2022":12300000.50}}}';
  await openFile(page, file);
  await page.locator(".zice-message p").waitFor();
  const saved = await savedText(page);
  assert.deepEqual(assess(saved), assess(file));
  assert.ok(saved.includes("999999999999999.999999"), saved);
  await goToTopic(page, 2);
  assert.equal(await page.inputValue("#zice-revenue-2022"), "999999999999999.999999");
});

test("a file with a byte order mark, and one that was saved by the page, open like any other", async (t) => {
  const { page, complaints } = await openInterview(t, browser());
  await openFile(page, `\uFEFF${text}`);
  await page.locator(".zice-message p").waitFor();
  const saved = await savedText(page);
  assert.deepEqual(companyIn(saved), full);
  await openFile(page, company({}));
  await page.waitForFunction(() => !document.querySelector("#zice-resident_enterprise :checked"));
  await openFile(page, saved);
  await page.waitForFunction(() => document.querySelector("#zice-resident_enterprise-answer-true").checked);
  assert.equal(await savedText(page), saved);
  assert.deepEqual(complaints, []);
});

test("the same file can be opened twice, and a mistake that was put right is no longer told", async (t) => {
  const { page } = await openInterview(t, browser());
  await openFile(page, "{");
  await page.locator(".zice [role=alert] .zice-error").waitFor();
  await openFile(page, full);
  await page.locator(".zice-message p").waitFor();
  assert.equal(await page.locator(".zice [role=alert] .zice-error").count(), 0);
  await page.fill("#zice-name", "别的公司");
  await openFile(page, full);
  await page.waitForFunction((name) => document.querySelector("#zice-name").value === name, full.name);
});

test("what is said about a file follows the language of the page", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  await page.click(".zice-tools button[lang]");
  await page.waitForFunction(() => document.documentElement.lang === "en");
  assert.doesNotMatch(await page.locator(".zice-message").innerText(), /[\u4e00-\u9fff]/);
});

test("a valid file of 4 MB opens and leads to a report", async (t) => {
  const { page, complaints } = await openInterview(t, browser());
  const file = company({ ...full.facts, ip: Array.from({ length: 2000 }, (_, at) => ({ kind: "software", granted_on: "2021-05-01", note: "n".repeat(1900), at })) });
  await openFile(page, file);
  await page.locator(".zice-message p").waitFor();
  const report = await goToReport(page);
  assert.equal(report.verdict, "met");
  assert.deepEqual(complaints, []);
});
