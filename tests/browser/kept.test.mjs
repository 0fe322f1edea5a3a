// Companies are kept in this browser only on request; they can be opened again
// and compared, and the page tells what the rules have changed since.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assess, company, companySoFar, fullCompany, goToReport, goToTopic, openFile, openInterview, openStarted, pressKeep, savedText, start, useBrowser, pressMore, reloadEmpty } from "./support.mjs";

const browser = useBrowser();
const full = await fullCompany();
const stored = (page) => page.evaluate(() => ({ ...localStorage }));
const keep = pressKeep;

test("a company is kept when it is asked for, goes on being kept, and is there after a reload", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { file: full });
  await page.fill("#zice-name", "甲公司");
  assert.deepEqual(await stored(page), {}, "nothing before");
  await keep(page);
  assert.match(await page.locator(".zice-kept-now").innerText(), /已存在本浏览器/);
  await goToTopic(page, 1);
  await page.fill("#zice-sme_staff_total-2022", "99");
  const asked = [];
  page.on("dialog", (dialog) => { asked.push(dialog.type()); return dialog.accept(); });
  await reloadEmpty(page);
  await page.waitForSelector("main h1");
  assert.deepEqual(asked, [], "what is kept is not lost");
  await page.getByRole("button", { name: "打开：甲公司" }).click();
  assert.equal(await page.isChecked("#zice-choose-tech-sme"), true, "its programmes are chosen again");
  await page.click(".zice-begin .zice-button");
  await goToTopic(page, 1);
  assert.equal(await page.inputValue("#zice-sme_staff_total-2022"), "99");
  assert.deepEqual(await companySoFar(page), { ...full, name: "甲公司", facts: { ...full.facts, sme_staff_total: { 2022: "99" } } });
  await page.fill("#zice-sme_staff_total-2022", "98");
  assert.equal(Object.keys(await stored(page)).length, 1, "the same one goes on being kept");
  assert.deepEqual(complaints, []);
});

test("several are kept by name, and are deleted at once, one or all, and put back", async (t) => {
  const { page } = await openStarted(t, browser());
  for (const name of ["甲公司", "乙<b>公司", "丙公司"]) {
    await openFile(page, { ...full, name });
    await page.locator(".zice-message", { hasText: "company.zice.json" }).waitFor();
    await keep(page);
  }
  const names = () => page.locator(".zice-kept li bdi").allInnerTexts();
  assert.deepEqual(await names(), ["甲公司", "乙<b>公司", "丙公司"]);
  await page.getByRole("button", { name: "删除：乙<b>公司" }).click();
  assert.deepEqual(await names(), ["甲公司", "丙公司"]);
  assert.equal(Object.keys(await stored(page)).length, 2);
  await page.getByRole("button", { name: "撤销删除" }).click();
  assert.deepEqual(await names(), ["甲公司", "乙<b>公司", "丙公司"]);
  await page.getByRole("button", { name: "全部删除" }).click();
  assert.deepEqual(await stored(page), {});
  await page.getByRole("button", { name: "撤销删除" }).click();
  assert.equal((await names()).length, 3);
  await page.getByRole("button", { name: "全部删除" }).click();
  await reloadEmpty(page);
  await page.waitForSelector("main h1");
  assert.equal(await page.locator(".zice-kept").count(), 0);
});

