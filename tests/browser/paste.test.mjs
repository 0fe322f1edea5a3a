// Tables copied in Excel or WPS become entries and figures: only after a person
// has looked at them, never by guessing, and they can be taken back.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { assertNoSidewaysScrolling, assess, companySoFar, company, drawn, fullCompany, goToReport, goToTopic, openEntry, openInterview, shoot, useBrowser } from "./support.mjs";

const browser = useBrowser();
const fixture = (name) => readFile(new URL(`fixtures/paste/${name}.tsv`, import.meta.url), "utf8");
const NAME = "湖州示例科技有限公司";

/**
 * Pastes as a person does: the text is in the clipboard, and keys do the rest.
 */
async function paste(page, text) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("ControlOrMeta+V");
}

/** Opens the topic with the list of rights, and the field to paste into. */
async function openPaste(t, { facts = {}, programmes = ["tech-sme", "hnte-zj"], topic = 3, list = "ip", ...more } = {}) {
  const opened = await openInterview(t, browser(), { file: company(facts), programmes, ...more });
  await goToTopic(opened.page, topic);
  await opened.page.click(`#zice-${list} [data-zice-paste]`);
  await opened.page.waitForFunction(() => document.activeElement.localName === "textarea");
  return opened;
}

const told = (page) => page.locator(".zice-paste [role=status]").innerText();
const rights = async (page) => (await companySoFar(page)).facts.ip;
const cell = (page, row, column) => page.locator(`.zice-preview tbody tr >> nth=${row} >> td >> nth=${column}`);
const ended = (page) => page.waitForFunction(() => !document.querySelector(".zice-paste"));

test("rows of one name that no number tells apart say so, also without a column for the status", async (t) => {
  const { page, complaints } = await openPaste(t);
  await paste(page, "专利名称\t类型\t专利号\n阀门\t发明\tCN107654321B\n阀门\t发明\tZL201710123456.7");
  const head = page.locator(".zice-preview tbody tr >> nth=1 >> th");
  assert.match(await head.innerText(), /可能与第 1 行是同一项/);
  await page.getByRole("button", { name: "添加这 2 行" }).click();
  await ended(page);
  assert.deepEqual((await rights(page)).map(({ status }) => status), ["granted", null]);
  assert.deepEqual(complaints, []);
});

test("a list of the patent office is shown first, with what was not understood in words, and then added", async (t) => {
  const { page, complaints } = await openPaste(t);
  await paste(page, await fixture("cnipa"));
  assert.equal(await told(page), "可以添加 5 项，1 列没认出，不添加。");
  assert.equal(await cell(page, 3, 8).innerText(), "本企业与他人共有");
  assert.equal(await cell(page, 4, 7).innerText(), "已失效", "驳回");
  assert.equal(await cell(page, 2, 7).innerText(), "已失效");
  assert.equal(await rights(page), undefined, "nothing is taken before it is asked for");
  await page.getByRole("button", { name: "添加这 5 行" }).click();
  await ended(page);
  assert.equal(await page.locator("#zice-ip .zice-entries tbody tr").count(), 5);
  const all = await rights(page);
  assert.deepEqual(all[0], { kind: "invention", name: "一种耐磨涂料及其制备方法", number: "ZL201910123456.7", granted_on: "2021-05-11", status: "granted", owner: "company" });
  assert.equal(all[3].owner, "co_owned");
  assert.match(await page.locator("#zice-ip [role=status]").first().innerText(), /已添加 5 项。/);
  assert.deepEqual(await goToReport(page).then((report) => report.reports), [assess(await companySoFar(page)), assess(await companySoFar(page), "zh", "hnte-zj")]);
  assert.deepEqual(complaints, []);
});

test("one undo puts the list back exactly as it was, after adding and after replacing", async (t) => {
  const ip = [{ kind: "design", granted_on: "2020-01-01" }, { kind: "software", odd: "kept" }];
  const { page } = await openPaste(t, { facts: { ip } });
  for (const [button, count] of [["添加这 5 行", 7], ["替换已有的 2 项", 5]]) {
    if (!(await page.locator(".zice-paste").count())) await page.click("[data-zice-paste]");
    await page.locator("#zice-ip textarea").fill(await fixture("wps"));
    assert.equal(await told(page), "可以添加 5 项，1 行不添加，2 格没看懂，按未知算。");
    await page.getByRole("button", { name: button }).click();
    await page.waitForFunction(() => document.activeElement.textContent === "撤销粘贴");
    assert.equal((await rights(page)).length, count);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.hasAttribute("data-zice-paste"));
    assert.deepEqual(await rights(page), ip);
  }
});

