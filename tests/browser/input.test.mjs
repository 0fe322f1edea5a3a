// A value that can't be used is named beside its question and stays as typed;
// everything else is calculated as if it were not there. No text is markup.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { assertNoSidewaysScrolling, assess, backToAnswers, company, companySoFar, dist, fullCompany, goToReport, goToTopic, heard, openEntry, openFile, openInterview, pressSave, PROGRAMMES, refusal, savedCompany, shoot, useBrowser } from "./support.mjs";

const browser = useBrowser();
const full = await fullCompany();

/** The message beside a question, which describes its fields. */
async function messageOf(page, fact) {
  const question = page.locator(`#zice-${fact}`);
  // The message appears when the field is left, not after every key.
  await page.evaluate(() => document.activeElement.blur());
  const described = await question.locator("[aria-describedby]").first().getAttribute("aria-describedby");
  const places = described.split(" ").map((id) => `#${id} .zice-error`);
  return (await page.locator(places.join(", ")).allInnerTexts()).join("\n");
}

/**
 * Goes to the report and back: the field is unchanged, and the report is the
 * one without it.
 */
async function assertKept(page, topic, fields, rest) {
  const report = await goToReport(page);
  assert.deepEqual(report, assess(rest));
  assert.match(await page.locator(".zice-report .zice-error").innerText(), /^有 1 处填写有误，未参与计算$/);
  await backToAnswers(page);
  await goToTopic(page, topic);
  for (const [id, text] of Object.entries(fields)) assert.equal(await page.inputValue(id), text);
}

const NO_NUMBER = "不是数字（只写数字和小数点）";
const REFUSED = {
  abc: NO_NUMBER, "12,34": NO_NUMBER, "1,000,00": NO_NUMBER, "1.2.3": NO_NUMBER, "0x10": NO_NUMBER, NaN: NO_NUMBER, "٣": NO_NUMBER, "½": NO_NUMBER,
  "1e400": "数值过大，须小于 10 的 15 次方", 1000000000000000: "数值过大，须小于 10 的 15 次方",
  0.1234567: "小数最多 6 位", "-5": "不能小于 0",
};

for (const [what, topic, fact, id] of [
  ["a number of people", 1, "sme_staff_tech", "#zice-sme_staff_tech-2022"],
  ["an amount", 2, "revenue", "#zice-revenue-2022"],
]) {
  test(`${what} that is none is refused beside the question, stays as typed, and everything else is computed`, async (t) => {
    const { page, complaints } = await openInterview(t, browser(), { file: full });
    const { [fact]: _, ...rest } = full.facts;
    await goToTopic(page, topic);
    const kept = new Set();
    for (const [typed, message] of Object.entries(REFUSED)) {
      await page.locator(id).fill("");
      await page.locator(id).pressSequentially(typed);
      assert.ok((await messageOf(page, fact)).includes(message), typed);
      assert.equal(await page.getAttribute(id, "aria-invalid"), "true", typed);
      const file = await companySoFar(page);
      assert.ok(refusal(file).includes(message), `the command line names the same: ${typed}`);
      // Go to the report and back only once for each kind of mistake.
      if (!kept.has(message)) await assertKept(page, topic, { [id]: typed }, { ...file, facts: rest });
      kept.add(message);
    }
    await page.locator(id).fill("1");
    assert.equal(await messageOf(page, fact), "", "the message goes with the mistake");
    assert.deepEqual(complaints, []);
  });
}

test("an amount is read the way people write it, and not changed under their hands", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { file: full });
  await goToTopic(page, 2);
  const id = "#zice-cost_total-2022";
  for (const [typed, plain] of [["１２３", "123"], ["１２，３００，０００．５０", "12300000.50"], [" 8 100 000 ", "8100000"], ["8，100，000。5", "8100000.5"], ["4.7e6", "4.7e6"], ["0", "0"], ["007", "007"]]) {
    await page.fill(id, typed);
    assert.equal(await page.inputValue(id), typed);
    assert.equal(await messageOf(page, "cost_total"), "", typed);
    const file = await companySoFar(page);
    assert.equal(file.facts.cost_total[2022], plain);
    assert.ok(assess(file).criteria.length > 0, `the command line takes ${typed}`);
  }
  assert.deepEqual(complaints, []);
});