test("what another window has changed or deleted is not written over, and that is said; the list has the new name", async (t) => {
  const { page, context } = await openInterview(t, browser(), { file: company({ sme_staff_total: "11" }) });
  await keep(page);
  const stored = () => page.evaluate(() => JSON.parse(localStorage["zice.kept/1"] ?? "{}").file);
  await page.fill("#zice-name", "新名公司");
  await page.waitForFunction(() => localStorage["zice.kept/1"].includes("新名公司"));
  const other = await context.newPage();
  other.on("dialog", (dialog) => dialog.accept());
  await other.goto(page.url());
  await other.locator(".zice-kept").waitFor();
  assert.match(await other.innerText(".zice-kept"), /新名公司/);
  await other.locator(".zice-kept").getByRole("button", { name: "打开" }).click();
  await start(other, []);
  // Opening it in the other window changes nothing here.
  await page.fill("#zice-name", "新名公司二");
  await page.waitForFunction(() => localStorage["zice.kept/1"].includes("新名公司二"));
  await other.fill("#zice-name", "另一窗口");
  await other.locator("[role=alert] .zice-error").waitFor();
  await reloadEmpty(other);
  await other.locator(".zice-kept").getByRole("button", { name: "打开" }).click();
  await start(other, []);
  await other.fill("#zice-name", "另一窗口");
  await page.waitForFunction(() => localStorage["zice.kept/1"].includes("另一窗口"));
  await page.fill("#zice-name", "这一窗口");
  await page.locator("[role=alert] .zice-error").waitFor();
  assert.match(await page.innerText("[role=alert]"), /另一个窗口/);
  assert.equal((await stored()).name, "另一窗口");
  assert.equal(await page.inputValue("#zice-name"), "这一窗口");
  // Deleted in the other window, it does not come back from here.
  await other.evaluate(() => localStorage.removeItem("zice.kept/1"));
  await other.fill("#zice-name", "又一改");
  await other.locator("[role=alert] .zice-error").waitFor();
  assert.equal(await stored(), undefined);
});

test("what another version or another program has stored is left alone", async (t) => {
  const foreign = { "zice.kept/7": '{"schema":"zice.kept/9","file":{}}', "zice.kept/x": "1", other: "{", "zice.kept/8": "{" };
  const { page, complaints } = await openStarted(t, browser(), { prepare: (page) => page.addInitScript((all) => { for (const [key, value] of Object.entries(all)) if (!(key in localStorage)) localStorage.setItem(key, value); }, foreign) });
  assert.equal(await page.locator(".zice-kept").count(), 0);
  await openFile(page, full);
  await keep(page);
  const all = await stored(page);
  for (const [key, value] of Object.entries(foreign)) assert.equal(all[key], value);
  assert.equal(Object.keys(all).length, 5);
  assert.deepEqual(complaints, []);
});

test("where the browser keeps nothing it is said, and the answers stay", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full, prepare: (page) => page.addInitScript(() => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; }) });
  await keep(page);
  assert.match(await page.locator("[role=alert] .zice-error").innerText(), /浏览器不允许在本机保存.*已填内容未改动/);
  assert.deepEqual(await companySoFar(page), full);
});

test("opening a file over answers that were not saved can be taken back", async (t) => {
  const { page } = await openInterview(t, browser());
  await page.fill("#zice-name", "没保存的公司");
  await openFile(page, full);
  await page.getByRole("button", { name: "换回打开前填写的内容" }).click();
  assert.equal(await page.inputValue("#zice-name"), "没保存的公司");
  assert.deepEqual((await companySoFar(page)).facts, {});
});

test("taking back that a kept company was opened leaves what is kept as it is", async (t) => {
  const { page } = await openInterview(t, browser(), { file: { ...full, name: "乙公司" } });
  await keep(page);
  const before = await stored(page);
  await page.getByRole("button", { name: "重新选择项目" }).click();
  await openFile(page, { ...full, name: "甲公司" }, "a.json");
  await page.locator(".zice-message bdi", { hasText: "a.json" }).waitFor();
  await page.fill("#zice-as_of", "2023-07-01");
  await page.getByRole("button", { name: "打开：乙公司" }).click();
  await page.getByRole("button", { name: "换回打开前填写的内容" }).click();
  await page.fill("#zice-as_of", "2023-07-02");
  assert.deepEqual(await stored(page), before);
  assert.equal((await companySoFar(page)).name, "甲公司");
});