test("what was undone can't undo what was changed since", async (t) => {
  const { page } = await openPaste(t);
  await page.locator("#zice-ip textarea").fill(await fixture("wps"));
  await page.getByRole("button", { name: "添加这 5 行" }).click();
  await page.getByRole("button", { name: "编辑第 1 项" }).click();
  await page.fill("#zice-ip-0-name", "改过的名称");
  assert.equal(await page.getByRole("button", { name: "撤销粘贴" }).count(), 0);
});

test("a day that can be read in two ways is asked once, at the head of its column", async (t) => {
  const { page } = await openPaste(t);
  await page.locator("#zice-ip textarea").fill(await fixture("english"));
  assert.match(await cell(page, 0, 3).innerText(), /05\/06\/2021\s*请先在表头选日期读法/);
  assert.equal(await cell(page, 1, 3).innerText(), "2019-12-20");
  const choose = page.getByLabel("第 4 列 日期怎么读");
  await choose.selectOption({ label: "05/06/2021 = 2021-06-05" });
  assert.equal(await cell(page, 0, 3).innerText(), "2021-06-05");
  assert.equal(await cell(page, 2, 3).innerText(), "2020-11-03");
  await choose.selectOption({ label: "05/06/2021 = 2021-05-06" });
  await page.getByRole("button", { name: "添加这 3 行" }).click();
  assert.deepEqual((await rights(page)).map((one) => one.granted_on), ["2021-05-06", "2019-12-20", "2020-03-11"]);
});

test("columns without heads are chosen, numbers are days only where the user says so, and two columns for one field are not read", async (t) => {
  const { page } = await openPaste(t);
  await page.locator("#zice-ip textarea").fill(await fixture("headless"));
  assert.equal(await told(page), "可以添加 3 项，5 列没认出，不添加。");
  await page.getByLabel("第 2 列 对应的栏目").selectOption({ label: "名称" });
  await page.getByLabel("第 5 列 对应的栏目").selectOption({ label: "名称" });
  assert.equal(await page.locator(".zice-preview th", { hasText: "与另一列重复，请只留一列" }).count(), 2);
  await page.getByLabel("第 5 列 对应的栏目").selectOption({ label: "忽略此列" });
  await page.getByLabel("第 4 列 对应的栏目").selectOption({ label: "授权日" });
  assert.match(await cell(page, 0, 3).innerText(), /44317\s*请先/);
  await page.getByLabel("第 4 列 日期怎么读").selectOption({ label: "44317 = 2021-05-01" });
  await page.getByRole("button", { name: "添加这 3 行" }).click();
  assert.deepEqual((await rights(page))[0], { kind: "utility_model", name: "一种耐磨涂料", granted_on: "2021-05-01", status: "granted" });
});

test("amounts keep the unit of their heads, and an unknown unit is marked", async (t) => {
  const { page } = await openPaste(t, { programmes: ["new-material"], topic: 1, list: "materials" });
  await page.locator("#zice-materials textarea").fill(await fixture("materials"));
  assert.equal(await page.locator(".zice-preview th", { hasText: "单位没看懂" }).count(), 1);
  assert.equal(await cell(page, 0, 2).innerText(), "50,000,000 元");
  await page.getByRole("button", { name: "添加这 3 行" }).click();
  const [first] = (await companySoFar(page)).facts.materials;
  assert.deepEqual([first.insured_amount, first.contract_amount, first.premium_rate, first.premium_paid], ["50000000", "80000000", "0.03", null]);
});

test("with the keyboard alone a table is pasted, looked at, added and undone; Escape sends it away without loss", async (t) => {
  const { page } = await openInterview(t, browser(), { file: company({}) });
  await goToTopic(page, 3);
  await page.focus("#zice-ip [data-zice-add]");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.localName === "textarea");
  await paste(page, await fixture("cnipa"));
  await page.locator(".zice-preview").waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.hasAttribute("data-zice-paste"));
  assert.equal(await page.getAttribute("[data-zice-paste]", "aria-expanded"), "false");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.localName === "textarea");
  assert.match(await told(page), /可以添加 5 项/, "what was understood is still there");
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.textContent.startsWith("添加这"))) break;
  }
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.textContent === "撤销粘贴");
  assert.equal((await rights(page)).length, 5);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.hasAttribute("data-zice-paste"));
  assert.equal(await rights(page), undefined);
});

