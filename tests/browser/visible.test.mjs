// The first screen says what one gets and has one way on; in the interview the
// result is always in view, and nothing moves under the finger.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { check } from "./axe.mjs";
import { PROGRAMMES, chooseDay, companySoFar, fullCompany, goToTopic, idle, openInterview, openMenu, openStarted, showSteps, useBrowser } from "./support.mjs";

const browser = useBrowser();
const all = JSON.parse(await readFile(new URL("fixtures/all.json", import.meta.url), "utf8"));
const PHONES = [[375, 667], [320, 568]];
const viewport = ([width, height]) => ({ viewport: { width, height } });

/** How much of an element lies in the window, in pixels from top to bottom. */
const inView = (locator) => locator.evaluate((it) => {
  const { top, bottom } = it.getBoundingClientRect();
  return Math.min(bottom, innerHeight) - Math.max(top, 0);
});

const oneHeading = async (page) => assert.equal(await page.locator("main h1").count(), 1);

test("the first screen has one primary button, in view from the start, and says what is missing", async (t) => {
  for (const size of [...PHONES, [1280, 800]]) {
    const { page } = await openStarted(t, browser(), { context: viewport(size) });
    await oneHeading(page);
    const button = page.getByRole("button", { name: /^开始/ });
    assert.equal(await button.count(), 1);
    assert.ok(await inView(button) >= 44, `${size}: the way on is in view`);
    assert.equal(await page.locator(".zice-button:not(.zice-button-quiet):visible").count(), 1);
    await button.click();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "请至少选一个项目。");
    assert.equal(await page.locator("#zice-name").count(), 0);
    const box = page.getByRole("checkbox", { name: /科技型中小企业评价/ });
    // Anywhere on the card: its label lies over all of it.
    const card = page.locator(".zice-card").first();
    await card.locator(".zice-chips").click({ force: true });
    assert.equal(await box.isChecked(), true);
    await card.locator("p").first().click({ force: true });
    assert.equal(await box.isChecked(), false);
    await card.locator("summary").click();
    assert.equal(await box.isChecked(), false, "unfolding chooses nothing");
    await box.check();
    assert.match(await button.innerText(), /^开始（已选 1 项，约 \d+ 分钟）$/);
    await button.click();
    await page.waitForSelector("#zice-name");
  }
});

test("a year is chosen by its round, the closed one told as closed, and any other day can be typed", async (t) => {
  const prepare = (page) => page.clock.install({ time: "2026-12-01T08:00:00" });
  const { page } = await openStarted(t, browser(), { prepare });
  const day = async () => (await companySoFar(page)).as_of;
  await page.check("#zice-choose-tech-sme");
  assert.equal(await page.isChecked("#zice-year-this"), true);
  assert.match(await page.locator("label[for=zice-year-this]").innerText(), /^2026 年度（已截止）：用 2025 年的数/);
  await page.check("#zice-year-next");
  assert.equal(await day(), "2027-08-31", "the next round, as this year's edition has it");
  assert.equal(await page.evaluate(() => document.activeElement.id), "zice-year-next", "the focus stays");
  const card = page.locator('.zice-card[data-zice-programme="tech-sme"]');
  assert.match(await card.innerText(), /暂用 2026 年度规则/);
  await chooseDay(page, "2023-08-01");
  assert.equal(await day(), "2023-08-01");
  for (const one of ["this", "next"]) assert.equal(await page.isChecked(`#zice-year-${one}`), false);
  assert.equal(await page.locator("details.zice-other-day").evaluate((it) => it.open), true);
  await page.check("#zice-year-this");
  assert.equal(await day(), "2026-12-01");
  assert.equal(await page.inputValue("#zice-as_of"), "2026-12-01");
});