test("a range upside down is refused beside the question, and stays a range", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { file: full });
  await goToTopic(page, 2);
  await page.fill("#zice-total_assets-2022-min", "30000000");
  assert.match(await messageOf(page, "total_assets"), /范围的下限大于上限/);
  const file = await savedCompany(page);
  const { total_assets, ...rest } = file.facts;
  assert.match(refusal(file), /facts\.total_assets\.2022/);
  await assertKept(page, 2, { "#zice-total_assets-2022-min": "30000000", "#zice-total_assets-2022-max": "20000000" }, { ...file, facts: rest });
  assert.deepEqual(complaints, []);
});

test("more tech staff than staff is refused beside the question", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { file: full });
  await goToTopic(page, 1);
  await page.fill("#zice-sme_staff_tech-2022", "86.500001");
  assert.match(await messageOf(page, "sme_staff_tech"), /科技人员数不能多于职工总数/);
  assert.match(refusal(await savedCompany(page)), /facts\.sme_staff_tech/);
  await goToReport(page);
  await backToAnswers(page);
  await goToTopic(page, 1);
  assert.equal(await page.inputValue("#zice-sme_staff_tech-2022"), "86.500001");
  await page.fill("#zice-sme_staff_tech-2022", "86.5");
  assert.equal(await messageOf(page, "sme_staff_tech"), "");
  assert.deepEqual(complaints, []);
});

test("of more tech staff than staff neither figure is used", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  await goToTopic(page, 1);
  await page.fill("#zice-sme_staff_tech-2022", "120");
  const { sme_staff_tech, sme_staff_total, ...rest } = full.facts;
  assert.deepEqual(await goToReport(page), assess({ ...full, facts: rest }));
});

const DAYS = [["the day of registration", 0, "#zice-established_on-value", "established_on"], ["the day of a grant", 3, "#zice-ip-0-granted_on", "ip"]];
for (const [name, topic, id, fact] of DAYS) {
  test(`${name} that does not exist is refused beside the question, and stays`, async (t) => {
    const { page } = await openInterview(t, browser(), { file: full });
    await goToTopic(page, topic);
    if (fact === "ip") await openEntry(page);
    for (const [typed, why] of [
      ["2021-02-30", /不是存在的日期/], ["21-5-1", /请写全年、月、日/], ["2021年5月", /请写全年、月、日/], ["2016-3", /请写全年、月、日/], ["昨天", /请写全年、月、日/],
    ]) {
      await page.fill(id, "");
      await page.locator(id).pressSequentially(typed);
      await page.locator(id).blur();
      const told = await page.locator(`#zice-${fact}-help`).innerText();
      assert.match(told, /填写有误：/, typed);
      assert.match(told, why, typed);
      assert.match(refusal(await companySoFar(page)), why, typed);
    }
    await goToReport(page);
    await backToAnswers(page);
    await goToTopic(page, topic);
    assert.equal(await page.inputValue(id), "昨天");
  });
}

test("a day is read the way people write it, and not changed under their hands", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  for (const typed of ["2021年5月1日", "2021/5/1", "2021.05.01", "２０２１－０５－０１", " 2021-5-1 "]) {
    for (const [topic, id] of [[0, "#zice-as_of"], [0, "#zice-established_on-value"], [3, "#zice-ip-0-granted_on"]]) {
      await goToTopic(page, topic);
      if (topic === 3) await openEntry(page);
      await page.fill(id, typed);
      assert.equal(await page.inputValue(id), typed);
    }
    const { as_of, facts } = await companySoFar(page);
    assert.deepEqual([as_of, facts.established_on, facts.ip[0].granted_on], ["2021-05-01", "2021-05-01", "2021-05-01"], typed);
  }
});

test("a mistake in an entry of a list is told in words, at the field that has it", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  await goToTopic(page, 3);
  await openEntry(page);
  const id = "#zice-ip-0-granted_on";
  await page.fill(id, "2021-02-30");
  await page.locator(id).blur();
  assert.doesNotMatch(await page.locator("#zice-ip").innerText(), /granted_on|\[0\]/);
  assert.equal(await page.getAttribute(id, "aria-invalid"), "true");
  assert.match(await page.locator(`#${await page.getAttribute(id, "aria-describedby")}`).innerText(), /不是存在的日期/);
});