test("a file that was saved under other rules says so, and what that does to the result", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  const saved = JSON.parse(await savedText(page));
  assert.deepEqual(saved.programmes, ["tech-sme"]);
  assert.equal(saved.results[0].digest, assess(full).policy.digest);
  const message = page.locator(".zice-message");
  const reopen = async (change) => {
    await openFile(page, { ...saved, results: [{ ...saved.results[0], ...change }] }, `${JSON.stringify(change).length}.json`);
    await message.locator("bdi", { hasText: `${JSON.stringify(change).length}.json` }).waitFor();
    return message.locator("li").allInnerTexts();
  };
  assert.deepEqual(await reopen({}), [], "nothing has changed");
  assert.deepEqual(await reopen({ digest: "sha256:0" }), ["科技型中小企业评价：规则内容有更新，结论没有变化"]);
  assert.deepEqual(await reopen({ digest: "sha256:00", edition: "2021", verdict: "not_met", min: "50", max: "58" }), ["科技型中小企业评价：2021 年度规则 → 2023 年度规则；不符合条件 50–58 → 符合条件 62 分"]);
  assert.deepEqual(await reopen({ digest: "<b>", edition: "<img src=x>", verdict: "<i>" }), ["科技型中小企业评价：<img src=x> 年度规则 → 2023 年度规则；还不能确定 62–62 → 符合条件 62 分"]);
  for (const results of [5, "x", [1], [{ policy: "tech-sme" }], { a: 1 }]) {
    await openFile(page, { ...saved, results, programmes: results }, "odd.json");
    await message.locator("bdi", { hasText: "odd.json" }).waitFor();
    assert.deepEqual(await companySoFar(page), full);
  }
});

test("two states of a company stand side by side: results, conditions and answers that differ", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { file: full, programmes: ["tech-sme", "hnte-zj"] });
  await goToReport(page);
  await pressMore(page, "并排比较");
  await page.getByRole("button", { name: "把现在的内容留作比较方案" }).click();
  assert.equal(await page.getByText("没有不同。").count(), 2);
  await page.getByRole("button", { name: "返回报告" }).click();
  await page.click(".zice-report .zice-actions button >> nth=0");
  await goToTopic(page, 1);
  await page.fill("#zice-sme_staff_tech-2022", "2");
  await goToReport(page);
  await pressMore(page, "并排比较");
  const changed = { ...full, facts: { ...full.facts, sme_staff_tech: { 2022: "2" } } };
  const [now, before] = [assess(changed), assess(full)];
  const cells = await page.locator(".zice-compare tbody tr").first().locator("td").allInnerTexts();
  assert.match(cells[0], new RegExp(`${now.score.min} 分`));
  assert.match(cells[1], new RegExp(`${before.score.min} 分`));
  const text = await page.locator(".zice-compare").innerText();
  for (const report of [now, before]) assert.ok(text.includes(report.criteria.find((one) => one.id === "personnel").explain));
  const answers = page.locator(".zice-compare table").last().locator("tbody tr");
  assert.deepEqual(await answers.locator("td").allInnerTexts(), ["2022 年：2 人", "2022 年：24.25 人"]);
  await page.getByRole("button", { name: "互换（改填另一份）" }).click();
  assert.deepEqual(await answers.locator("td").allInnerTexts(), ["2022 年：24.25 人", "2022 年：2 人"]);
  assert.deepEqual(await companySoFar(page), full);
  assert.deepEqual(complaints, []);
});