test("files and the look are in menus, which close by Escape and by a press elsewhere", async (t) => {
  for (const size of [...PHONES, [1280, 800]]) {
    const { page } = await openStarted(t, browser(), { context: viewport(size) });
    const files = await openMenu(page);
    assert.deepEqual(await files.locator("label, button").allInnerTexts(), ["打开企业文件", "保存企业文件", "存到本浏览器", "清空"]);
    await check(page, `menu of files ${size[0]}`);
    await page.setViewportSize({ width: size[0], height: size[1] });
    await files.locator("button").first().focus();
    await page.keyboard.press("Escape");
    assert.equal(await files.evaluate((it) => it.open), false);
    assert.equal(await page.evaluate(() => document.activeElement.localName), "summary");
    const look = await openMenu(page, "look");
    await page.mouse.click(5, 450);
    assert.equal(await look.evaluate((it) => it.open), false);
  }
});

for (const [programmes, file] of [[["tech-sme"], undefined], [PROGRAMMES, all]]) {
  test(`the result is in view at every step and wherever one scrolls, with ${programmes.length}`, async (t) => {
    for (const size of PHONES) {
      const { page } = await openInterview(t, browser(), { file, programmes, context: viewport(size) });
      const status = page.locator('[part="status"]');
      assert.equal(await status.count(), 1);
      const topics = await page.locator(".zice-steps button").count();
      for (let at = 0; at < topics; at++) {
        await goToTopic(page, at);
        await idle(page);
        await oneHeading(page);
        assert.ok(await page.locator("main h1").evaluate((it) => it.getBoundingClientRect().bottom < innerHeight), "the heading is in view");
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        for (let y = 0; y < height; y += size[1]) {
          await page.evaluate((y) => scrollTo(0, y), y);
          assert.ok(await inView(status) >= 44, `${size}, topic ${at}, scrolled to ${y}`);
          assert.ok(await inView(status.locator('[part="verdict"]').first()) > 10);
        }
      }
    }
  });
}

test("the strip opens the whole result as a sheet, by mouse and by keys, and leads to the most decisive question", async (t) => {
  for (const size of PHONES) {
    const { page } = await openInterview(t, browser(), { context: viewport(size) });
    const strip = page.locator(".zice-strip");
    const panel = page.locator(".zice-panel");
    assert.equal(await panel.isVisible(), false);
    await strip.click();
    assert.equal(await panel.isVisible(), true);
    assert.equal(await strip.getAttribute("aria-expanded"), "true");
    await check(page, `sheet ${size[0]}`);
    await page.setViewportSize({ width: size[0], height: size[1] });
    await strip.focus();
    await page.keyboard.press("Escape");
    assert.equal(await panel.isVisible(), false);
    assert.equal(await strip.evaluate((it) => it === document.activeElement), true);
    await page.keyboard.press("Enter");
    const way = panel.getByRole("button", { name: /^接下来最要紧/ });
    await way.click();
    assert.equal(await panel.isVisible(), false, "the sheet makes way");
    const focused = await page.evaluate(() => {
      const { top, bottom } = document.activeElement.getBoundingClientRect();
      return { question: !!document.activeElement.closest(".zice-question"), seen: top >= document.querySelector(".zice-strip").getBoundingClientRect().bottom && bottom <= innerHeight };
    });
    assert.deepEqual(focused, { question: true, seen: true });
  }
});

test("beside the form the panel is no higher than the window, with the programme of the topic open", async (t) => {
  const { page } = await openInterview(t, browser(), { file: all, programmes: PROGRAMMES, context: viewport([1280, 800]) });
  const topics = await page.locator(".zice-steps button").count();
  for (let at = 0; at < topics; at++) {
    await goToTopic(page, at);
    await idle(page);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    for (let y = 0; y < height; y += 700) {
      await page.evaluate((y) => scrollTo(0, y), y);
      const { top, bottom } = await page.locator(".zice-panel").evaluate((it) => it.getBoundingClientRect().toJSON());
      // At the very end of the page it gives way a little to what stands below the form.
      assert.ok(top >= -8 && bottom <= 800, `topic ${at} at ${y}: ${top}–${bottom}`);
    }
    assert.equal(await page.locator(".zice-result").count(), PROGRAMMES.length);
    assert.equal(await page.locator(".zice-result[open]").count() >= 1, true);
  }
});