test("Escape while a word is composed belongs to the input method, and nothing touches the field", async (t) => {
  const { page, context } = await openPaste(t);
  const cdp = await context.newCDPSession(page);
  await page.evaluate(() => {
    const field = document.querySelector("textarea");
    window.set = 0;
    const { get, set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
    Object.defineProperty(field, "value", { get, set(text) { window.set++; set.call(this, text); } });
    new MutationObserver(() => window.set++).observe(field, { characterData: true, childList: true, subtree: true });
  });
  for (const text of ["z", "zhuan", "zhuan'li"]) {
    await cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await drawn(page);
  }
  await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", isComposing: true, bubbles: true })));
  await cdp.send("Input.insertText", { text: "专利类型" });
  assert.equal(await page.inputValue("textarea"), "专利类型");
  assert.equal(await page.evaluate(() => window.set), 0);
});

test("what is hostile in a table is text and nothing else", async (t) => {
  const { page, complaints } = await openPaste(t, { context: { viewport: { width: 320, height: 800 } } });
  page.on("dialog", (dialog) => complaints.push(dialog.message()));
  const long = "长".repeat(3000) + "W".repeat(3000);
  const rows = [["专利类型", "专利名称", "\u202Egnp.moc"], ["新型", `<img src=x onerror="window.pwned=1">`, "x"], ["新型", "=cmd|' /C calc'!A0", "y"], [long, long, long], ["发明", "甲\u202E乙\u2066", "\u0000\u001b[31m"]];
  await page.locator("#zice-ip textarea").fill(rows.map((row) => row.join("\t")).join("\r\n"));
  assert.match(await cell(page, 2, 0).innerText(), /^长{60}…\s*没认出，先当“不清楚”/);
  assert.equal(await cell(page, 3, 1).innerText(), "甲\uFFFD乙\uFFFD");
  await assertNoSidewaysScrolling(page, "preview");
  await shoot(page, "paste-hostile");
  await page.getByRole("button", { name: "添加这 4 行" }).click();
  await ended(page);
  await assertNoSidewaysScrolling(page, "list");
  assert.deepEqual((await rights(page)).slice(0, 2).map((one) => one.name), [`<img src=x onerror="window.pwned=1">`, "=cmd|' /C calc'!A0"]);
  await goToReport(page);
  await assertNoSidewaysScrolling(page, "report");
  assert.equal(await page.locator("#zice-app").locator("img, script").count(), 0);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.deepEqual(complaints, []);
});

test("five hundred rows are taken; fifty of them are shown, which is said", async (t) => {
  const { page } = await openPaste(t);
  const rows = Array.from({ length: 500 }, (_, at) => `新型\t一种装置${at}\tZL2019${at}\t2021-05-01\t${NAME}`);
  await paste(page, ["专利类型\t专利名称\t专利号\t授权公告日\t专利权人", ...rows].join("\n"));
  await page.locator(".zice-preview").waitFor();
  assert.match(await told(page), /可以添加 500 项，下面只显示前 50 行。/);
  assert.equal(await page.locator(".zice-preview tbody tr").count(), 50);
  await page.getByRole("button", { name: "添加这 500 行" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".zice-entries tbody tr").length === 500);
});

const revenue = async (page) => (await companySoFar(page)).facts.revenue;

test("figures with their years find their places by themselves, and go again", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { file: company({ revenue: { 2022: "5" } }), programmes: ["hnte-zj"] });
  await goToTopic(page, 2);
  await page.focus("#zice-revenue-2022");
  await paste(page, await fixture("years"));
  await page.locator("#zice-revenue .zice-paste").waitFor();
  assert.equal(await page.inputValue("#zice-revenue-2022"), "5", "nothing is filled in yet");
  assert.match(await page.locator("#zice-revenue .zice-paste").innerText(), /2020 年：12,345,000 元\s*2021 年：15,000,000 元\s*2022 年：-200（没看懂）/);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.id === "zice-revenue-2022");
  await paste(page, "2020年\t2021年\t2022年\n1234万\t0.15亿\t约两千");
  assert.match(await page.locator("#zice-revenue .zice-paste").innerText(), /2022 年：约两千（没看懂）/);
  await page.waitForFunction(() => document.activeElement.textContent === "按此填入");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.textContent === "撤销粘贴");
  assert.deepEqual(await revenue(page), { 2022: "5", 2020: "12340000", 2021: "15000000" });
  assert.equal(await page.inputValue("#zice-revenue-2020"), "12340000");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "zice-revenue-2022");
  assert.deepEqual(await revenue(page), { 2022: "5" });
  assert.deepEqual(complaints, []);
});