test("a mistake in the day of application is told in words in the report", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  await page.fill("#zice-as_of", "2023-02-30");
  await goToReport(page);
  const text = await page.locator(".zice-report").innerText();
  assert.doesNotMatch(text, /as_of/);
  assert.match(text, /申报日期.*(不是存在的日期|按今天)/);
});

test("a day that does not exist in a company file is named beside its question and kept", async (t) => {
  const { page, complaints } = await openInterview(t, browser());
  const file = { ...full, as_of: "2023-02-30", facts: { ...full.facts, established_on: "2021-13-01" } };
  await openFile(page, file);
  await page.waitForFunction(() => document.querySelector("#zice-established_on .zice-error"));
  assert.match(await messageOf(page, "established_on"), /不是存在的日期/);
  assert.match(await page.locator("#zice-as_of-help").innerText(), /不是存在的日期/);
  await goToReport(page);
  await backToAnswers(page);
  assert.deepEqual(await savedCompany(page), file);
  assert.deepEqual(complaints, []);
});

const MARKUP = `"><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>&amp;{{7*7}}\${7*7}`;
const OVERRIDE = "湖州\u202Egnp.moc.live\u2066\u200F公司";
const UNSEEN = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
/**
 * The text as the page shows it: characters that would affect other words are
 * marked.
 */
const seen = (text) => text.replaceAll(UNSEEN, "\uFFFD");
const LONG = "长".repeat(3000) + "W".repeat(3000);

for (const [name, hostile] of Object.entries({ markup: MARKUP, "a change of direction": OVERRIDE, "a text without end": LONG, "a lone surrogate and a null": "甲\uD800乙\u0000丙" })) {
  test(`${name} in the name and in figures is text and nothing else`, async (t) => {
    const { page, complaints } = await openInterview(t, browser(), { file: full, context: { viewport: { width: 320, height: 800 } } });
    page.on("dialog", (dialog) => complaints.push(dialog.message()));
    await page.fill("#zice-name", hostile);
    await goToTopic(page, 1);
    await page.fill("#zice-sme_staff_tech-2022", hostile);
    await goToTopic(page, 2);
    await page.fill("#zice-revenue-2022", hostile);
    await assertNoSidewaysScrolling(page, "topic");
    const [download] = await Promise.all([page.waitForEvent("download"), pressSave(page)]);
    // The name is made safe for every system, and numbered because it was
    // changed.
    assert.match(download.suggestedFilename(), /^[^\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*.\s][^\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]{0,55}-[0-9a-f]{8}\.zice\.json$/u);
    const report = await goToReport(page);
    const text = hostile.replace("\uD800", "\uFFFD");
    assert.equal(report.company, text);
    assert.equal(await page.locator(".zice-company").textContent(), seen(text));
    // A figure's text is one line, without spaces around it and invisible
    // characters.
    assert.ok((await page.locator(".zice-answers").textContent()).includes(text.trim().replaceAll(/\p{Cf}/gu, "").replaceAll(/\p{Cc}/gu, " ").slice(0, 40).trim()));
    await assertNoSidewaysScrolling(page, "report");
    await shoot(page, `hostile-${name.replaceAll(" ", "-")}`);
    assert.equal(await page.locator("#zice-app").locator("img, script, iframe").count(), 0);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
    await backToAnswers(page);
    assert.equal(await page.inputValue("#zice-name"), text);
    assert.deepEqual(complaints, []);
  });
}

test("hostile names in a company file are shown as text, in the warnings too", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { context: { viewport: { width: 320, height: 800 } } });
  const file = company({ [MARKUP]: 1, [OVERRIDE]: 2, [LONG.slice(2900, 3100)]: 3, ip: [{ kind: MARKUP, [OVERRIDE]: 1 }], entity_kind: OVERRIDE, sme_staff_total: [MARKUP] }, { [MARKUP]: true });
  await openFile(page, file, "<b>\u202Ename.json");
  await page.locator(".zice-message p").waitFor();
  for (let topic = 0; topic < 6; topic++) await goToTopic(page, topic);
  await goToReport(page);
  const said = (await heard(page, "zice:report")).at(-1).warnings.map((one) => one.text).join("\n");
  const shown = await page.locator(".zice-report").textContent();
  for (const text of [MARKUP, OVERRIDE]) {
    assert.ok(said.includes(seen(text)), "the event names it");
    assert.ok(shown.includes(seen(text)), "the report names it");
  }
  await assertNoSidewaysScrolling(page, "report");
  await shoot(page, "hostile-file");
  assert.equal(await page.locator("#zice-app").locator("img, script, b").count(), 0);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.deepEqual(await savedCompany(page), { ...file, facts: { ...file.facts, sme_staff_total: { 2022: [MARKUP] } } });
  assert.deepEqual(complaints, []);
});