test("a result has its parts with their points, and of a settled one the next band", async (t) => {
  const { page } = await openInterview(t, browser(), { file: await fullCompany() });
  const shares = await page.locator(".zice-shares li").allInnerTexts();
  assert.equal(shares.length, 3);
  const sum = shares.map((it) => Number(it.match(/(\d+)\/\d+/)[1])).reduce((a, b) => a + b);
  assert.equal(`${sum} 分`, await page.locator("[data-zice-score]").innerText());
  assert.ok(shares.some((it) => /再上一档：达到.+，得 \d+ 分/.test(it)), shares.join("\n"));
});

test("steps are in view at every width, and what has nothing to ask is passed over and named", async (t) => {
  for (const width of [1280, 1024, 375]) {
    const { page } = await openInterview(t, browser(), { context: viewport([width, 800]) });
    await goToTopic(page, 2);
    await page.evaluate(() => scrollTo(0, 0));
    assert.ok(await inView(page.locator(width >= 1200 ? ".zice-steps" : ".zice-unfold")) >= 44, `${width}`);
    const names = await (await showSteps(page)).evaluateAll((all) => all.map((it) => it.firstChild.textContent));
    assert.equal(await page.locator("[data-zice-next]").innerText(), `下一步：${names[3]}`);
    assert.equal(await page.locator(".zice-passed").innerText(), "");
  }
  const file = await fullCompany();
  const { sme_clean_record, ...facts } = file.facts;
  const { page } = await openInterview(t, browser(), { file: { ...file, facts } });
  assert.equal(await page.locator(".zice-passed").innerText(), "会跳过“人员、财务与研发、知识产权、成果与管理”：没有会影响结论的题。");
  await page.click("[data-zice-next]");
  assert.equal(await page.locator("h1").innerText(), "合同与信用");
  assert.equal(await page.evaluate(() => scrollY), 0, "the page begins at its top");
});

test("nothing moves while figures and days are typed, and fields are as high as a finger", async (t) => {
  for (const width of [320, 375, 414, 1280]) {
    const { page } = await openInterview(t, browser(), { programmes: ["tech-sme"], context: viewport([width, 700]) });
    await page.fill("#zice-as_of", "2023-08-01");
    await page.evaluate(() => {
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries()) window.shifts.push([value, ...sources.map(({ node, previousRect, currentRect }) => `${node && (node.className || node.nodeName || node.textContent)} ${previousRect.x},${previousRect.y} → ${currentRect.x},${currentRect.y}`)]);
      }).observe({ type: "layout-shift", buffered: false });
    });
    const typed = { 0: [["established_on-value", "20160318"]], 1: [["sme_staff_total-2022", "86.5"], ["sme_staff_tech-2022", "24"]],
      2: [["revenue-2022", "38650000"], ["cost_total-2022", "36100000"], ["total_assets-2022", "29500000"], ["rd_expense_deduct-2022", "2013000"], ["excluded_industry_income-2022", "0"]] };
    for (const [topic, fields] of Object.entries(typed)) {
      await goToTopic(page, Number(topic));
      await idle(page);
      const low = await page.locator(".zice-form :is(input[type=text], select)").evaluateAll((all) => all.filter((it) => it.getBoundingClientRect().height < 44).map((it) => it.id));
      assert.deepEqual(low, [], `${width} px, topic ${topic}`);
      for (const [id, text] of fields) {
        await page.focus(`#zice-${id}`);
        await idle(page);
        await page.evaluate(() => { window.shifts = []; });
        await page.locator(`#zice-${id}`).pressSequentially(text, { delay: 20 });
        await idle(page);
        assert.deepEqual(await page.evaluate(() => window.shifts), [], `${width} px: ${id}`);
      }
    }
  }
});