test("figures without years are asked for their order, and a single figure is pasted as ever", async (t) => {
  const { page } = await openInterview(t, browser(), { file: company({}), programmes: ["hnte-zj"] });
  await goToTopic(page, 2);
  await page.focus("#zice-revenue-2022");
  await paste(page, "1200\r\n");
  assert.equal(await page.inputValue("#zice-revenue-2022"), "1200");
  assert.equal(await page.locator(".zice-paste").count(), 0);
  await paste(page, "1200\t1300\t1400");
  const ways = page.locator("#zice-revenue .zice-paste button");
  assert.deepEqual(await ways.allInnerTexts(), ["按此填入：2022 年：1,200 元；2021 年：1,300 元；2020 年：1,400 元", "按此填入：2020 年：1,200 元；2021 年：1,300 元；2022 年：1,400 元", "取消"]);
  await ways.nth(1).click();
  assert.deepEqual(await revenue(page), { 2022: "1400", 2020: "1200", 2021: "1300" });
  await page.focus("#zice-revenue-2021");
  await paste(page, "1\t2");
  assert.match(await page.locator("#zice-revenue .zice-paste [role=alert]").innerText(), /看不出/);
});

test("a block of figures by field and side is matched by its labels", async (t) => {
  const { page } = await openInterview(t, browser(), { file: company({}), programmes: ["aaa-zj"] });
  await page.locator(".zice-steps button", { hasText: "合同与信用" }).click();
  await page.locator("#zice-contract_figures .zice-year > summary", { hasText: "2022" }).click();
  await page.focus("#zice-contract_figures-2022-income-written_count");
  await paste(page, await fixture("contracts"));
  await page.getByRole("button", { name: "按此填入" }).click();
  const figures = (await companySoFar(page)).facts.contract_figures[2022];
  assert.deepEqual(figures.expense, { written_count: "85", written_amount: "21005000", model_text_amount: "1000000" });
  assert.equal(figures.income.written_amount, "34000000");
  await page.waitForFunction(() => document.activeElement.textContent === "撤销粘贴");
  await page.keyboard.press("Enter");
  assert.equal((await companySoFar(page)).facts.contract_figures, undefined);
});

test("a row of another name is shown with its name, and one that is not asked is said to be left out", async (t) => {
  const { page } = await openInterview(t, browser(), { file: company({}), programmes: ["aaa-zj", "hnte-zj"] });
  await goToTopic(page, 2);
  await page.focus("#zice-revenue-2022");
  await paste(page, "项目\t2021\t2022\n净利润\t300\t400");
  assert.match(await page.innerText("#zice-revenue .zice-paste"), /看不出每个数字/, "that is another figure");
  await page.locator("#zice-revenue .zice-paste").getByRole("button", { name: "取消" }).click();
  await paste(page, "项目\t2021\t2022\n甲产品\t300\t400");
  assert.match(await page.innerText("#zice-revenue .zice-paste"), /这一行写的是“甲产品”，请核对/);
  await page.locator("#zice-revenue .zice-paste").getByRole("button", { name: "取消" }).click();
  await paste(page, "2022\t2022\t2021\n1\t2\t3");
  assert.match(await page.innerText("#zice-revenue .zice-paste"), /看不出每个数字/);
  await page.locator("#zice-revenue .zice-paste").getByRole("button", { name: "取消" }).click();
  await page.locator(".zice-steps button", { hasText: "合同与信用" }).click();
  await page.locator("#zice-contract_figures .zice-year > summary", { hasText: "2022" }).click();
  await page.focus("#zice-contract_figures-2022-income-written_count");
  await paste(page, `${await fixture("contracts")}员工人数\t30\t40\n`);
  assert.match(await page.innerText("#zice-contract_figures .zice-paste"), /“员工人数”这一行没认出，不填入/);
});