test("two companies stand side by side, each with the edition of its own day", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  const other = company(full.facts, { name: "乙<script>公司", as_of: "2025-08-01" });
  await goToReport(page);
  await pressMore(page, "并排比较");
  await page.locator(".zice-compare input[type=file]").setInputFiles({ name: "b.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(other)) });
  await page.locator(".zice-compare table").first().waitFor();
  const cells = await page.locator(".zice-compare tbody tr").first().locator("td").allInnerTexts();
  assert.match(cells[0], /2023 年度规则/);
  assert.match(cells[1], /2025 年度规则/);
  const head = await page.locator(".zice-compare thead").first().innerText();
  assert.match(head, /比较对象：乙<script>公司/, "by the name in the file");
  assert.doesNotMatch(head, /b\.json/);
  assert.deepEqual(await companySoFar(page), full, "the one that is edited is the one that was");
});

test("what stands differently is told apart from what has other figures, and points are points", async (t) => {
  // Staff falls by one band; the other figures stay within theirs.
  const file = { ...full, facts: { ...full.facts, sme_staff_tech: { 2022: "2" } } };
  const nameless = { ...company({ ...full.facts, total_assets: { 2022: "19000000" } }), name: undefined };
  const { page } = await openInterview(t, browser(), { file });
  await goToReport(page);
  await pressMore(page, "并排比较");
  const choose = (name, content) => page.locator(".zice-compare input[type=file]").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(content)) });
  await choose("nameless.zice.json", nameless);
  const heads = page.locator(".zice-compare thead").first().locator("th");
  await page.locator(".zice-compare table").first().waitFor();
  assert.match((await heads.allInnerTexts())[2], /比较对象：nameless\.zice\.json/, "without a name the file's");
  const [ours, theirs] = [assess(file), assess(nameless)];
  const rows = ours.criteria.flatMap((one) => {
    const other = theirs.criteria.find((it) => it.id === one.id);
    return one.explain === other.explain && one.status === other.status ? [] : [{ one, other, same: one.status === other.status && JSON.stringify(one.points) === JSON.stringify(other.points) }];
  });
  const title = ({ one }) => `科技型中小企业评价 › ${one.title}`;
  const names = (list) => list.locator("tbody th").allInnerTexts();
  const differ = page.locator(".zice-compare section", { hasText: "结果不同的条件" });
  assert.deepEqual(await names(differ), rows.filter(({ same }) => !same).map(title));
  const figures = page.locator(".zice-compare details", { hasText: "结果相同、数字不同的条件" });
  await figures.locator("summary").click();
  const alike = rows.filter(({ same }) => same);
  assert.deepEqual(await names(figures), alike.map(title));
  assert.ok(alike.length > 0 && rows.length > alike.length, "there are both");
  for (const { one, other } of rows.filter(({ one }) => one.kind === "score")) {
    const cells = await page.locator(".zice-compare tr", { hasText: title({ one }) }).locator("td").allInnerTexts();
    // Parts have points; the total is met or not.
    const word = (it) => (it.id !== "score" ? "得分" : it.status === "met" ? "符合" : "不符合");
    for (const [at, it] of [one, other].entries()) assert.equal(cells[at].trim(), `${word(it)}：${it.explain}`);
  }
  assert.doesNotMatch(await page.locator(".zice-compare").innerText(), /符合：[^，]*，[^。]*得 \d+ 分/);
  // The company without a name does not get the other's.
  await page.getByRole("button", { name: "互换（改填另一份）" }).click();
  assert.match((await heads.allInnerTexts())[2], /比较对象：湖州示例科技有限公司/);
  await page.getByRole("button", { name: "互换（改填另一份）" }).click();
  assert.equal((await heads.allInnerTexts())[2].trim(), "比较对象");
});

test("the day beside a kept company says that it is the day it was kept", async (t) => {
  const { page } = await openInterview(t, browser(), { file: { ...full, as_of: "2023-07-15" }, context: { timezoneId: "Asia/Shanghai" } });
  await keep(page);
  const today = await page.evaluate(() => new Intl.DateTimeFormat("sv").format());
  await reloadEmpty(page);
  await page.waitForSelector(".zice-kept");
  assert.match(await page.locator(".zice-kept li").innerText(), new RegExp(`（${today} 保存）`));
  await page.click(".zice-tools button[lang]");
  await page.locator(".zice-kept li", { hasText: `(kept on ${today})` }).waitFor();
});