/** The position of an element's last character, compared with all before it. */
const lastIsLast = (element) => element.evaluate((it) => {
  const walker = document.createTreeWalker(it, NodeFilter.SHOW_TEXT);
  const places = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.length; at++) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const { top, right, width } = range.getBoundingClientRect();
      if (width > 0) places.push({ top, right });
    }
  }
  const last = places.at(-1);
  return places.every(({ top, right }) => top < last.top - 2 || right <= last.right);
});

test("a change of direction in a name does not reach the words around it", async (t) => {
  const { page } = await openInterview(t, browser());
  await openFile(page, { ...full, facts: { ...full.facts, ["x\u202Ey"]: 1, ip: [{ kind: "software\u202Ex", granted_on: "2021-05-01" }] } }, "a\u202Eb.json");
  await page.locator(".zice-message p").waitFor();
  assert.ok(await lastIsLast(page.locator(".zice-header .zice-privacy")), "the measure itself");
  const leaks = [];
  await goToReport(page);
  for (const [what, selector] of [["warning", ".zice-report li:has-text('y”')"], ["rights", ".zice-answers dd:has-text('software')"]]) {
    if (!(await lastIsLast(page.locator(selector).first()))) leaks.push(what);
  }
  assert.deepEqual(leaks, []);
});

test("a field has the keypad that can type what belongs there: a minus, or digits alone", async (t) => {
  const all = JSON.parse(await readFile(new URL("fixtures/all.json", import.meta.url), "utf8"));
  const { fact: dictionary } = JSON.parse(await readFile(join(dist, "policies/facts.json"), "utf8"));
  const { page } = await openInterview(t, browser(), { file: all, programmes: PROGRAMMES });
  const seen = new Set();
  for (let topic = 0, topics = await page.locator(".zice-steps button").count(); topic < topics; topic++) {
    await goToTopic(page, topic);
    for (const fact of dictionary) {
      if (fact.type === "list" || fact.type === "object") continue;
      const wanted = fact.type === "date" ? "numeric" : fact.type === "text" ? null : fact.signed ? "text" : "decimal";
      for (const field of await page.locator(`#zice-${fact.id} input[type=text]`).all()) {
        assert.equal(await field.getAttribute("inputmode"), wanted, fact.id);
        seen.add(`${fact.type} ${Boolean(fact.signed)}`);
      }
    }
  }
  for (const kind of ["date false", "money false", "money true", "count false"]) assert.ok(seen.has(kind), `${kind}: ${[...seen]}`);
});

test("asking for a range goes to its lower end, and back to the figure; the year is said once", async (t) => {
  const { page } = await openInterview(t, browser());
  for (const [topic, fact, id] of [[1, "sme_staff_total", "zice-sme_staff_total-2025"], [2, "revenue", "zice-revenue-2025"]]) {
    await page.fill("#zice-as_of", "2026-06-01");
    await goToTopic(page, topic);
    const toggle = page.locator(`#zice-${fact} .zice-link`).first();
    await toggle.click();
    await page.waitForFunction((id) => document.activeElement.id === id, `${id}-min`);
    if (fact === "revenue") {
      const row = page.locator("#zice-revenue tr", { has: page.locator(`[id="${id}-min"]`) });
      const shown = await row.evaluate((row) => [...row.querySelectorAll("th, label")].flatMap((it) => [...it.querySelectorAll("*"), it])
        .filter((it) => !it.children.length && it.getBoundingClientRect().width > 1).map((it) => it.textContent.trim()));
      assert.deepEqual(shown, ["最低", "最高"]);
      assert.equal(await page.locator(".zice-years-head").innerText(), "2025 年", "the head of the table says it for all rows");
      assert.equal(await page.getByRole("textbox", { name: "2025 年 最低" }).count(), 1, "its name still says the year");
    }
    await toggle.click();
    await page.waitForFunction((id) => document.activeElement.id === id, id);
    await page.evaluate(() => document.activeElement.blur());
    await goToTopic(page, 0);
  }
});