test("a row tells what is missing and what is unusual, opens below itself and closes again", async (t) => {
  const file = await fullCompany();
  const ip = [{ kind: "invention", name: "一种涂料" }, { kind: "design", granted_on: "2021-02-30", status: "pending" }];
  const { page } = await openInterview(t, browser(), { file: { ...file, facts: { ...file.facts, ip } } });
  await goToTopic(page, 3);
  assert.match(await page.locator("#zice-ip-0-row").innerText(), /发明专利（Ⅰ类）\s+一种涂料[\s\S]*未填：授权日/);
  assert.match(await page.locator("#zice-ip-1-row").innerText(), /填写有误：授权日[\s\S]*状态：申请中/);
  assert.equal(await page.locator("#zice-ip .zice-entry").count(), 0);
  const edit = page.getByRole("button", { name: "编辑第 1 项" });
  await edit.click();
  assert.equal(await edit.getAttribute("aria-expanded"), "true");
  assert.equal(await edit.getAttribute("aria-controls"), "zice-ip-0-entry");
  await page.fill("#zice-ip-0-granted_on", "2021-05-01");
  assert.doesNotMatch(await page.locator("#zice-ip-0-row").innerText(), /未填/);
  await page.getByRole("button", { name: "编辑第 2 项" }).click();
  assert.equal(await page.inputValue("#zice-ip-0-granted_on"), "2021-05-01", "both are open");
  await page.locator("#zice-ip-0-entry").getByRole("button", { name: "完成" }).click();
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-label") === "编辑第 1 项");
  assert.equal(await page.locator("#zice-ip .zice-entry").count(), 1);
});

/** Answers a question that is asked once for all rows. */
const answer = (page, question, label) => page.getByLabel(question).selectOption({ label });
const bounds = (page) => page.locator(".zice-live [data-zice-score]").innerText().then((text) => text.match(/\d+/g));
const row = (page, at) => page.locator(`#zice-ip-${at}-row`);
/** A field of the row that was not understood, with its select. */
const unread = (page, at, label) => row(page, at).locator(".zice-unread").filter({ has: page.getByLabel(label) });

test("what was not understood stands in the row beside a choice, and the score is a range until it is said", async (t) => {
  const file = await fullCompany();
  const { ip, ...facts } = file.facts;
  const { page, complaints } = await openInterview(t, browser(), { file: { ...file, facts } });
  await goToTopic(page, 3);
  await page.click("#zice-ip [data-zice-paste]");
  await page.locator("#zice-ip textarea").fill("专利类型\t名称\t专利号\t授权公告日\t专利权人\t法律状态\n发明专利\t一种涂料\tZL201910123456.7\t2021-05-11\t张建国\t有权-审定授权");
  assert.match(await cell(page, 0, 4).innerText(), /^张建国\s*没认出，先当“不清楚”/);
  await shoot(page, "paste-unread");
  await page.getByRole("button", { name: "添加这 1 行" }).click();
  await ended(page);
  assert.equal((await rights(page))[0].owner, null);
  const open = await bounds(page);
  assert.equal(open.length, 2, `a range, not ${open}`);
  assert.match(await unread(page, 0, "1 权利人").innerText(), /表里写的是“张建国”/);
  assert.match(await row(page, 0).innerText(), /权利人：不清楚/);
  await shoot(page, "paste-row");
  // The original words are kept in the file.
  const saved = await companySoFar(page);
  assert.deepEqual(saved.pasted, { ip: { 0: { owner: "张建国" } } });
  assert.deepEqual(assess(saved).score, (await goToReport(page)).score);
  const again = await openInterview(t, browser(), { file: saved });
  await goToTopic(again.page, 3);
  assert.match(await unread(again.page, 0, "1 权利人").innerText(), /表里写的是“张建国”/);
  await again.page.getByLabel("1 权利人").selectOption("company");
  await again.page.waitForFunction(() => document.activeElement.closest("#zice-ip-0-row"));
  assert.equal((await bounds(again.page)).length, 1, "it is settled");
  assert.equal(await again.page.locator(".zice-unread").count(), 0);
  const settled = await companySoFar(again.page);
  assert.deepEqual([settled.facts.ip[0].owner, settled.pasted], ["company", undefined]);
  assert.deepEqual([...complaints, ...again.complaints], []);
});

