// A browser's translator replaces every text of a page by two <font> elements
// that contain it. Later changes must still be seen, and no old text may stay:
// a page translated after every step must show the same as a page never
// translated.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openMenu, assess, company, companySoFar, fullCompany, goToTopic, open, openFile, openStarted, PATIENCE, start, useBrowser, whole, openReportMenu, unfold } from "./support.mjs";

const browser = useBrowser();
const { facts } = await fullCompany();

/** Does what Chrome's translator does to the nodes, whatever the page says. */
const translate = (page) => page.evaluate(() => {
  const texts = [];
  const walker = document.createTreeWalker(document.querySelector("#zice-app"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (text.parentNode.localName === "font") continue;
    const [outer, inner] = ["font", "font"].map((name) => document.createElement(name));
    inner.append(text.data);
    outer.append(inner);
    text.replaceWith(outer);
  }
});

/** All text of the page, except what is only read out, and later. */
const seen = (page) => page.evaluate(() => {
  const copy = document.querySelector(".zice").cloneNode(true);
  for (const it of copy.querySelectorAll(".zice-live .zice-hidden[role=status]")) it.remove();
  // One line for each element, so that a difference is easy to find.
  const lines = [];
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    let at = walker.currentNode.parentElement;
    while (at.localName === "font") at = at.parentElement;
    if (walker.currentNode.data) lines.push([at.localName, at.className, walker.currentNode.data].join(" "));
  }
  return lines;
});

const click = (selector) => (page) => page.click(selector);
const fill = (id, text) => async (page) => { await page.fill(`#zice-${id}`, text); await page.locator(`#zice-${id}`).blur(); };
const pick = (id, value) => (page) => page.selectOption(`#zice-${id}`, value);
const yes = (fact) => click(`#zice-${fact}-answer-true`);
const no = (fact) => click(`#zice-${fact}-answer-false`);
const topic = (at) => (page) => goToTopic(page, at);
const file = (content, name) => async (page) => {
  await openFile(page, content, name);
  await page.waitForFunction((name) => document.querySelector(".zice-message").textContent.includes(name) || document.querySelector("[role=alert] .zice-error"), name);
};
/** Presses something in a menu, which a press elsewhere would close. */
const inMenu = (name, selector) => async (page) => (await openMenu(page, name)) && page.click(selector);
const LANGUAGE = click(".zice-tools button[lang]");
const REPORT = async (page) => {
  await page.locator(".zice-steps button").last().click();
  await page.click("[data-zice-next]");
  if (await page.locator("#zice-halted").count()) await page.click("#zice-halted > .zice-button");
  await page.waitForSelector(".zice-report");
};
const TABLE = "专利名称\t专利号\t专利类型\t授权公告日\n一种阀\tZL202110000001.1\t实用新型\t2021-05-01\n一种泵\tZL202110000002.2\t发明\t看不懂";
const COMPARE = async (page) => {
  await openReportMenu(page);
  await page.click("#zice-more-menu button >> nth=1");
};
const CHOOSE = async (page) => {
  await openReportMenu(page);
  await page.click("#zice-more-menu button >> nth=0");
};
const action = (at) => click(`main .zice-actions button >> nth=${at}`);

/** Opens an interview about two programmes with these answers. */
const begun = (answers) => async (page) => {
  await openFile(page, company(answers));
  await page.locator(".zice-message p").first().waitFor();
  await start(page, ["tech-sme", "hnte-zj"]);
};

