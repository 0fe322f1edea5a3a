// The whole companies of tests/companies: each is opened as a file, and two are
// filled in from the first click to the printed report. The page must say what
// the command line says, for every programme and in both languages.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PROGRAMMES, assess, chooseDay, cli, companySoFar, dist, goToReport, goToTopic, heard, openInterview, openStarted, start, useBrowser } from "./support.mjs";
import { fillTopic } from "./fill.mjs";

const browser = useBrowser();
const LANGUAGES = ["zh", "en"];
const folder = new URL("../companies/", import.meta.url);
const ending = ".zice.json";
const names = readdirSync(folder).filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length)).sort();
// Kept as texts, because numbers must stay as they are written.
const texts = new Map(names.map((name) => [name, readFileSync(new URL(name + ending, folder), "utf8")]));
const expected = Object.fromEntries(LANGUAGES.map((lang) => [lang, assessAll(lang)]));

/** What the command line says about all companies, by company and programme. */
function assessAll(lang) {
  const input = [...texts.values()].map((text) => `${text.replace(/\s*\n\s*/g, "")}\n`).join("");
  const output = execFileSync(cli, ["assess", "--lang", lang, "--jsonl", "--advice", "-"], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  const lines = output.trimEnd().split("\n").map((line) => JSON.parse(line));
  return new Map(names.map((name, at) => [name, PROGRAMMES.map((id) => lines[at].find((report) => report.policy.id === id))]));
}

const changeLanguage = (page) => page.click(".zice-tools button[lang]");

/** The reports that the page tells after `act`. */
async function nextReports(page, act) {
  const before = (await heard(page, "zice:report")).length;
  await act();
  await page.waitForFunction((before) => window.heard.filter((one) => one.name === "zice:report").length > before, before);
  return (await heard(page, "zice:report")).at(-1).reports;
}

for (const name of names) {
  test(`${name} as a file: every report in both languages is the command line's`, async (t) => {
    const { page, complaints } = await openInterview(t, browser(), { file: texts.get(name), programmes: PROGRAMMES });
    assert.deepEqual((await goToReport(page)).reports, expected.zh.get(name));
    assert.deepEqual(await nextReports(page, () => changeLanguage(page)), expected.en.get(name));
    assert.equal(await page.locator(".zice-programme").count(), PROGRAMMES.length);
    assert.deepEqual(complaints, []);
  });
}

const noPoppler = spawnSync("pdftotext", ["-v"]).error && "pdftotext is not installed (package poppler-utils)";
const bare = (text) => text.replace(/\s/g, "");

/**
 * The printed report as text without spaces, because lines may break anywhere.
 */
async function printed(page) {
  const input = await page.pdf({ format: "A4", preferCSSPageSize: true });
  const { stdout, status } = spawnSync("pdftotext", ["-raw", "-enc", "UTF-8", "-", "-"], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(status, 0);
  return bare(stdout);
}

/** What a reader of the report must find on paper. */
const sayings = (report) => {
  const hint = report.verdict === "hint";
  return [
    report.policy.digest,
    ...report.criteria.filter((one) => !hint || one.status !== "not_applicable").flatMap((one) => [one.title, one.explain, one.rule, one.group ?? "", ...one.cites.map((cite) => cite.source)]),
    ...(report.items ?? []).flatMap((one) => [one.name, ...one.because.map((note) => note.text)]),
    ...(report.indicators ?? []).map((one) => one.title),
    ...report.warnings.map((one) => one.text),
    ...(hint ? [] : [...report.documents.map((one) => one.title), ...report.calendar.flatMap((one) => [one.what, one.date])]),
  ];
};

const FACTS = new Map(JSON.parse(readFileSync(join(dist, "policies/facts.json"), "utf8")).fact.map((fact) => [fact.id, fact]));

/**
 * The company as the page writes it: a figure without a year belongs to the
 * preceding year, and defaults in lists are not written.
 */
function asTyped(file) {
  const typed = ([id, value]) => {
    const { yearly, fields } = FACTS.get(id);
    if (yearly && typeof value === "string") return [id, { [file.as_of.slice(0, 4) - 1]: value }];
    if (!Array.isArray(value) || !fields) return [id, value];
    const granted = (field, one) => fields.some((it) => it.id === field && it.type === "bool" && it.default === String(one));
    return [id, value.map((entry) => Object.fromEntries(Object.entries(entry).filter(([field, one]) => !granted(field, one))))];
  };
  return { ...file, facts: Object.fromEntries(Object.entries(file.facts).map(typed)) };
}

// Each in one language, and with ZICE_FULL in the other too.
const BY_HAND = [["all-met-2023", "zh"], ["three-materials-2025", "en"]];
if (process.env.ZICE_FULL) BY_HAND.push(["all-met-2023", "en"], ["three-materials-2025", "zh"]);
for (const [name, lang] of BY_HAND) {
  test(`${name} filled in by hand (${lang}), from the first click to the printed report`, { skip: noPoppler }, async (t) => {
    const file = asTyped(JSON.parse(texts.get(name)));
    const { page, complaints } = await openStarted(t, browser());
    if (lang === "en") await changeLanguage(page);
    await chooseDay(page, file.as_of);
    await start(page, PROGRAMMES);
    await page.fill("#zice-name", file.name);
    const asked = [];
    for (let topic = 0; topic < await page.locator(".zice-steps button").count(); topic++) {
      await goToTopic(page, topic);
      asked.push(...await fillTopic(page, file.facts));
    }
    assert.deepEqual(asked, [...new Set(asked)], "each question once");
    assert.deepEqual(Object.keys(file.facts).filter((fact) => !asked.includes(fact)), [], "every fact was asked");
    assert.deepEqual(await companySoFar(page), file);

    // Compare with the original file: the defaults it leaves out are told as
    // assumed.
    const reports = PROGRAMMES.map((id) => assess(file, lang, id));
    assert.deepEqual((await goToReport(page)).reports, reports);
    const text = await printed(page);
    for (const part of [file.name, file.as_of, ...reports.flatMap(sayings)]) assert.ok(text.includes(bare(part)), `not on paper: ${part}`);
    assert.deepEqual(complaints, []);
  });
}