test("a right that ends by the day of application is open again when that day is moved, and its row says why", async (t) => {
  const file = await fullCompany();
  const { ip, ...facts } = file.facts;
  const { page, complaints } = await openInterview(t, browser(), { file: { ...file, facts } });
  await goToTopic(page, 3);
  await page.click("#zice-ip [data-zice-paste]");
  await page.locator("#zice-ip textarea").fill(`专利类型\t名称\t专利号\t授权公告日\t专利权人\t法律状态\t失效日\n发明专利\t一种涂料\tZL200410123456.7\t2008-05-11\t${NAME}\t授权\t2023-10-01`);
  await page.getByRole("button", { name: "添加这 1 行" }).click();
  await ended(page);
  assert.equal((await rights(page))[0].status, "granted");
  assert.equal((await bounds(page)).length, 1);
  await goToTopic(page, 0);
  await page.fill("#zice-as_of", "2023-10-01");
  await page.locator("#zice-as_of").blur();
  await goToTopic(page, 3);
  assert.equal((await rights(page))[0].status, null);
  assert.equal((await bounds(page)).length, 2, "the score is a range");
  assert.match(await row(page, 0).innerText(), /2023-10-01/);
  await shoot(page, "paste-ended");
  const saved = await companySoFar(page);
  assert.deepEqual((await goToReport(page)).score, assess(saved).score);
  assert.deepEqual(complaints, []);
});

test("the words follow their entries when others are deleted, put back, added or pasted, and an undo takes them along", async (t) => {
  const { page } = await openPaste(t);
  const table = (...owners) => ["专利类型\t专利号\t授权公告日\t专利权人", ...owners.map((owner, at) => `发明专利\tZL20191012345${at}.X\t2021-05-11\t${owner}`)].join("\n");
  await page.locator("#zice-ip textarea").fill(table(NAME, "甲某", "乙某"));
  await page.getByRole("button", { name: "添加这 3 行" }).click();
  await ended(page);
  const words = async () => (await companySoFar(page)).pasted?.ip;
  const all = { 1: { owner: "甲某" }, 2: { owner: "乙某" } };
  assert.deepEqual(await words(), all);
  await page.getByRole("button", { name: "删除第 2 项" }).click();
  assert.deepEqual(await words(), { 1: { owner: "乙某" } });
  await page.getByRole("button", { name: "撤销删除" }).click();
  assert.deepEqual(await words(), all);
  await page.locator("#zice-ip [data-zice-add='true']").click();
  assert.deepEqual(await words(), all);
  await page.getByRole("button", { name: "删除第 1 项" }).click();
  assert.deepEqual(await words(), { 0: { owner: "甲某" }, 1: { owner: "乙某" } });
  await page.click("#zice-ip [data-zice-paste]");
  await page.locator("#zice-ip textarea").fill(table("丙某"));
  await page.getByRole("button", { name: "替换已有的" }).click();
  await ended(page);
  assert.deepEqual(await words(), { 0: { owner: "丙某" } });
  await page.getByRole("button", { name: "撤销粘贴" }).click();
  assert.deepEqual(await words(), { 0: { owner: "甲某" }, 1: { owner: "乙某" } });
  // The entry's fields show the original words too.
  await openEntry(page, 0);
  assert.match(await page.locator("#zice-ip-0-entry").innerText(), /表里写的是“甲某”/);
});

test("a cell is said to be what it is before the rows are added", async (t) => {
  const { page } = await openPaste(t);
  await page.locator("#zice-ip textarea").fill(`专利类型\t专利号\t授权公告日\t专利权人\t法律状态\n发明专利\tZL201910123456.7\t2021-05-11\t${NAME}\t甲乙丙`);
  assert.match(await cell(page, 0, 4).innerText(), /没认出，先当“不清楚”/);
  await page.getByLabel("行 1 状态").selectOption("expired");
  assert.doesNotMatch(await cell(page, 0, 4).innerText(), /没认出/);
  await page.getByRole("button", { name: "添加这 1 行" }).click();
  await ended(page);
  assert.equal((await rights(page))[0].status, "expired");
  assert.equal((await companySoFar(page)).pasted, undefined);
});