// What to do before the translator comes, and the steps after it.
const PARTS = {
  "the first screen": [
    async () => {},
    click("#zice-choose-hnte-zj"), LANGUAGE, LANGUAGE, click("#zice-choose-hnte-zj"), click("#zice-choose-tech-sme"), click(".zice-other-day > summary"), fill("as_of", "2023-08-01"),
    file("no company file", "odd.json"), click("#zice-choose-hnte-zj"), inMenu("look", "#zice-theme-dark"),
    inMenu("files", ".zice-files button >> nth=1"), click("#zice-choose-adjacent"), click(".zice-begin .zice-button"), action(0), click(".zice-kept .zice-link >> nth=1"), click(".zice-kept .zice-link"),
  ],
  "an interview": [
    begun({}),
    yes("resident_enterprise"), no("resident_enterprise"), yes("resident_enterprise"),
    fill("established_on-value", "2015-02-30"), click("[data-zice-next]"), fill("established_on-value", "2015-03-10"), click("[data-zice-next]"),
    fill("sme_staff_total-2022", "100"), fill("sme_staff_tech-2022", "200"), fill("sme_staff_tech-2022", "10"), click("#zice-sme_staff_total-unsure"), click("#zice-sme_staff_total-unsure"),
    topic(2), fill("revenue-2022", "1,5"), click(".zice-meant button"), fill("revenue-2022", "abc"), fill("revenue-2022", "12300000"), click("#zice-unit-10000"), click("#zice-unit-1"),
    click("#zice-rd_expense_deduct .zice-link"), fill("rd_expense_deduct-2022-min", "600000"), fill("rd_expense_deduct-2022-max", "700000"), click("#zice-rd_expense_deduct .zice-link"),
  ],
  "a list and a pasted table": [
    begun({}),
    topic(3), click("#zice-ip [data-zice-add]"), pick("ip-0-kind", "utility_model"), pick("ip-0-status", "granted"), fill("ip-0-granted_on", "2021-05-01"),
    click("#zice-ip-0-row button >> nth=1"), click("#zice-ip [role=status] button"), click("#zice-ip [data-zice-paste]"),
    (page) => page.fill("#zice-ip textarea", TABLE), (page) => page.fill("#zice-ip textarea", TABLE.split("\n").slice(0, 2).join("\n")),
    click("#zice-ip .zice-paste .zice-actions button >> nth=0"), LANGUAGE, click("#zice-ip [role=status] button"), LANGUAGE,
  ],
  "doubts, another year and estimates": [
    begun(facts),
    topic(2), fill("revenue-2022", "3865"), LANGUAGE, LANGUAGE, click(".zice-question .zice-doubt button >> nth=1"), fill("revenue-2022", "3866"), click(".zice-question .zice-doubt button >> nth=0"),
    topic(0), fill("established_on-value", "2028-01-01"), fill("established_on-value", "2015-03-10"),
    fill("as_of", "2024-06-01"), LANGUAGE, LANGUAGE, topic(2), click("#zice-moved button >> nth=0"), LANGUAGE, LANGUAGE, REPORT, LANGUAGE, (page) => page.goBack(),
    topic(2), LANGUAGE, click("#zice-moved button >> nth=0"), topic(0), fill("as_of", "2023-06-01"),
  ],
  "a report and a comparison": [
    begun(facts),
    REPORT, (page) => unfold(page), LANGUAGE, LANGUAGE,
    COMPARE, click(".zice-compare .zice-actions button >> nth=0"), action(0), action(0), topic(1), fill("sme_staff_tech-2022", "2"), REPORT,
    COMPARE, LANGUAGE, action(1), action(2), action(0), LANGUAGE, action(0), CHOOSE, click("#zice-choose-hnte-zj"),
  ],
};

for (const [part, [prepare, ...steps]] of Object.entries(PARTS)) {
  test(`what changes after a translator was there is seen: ${part}`, async (t) => {
    const pages = [await openStarted(t, browser()), await openStarted(t, browser())];
    const [plain, translated] = pages.map(({ page }) => page);
    for (const page of [plain, translated]) {
      page.setDefaultTimeout(PATIENCE);
      // Both pages have what is fetched later.
      await whole(page);
      await prepare(page);
    }
    for (const [at, step] of steps.entries()) {
      const where = `${part}, step ${at + 1}`;
      await translate(translated);
      for (const page of [plain, translated]) {
        await step(page).catch((error) => {
          throw new Error(`${where}, ${page === plain ? "plain" : "translated"}: ${error.message}\n${pages.flatMap(({ complaints }) => complaints)}`);
        });
      }
      assert.deepEqual(await seen(translated), await seen(plain), where);
      assert.deepEqual(await companySoFar(translated), await companySoFar(plain), where);
      // Not at every step, because the command line is slow.
      if (at % 5 === 0 && await translated.locator(".zice-live").count()) await compare(translated, where);
    }
    for (const { complaints } of pages) assert.deepEqual(complaints, []);
  });
}