test("what stands elsewhere in the row against a cell is shown beside the choice, and one right is added once", async (t) => {
  const { page } = await openPaste(t);
  const heads = "专利类型\t专利号\t授权公告日\t法律状态\t取得方式\t专利权人\t实际权利人\t备注";
  const row = (number, status, remark) => `发明专利\t${number}\t2021-05-11\t${status}\t自主研发\t${NAME}\t张三\t${remark}`;
  const table = [heads, row("ZL201910123401.7", "有效", "系受让取得"), row("201910123401.7", "有效", "系受让取得"), row("ZL201910123402.5", "有效", "")].join("\n");
  await page.locator("#zice-ip textarea").fill(table);
  assert.match(await cell(page, 0, 4).innerText(), /^自主研发\s+表里另有不同说法，先当“不清楚”\s+备注：系受让取得/);
  assert.match(await cell(page, 0, 5).innerText(), /实际权利人：张三/);
  assert.equal(await cell(page, 2, 4).innerText(), "自主研发");
  assert.match(await page.locator(".zice-preview tbody tr >> nth=1 >> th").innerText(), /与第 1 行是同一项，不重复添加/);
  await page.locator(".zice-preview").evaluate((it) => (it.scrollLeft = 240));
  await shoot(page, "paste-against");
  await page.getByLabel("行 1 取得方式").selectOption("transfer");
  await page.getByRole("button", { name: "添加这 2 行" }).click();
  await ended(page);
  const one = (await rights(page))[0];
  assert.deepEqual([one.obtained_by, one.owner], ["transfer", null]);
  assert.match(await page.locator("#zice-ip .zice-entries tbody tr").first().innerText(), /实际权利人：张三/);
  await page.click("#zice-ip [data-zice-paste]");
  await page.locator("#zice-ip textarea").fill([table, row("ZL201910123403.3", "有效", "")].join("\n"));
  await page.getByRole("button", { name: "添加这 3 行" }).click();
  await ended(page);
  assert.equal((await rights(page)).length, 3);
  assert.match(await page.locator("#zice-ip [role=status]").first().innerText(), /已添加 1 项。另有 2 项清单里已有，没有重复添加。/);
  await shoot(page, "paste-again");
});

test("whose the rights are and their kind are asked once for all rows, and can be said anew", async (t) => {
  const { page } = await openPaste(t, { programmes: ["tech-sme"] });
  const table = (owner) => `名称\t授权公告日\t权利人\n甲\t2021-05-11\t${owner}\n乙\t2021-06-11\t${owner}`;
  await page.locator("#zice-ip textarea").fill(table("湖州示例（集团）科技有限公司"));
  const us = "“湖州示例（集团）科技有限公司”是本企业吗？";
  await answer(page, us, "是");
  assert.equal(await cell(page, 0, 2).innerText(), "本企业");
  await answer(page, us, "不是");
  assert.match(await cell(page, 0, 2).innerText(), /没认出，先当“不清楚”/);
  await answer(page, us, "是");
  const kinds = page.locator(".zice-question-once", { hasText: "各行都是" }).locator("select");
  await kinds.selectOption("software");
  await shoot(page, "paste-questions");
  await page.getByRole("button", { name: "添加这 2 行" }).click();
  assert.deepEqual((await rights(page)).map((one) => [one.kind, one.owner]), [["software", "company"], ["software", "company"]]);
});

test("an owner in the company's own name is not asked for, with brackets or without", async (t) => {
  const { page } = await openInterview(t, browser(), { file: company({}, { name: "湖州示例（浙江）科技有限公司" }) });
  await goToTopic(page, 3);
  await page.click("#zice-ip [data-zice-paste]");
  await page.locator("#zice-ip textarea").fill("专利类型\t专利号\t授权公告日\t专利权人\n发明专利\tZL201910123456.7\t2021-05-11\t湖州示例(浙江)科技有限公司\n发明专利\tZL201910123457.5\t2021-05-11\t湖州示例浙江科技有限公司");
  for (const at of [0, 1]) assert.equal(await cell(page, at, 3).innerText(), "本企业");
  assert.equal(await page.locator(".zice-question-once").count(), 0);
});

test("a rejected patent is none, whatever its number looks like", async (t) => {
  const { page } = await openPaste(t);
  await page.locator("#zice-ip textarea").fill("序号\t专利类型\t专利名称\t申请号\t申请日\t授权公告日\t法律状态\n1\t发明\t一种示例固化剂\t202010123402.2\t2020.04.08\t\t驳回");
  await page.getByRole("button", { name: "添加这 1 行" }).click();
  await ended(page);
  assert.equal((await rights(page))[0].status, "expired");
  assert.match(await row(page, 0).innerText(), /已失效/);
});

test("a unit nobody knows is shown and asked, and no amount is taken until then", async (t) => {
  const { page } = await openPaste(t, { programmes: ["new-material"], topic: 1, list: "materials" });
  const table = (above) => `${above}\n材料名称\t保险金额\n聚酰亚胺\t5000`;
  await page.locator("#zice-materials textarea").fill(table("单位：万美元"));
  assert.match(await page.locator(".zice-question-once").innerText(), /单位没看懂：“单位：万美元”/);
  assert.match(await cell(page, 0, 1).innerText(), /5000\s*没认出/);
  await page.locator(".zice-question-once select").selectOption("万元");
  assert.equal(await cell(page, 0, 1).innerText(), "50,000,000 元");
  await page.locator("#zice-materials textarea").fill(table("首批次材料"));
  assert.match(await page.locator(".zice-question-once").innerText(), /表里没写金额单位，先按元读/);
  await page.locator("#zice-materials textarea").fill(table("单位：万元 币种：人民币"));
  assert.equal(await page.locator(".zice-question-once").count(), 0);
  assert.equal(await cell(page, 0, 1).innerText(), "50,000,000 元");
});

test("a table that comes to nothing says why", async (t) => {
  const { page } = await openPaste(t);
  for (const [table, why] of [
    ["甲\t乙\n丙\t丁", /没有可以添加的行|一列也没认出/],
    ["专利类型\t专利名称\t授权公告日\n合计\t5\t", /每一行都是合计或小计/],
    ["专利类型\t专利名称\t授权公告日", /只有表头/],
    ["部门\t楼层\t车位\n研发\t三\tA1", /没有可以添加的行|一列也没认出/],
  ]) {
    await page.locator("#zice-ip textarea").fill(table);
    assert.match(await told(page), why, table);
    assert.equal(await page.getByRole("button", { name: /^添加这/ }).count(), 0);
  }
});

test("a line that looks like the figure is shown with its name and filled in only when the user says so", async (t) => {
  const { page } = await openInterview(t, browser(), { file: company({}), programmes: ["tech-sme"] });
  const place = "#zice-sme_staff_total";
  await page.locator(".zice-steps button", { hasText: "人员" }).first().click();
  await page.focus(`${place}-2022`);
  await paste(page, "项目\t2022年\n从业人数\t55");
  const panel = page.locator(`${place} .zice-paste`);
  assert.match(await panel.innerText(), /表里叫“从业人数”，不一定是“.+”，先不填。是这个数吗？/);
  assert.equal(await panel.getByRole("button", { name: "按此填入" }).count(), 0);
  await shoot(page, "paste-look-alike");
  await panel.getByRole("button", { name: "是", exact: true }).click();
  await panel.getByRole("button", { name: "按此填入" }).click();
  assert.deepEqual((await companySoFar(page)).facts.sme_staff_total, { 2022: "55" });
});

test("a block in a unit nobody knows is asked for it, and one of other lines says what they are", async (t) => {
  const { page } = await openInterview(t, browser(), { file: company({}), programmes: ["hnte-zj"] });
  await goToTopic(page, 2);
  await page.focus("#zice-revenue-2022");
  await paste(page, "单位：万美元\t\t\n项目\t2021年\t2022年\n营业收入\t300\t400");
  const panel = page.locator("#zice-revenue .zice-paste");
  assert.match(await panel.innerText(), /单位没看懂：“单位：万美元”/);
  assert.equal(await panel.getByRole("button", { name: "按此填入" }).count(), 0);
  await panel.getByRole("button", { name: "万元", exact: true }).click();
  assert.match(await panel.innerText(), /2022 年：4,000,000 元/);
  await panel.getByRole("button", { name: "取消" }).click();
  await paste(page, "项目\t2021\t2022\n净利润\t300\t400");
  assert.match(await panel.locator("[role=alert]").innerText(), /表里各行是：.*净利润/);
});