/**
 * Compares the live panel with the command line, which accepts no file with a
 * mistake.
 */
async function compare(page, where) {
  const file = await companySoFar(page);
  let report;
  try {
    report = assess(file);
  } catch ({ status, message }) {
    assert.equal(status, 2, message);
    return;
  }
  const { score, next_questions } = report;
  const panel = page.locator(".zice-live [data-zice-programme=tech-sme]");
  const bounds = (await panel.locator("[data-zice-score]").textContent()).match(/\d+/g);
  assert.deepEqual([bounds[0], bounds.at(-1)], [score.min, score.max], where);
  const open = (await panel.textContent()).match(/(?:还有 |^|\D)(\d+) (?:题会|questions? can)/);
  assert.equal(Number(open?.[1] ?? 0), next_questions.length, where);
}

test("typing goes on while a translator works, and what is read out stays one place", async (t) => {
  const { page, complaints } = await openStarted(t, browser());
  await start(page);
  await page.fill("#zice-as_of", "2023-08-01");
  await goToTopic(page, 2);
  await page.focus("#zice-revenue-2022");
  for (const key of "12300000") {
    await page.keyboard.type(key);
    await translate(page);
  }
  assert.equal(await page.evaluate(() => document.activeElement.value), "12300000");
  assert.match(await page.locator("#zice-revenue .zice-echo").textContent(), /1230 万元/);
  await goToTopic(page, 3);
  await page.click("#zice-ip [data-zice-paste]");
  await page.fill("#zice-ip textarea", TABLE);
  await page.evaluate(() => { window.place = document.querySelector(".zice-paste [role=status]"); });
  const before = await page.locator(".zice-paste [role=status]").textContent();
  await translate(page);
  await page.fill("#zice-ip textarea", TABLE.split("\n").slice(0, 2).join("\n"));
  const [kept, after] = await page.evaluate(() => [window.place.isConnected, window.place.textContent]);
  assert.ok(kept && after !== before && after.includes("1"), after);
  assert.deepEqual(complaints, []);
});

test("translators are told to stay away from the page's own words, and English is offered instead", async (t) => {
  for (const path of ["", "app.html", "zice.offline.html", "frame.html?policies=tech-sme"]) {
    const { page } = await open(t, browser(), { path });
    const meta = page.locator("meta[name=google]");
    assert.equal(await meta.getAttribute("content"), "notranslate", path);
    assert.equal(await page.getAttribute("html", "translate"), "no", path);
    const root = page.locator(".zice.notranslate[translate=no]");
    await root.waitFor();
    assert.equal(await root.locator("p[lang=en] button").count(), 0, "who reads Chinese is offered nothing");
  }
  const { page } = await open(t, browser(), { context: { locale: "de-DE" } });
  const offer = page.locator(".zice p[lang=en]", { hasText: "English" });
  await offer.waitFor();
  await offer.locator("button").click();
  await page.locator("h1", { hasText: "Find out in minutes" }).waitFor();
  assert.equal(await offer.count(), 0);
});

test("an element keeps translators from itself alone, not from the host's page", async (t) => {
  const { page } = await open(t, browser(), { path: "examples/gov.html" });
  const element = page.locator("zice-check").first();
  await element.scrollIntoViewIfNeeded();
  await element.locator(".zice.notranslate[translate=no]").waitFor();
  assert.equal(await page.locator("html[translate], html.notranslate, body[translate], meta[name=google]").count(), 0);
  assert.equal(await page.evaluate(() => document.querySelector("h1").translate), true);
});
