// A person without a mouse can get from the cards to the report, and the report
// is the one of the command line. Nothing here clicks, fills in or focuses.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assess, fullCompany, heard, openStarted, savedCompany, useBrowser } from "./support.mjs";

const browser = useBrowser();

/** The control that has the focus, and whether a person can see that. */
const focused = (page) => page.evaluate(() => {
  const it = document.activeElement;
  // The file field lies invisibly over its label, which shows the focus.
  const shown = it.type === "file" ? it.closest("label") : it;
  const style = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  return {
    id: it.id, tag: it.localName, type: it.type ?? "", value: it.value ?? "", text: it.textContent.trim(),
    heading: it.hasAttribute("data-zice-heading"),
    folded: it.localName === "summary" && it.parentElement.className === "zice-folded" && !it.parentElement.open,
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !/^rgba\(.*, 0\)$|transparent/.test(style.outlineColor),
    inView: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
});

/**
 * Presses Tab until `wanted` has the focus. Every stop on the way must show its
 * focus.
 */
async function tabTo(page, wanted, key = "Tab") {
  const seen = [];
  for (let presses = 0; presses < 120; presses++) {
    const it = await focused(page);
    if (presses > 0) {
      assert.ok(it.marked, `no visible focus on ${it.tag} ${it.id} ${it.text.slice(0, 40)}`);
      assert.ok(it.inView, `the focus is out of sight on ${it.tag} ${it.id} ${it.text.slice(0, 40)}`);
    }
    if (wanted(it)) return it;
    seen.push(it.id || it.text.slice(0, 12) || it.tag);
    await page.keyboard.press(key);
  }
  assert.fail(`never reached: ${wanted}; went over ${seen.join(", ")}`);
}
const withId = (id) => (it) => it.id === id;
// The button of a step also has the number of its open questions.
const withText = (text) => (it) => {
  const told = it.text.replace(/[✓?\d]+(还有 \d+ 题会影响结论|这一步没有会影响结论的题了)$/, "");
  return (text instanceof RegExp ? text.test(told) : told === text) && ["button", "summary"].includes(it.tag);
};

async function type(page, id, text) {
  await tabTo(page, withId(id));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
}

/** Types a date as it stands in the file. */
async function typeDate(page, id, iso) {
  await type(page, id, iso);
  assert.equal((await focused(page)).value, iso);
}

/** Presses the arrow key in a closed select until it has `value`. */
async function select(page, id, value) {
  await tabTo(page, withId(id));
  for (let presses = 0; presses < 20 && (await focused(page)).value !== value; presses++) await page.keyboard.press("ArrowDown");
  assert.equal((await focused(page)).value, value);
}

/**
 * Answers a yes-or-no question. Tab stops at the chosen one of three buttons.
 */
async function answer(page, fact, yes) {
  const name = `zice-${fact}-answer`;
  await tabTo(page, (it) => it.folded || it.id.startsWith(`${name}-`));
  if ((await focused(page)).folded) {
    await page.keyboard.press("Enter");
    await tabTo(page, (it) => it.id.startsWith(`${name}-`));
  }
  for (let presses = 0; presses < 4 && (await focused(page)).id !== `${name}-${yes}`; presses++) await page.keyboard.press("ArrowLeft");
  assert.equal((await focused(page)).id, `${name}-${yes}`);
  // If none was chosen yet, the first of the three only has the focus.
  if (!await page.isChecked(`#${name}-${yes}`)) await page.keyboard.press("Space");
}

async function range(page, id, { min, max }) {
  await tabTo(page, withId(id));
  await tabTo(page, withText("填范围"));
  await page.keyboard.press("Space");
  await page.waitForFunction((id) => document.activeElement.id === id, `${id}-min`);
  await type(page, `${id}-min`, min);
  await type(page, `${id}-max`, max);
}

/**
 * Presses Enter on the button; then the heading of the new screen has the
 * focus.
 */
async function press(page, text, heading) {
  await tabTo(page, withText(text));
  await page.keyboard.press("Enter");
  await page.waitForFunction((heading) => document.activeElement.hasAttribute("data-zice-heading") && document.activeElement.textContent.includes(heading), heading);
  assert.ok((await focused(page)).inView, `the heading ${heading} is out of sight`);
}

/** Unfolds the menu of files. */
async function openFiles(page, key) {
  await tabTo(page, withText("文件"), key);
  await page.keyboard.press("Enter");
}

/** Ticks programmes and starts the interview. */
async function begin(page, programmes = ["tech-sme"]) {
  for (const id of programmes) {
    await tabTo(page, withId(`zice-choose-${id}`));
    await page.keyboard.press("Space");
  }
  await press(page, /^开始/, "企业概况");
}

async function fillTopics(page, { name, as_of, facts }) {
  await type(page, "zice-name", name);
  await typeDate(page, "zice-as_of", as_of);
  await typeDate(page, "zice-established_on-value", facts.established_on);
  await select(page, "zice-entity_kind-value", facts.entity_kind);
  for (const fact of ["resident_enterprise", "accounts_sound", "audit_collection", "rd_accounting_ready", "pays_income_tax", "industry_restricted"]) await answer(page, fact, facts[fact]);
  await press(page, "下一步：人员", "人员");

  await type(page, "zice-sme_staff_total-2022", facts.sme_staff_total[2022]);
  await type(page, "zice-sme_staff_tech-2022", facts.sme_staff_tech[2022]);
  await press(page, "下一步：财务与研发", "财务与研发");

  for (const fact of ["revenue", "cost_total", "total_assets", "rd_expense_deduct", "excluded_industry_income", "excluded_industry_base"]) {
    const figure = facts[fact][2022];
    const id = `zice-${fact}-2022`;
    if (typeof figure === "string") await type(page, id, figure);
    else await range(page, id, figure);
  }
  await press(page, "下一步：知识产权", "知识产权");

  for (const [at, right] of facts.ip.entries()) {
    await tabTo(page, withText("添加一项"));
    await page.keyboard.press("Enter");
    // The first field of the new entry has the focus.
    await page.waitForFunction((id) => document.activeElement.id === id, `zice-ip-${at}-kind`);
    await select(page, `zice-ip-${at}-kind`, right.kind);
    if (right.granted_on) await typeDate(page, `zice-ip-${at}-granted_on`, right.granted_on);
    if (right.status) await select(page, `zice-ip-${at}-status`, right.status);
  }
  // What can change nothing any more is passed over, and reached by the steps.
  await press(page, "下一步：合同与信用", "合同与信用");
  await tabTo(page, withText("成果与管理"), "Shift+Tab");
  await press(page, "成果与管理", "成果与管理");

  for (const fact of ["hnte_certificate_valid", "award_top3_5y", "provincial_rd_institution", "led_standard_5y"]) await answer(page, fact, facts[fact]);
  await press(page, "下一步：合同与信用", "合同与信用");

  for (const fact of ["sme_clean_record", "sme_not_listed"]) await answer(page, fact, facts[fact]);
  await press(page, "下一步：看报告", "自测报告");
}

test("with the keyboard alone a company gets from the cards to the report the command line writes, in both languages", async (t) => {
  const { page, complaints } = await openStarted(t, browser());
  const wanted = await fullCompany();
  await begin(page);
  await fillTopics(page, wanted);

  const [chinese] = await heard(page, "zice:report");
  await openFiles(page, "Shift+Tab");
  await tabTo(page, withText("保存企业文件"));
  const saved = await savedCompany(page, () => page.keyboard.press("Enter"));
  assert.deepEqual(saved, wanted);
  assert.equal(chinese.policy.digest, assess(saved).policy.digest, "page and command line carry different policies: build both anew");
  assert.deepEqual(chinese, assess(saved, "zh"));
  assert.equal(chinese.verdict, "met");

  await tabTo(page, withText("English"));
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.documentElement.lang === "en");
  assert.equal((await focused(page)).text, "中文", "the focus stays on the language button");
  const english = (await heard(page, "zice:report")).at(-1);
  assert.deepEqual(english, assess(saved, "en"));
  assert.notDeepEqual(english, chinese);
  assert.deepEqual(complaints, []);
});

test("the browser's file dialog opens from the keyboard", async (t) => {
  const { page } = await openStarted(t, browser());
  // Listen from the beginning, or the dialog might open first.
  const dialog = new Promise((done) => page.on("filechooser", done));
  await openFiles(page);
  await tabTo(page, (it) => it.type === "file");
  await page.keyboard.press("Enter");
  await (await dialog).setFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(await fullCompany())) });
  await page.locator(".zice-message p").waitFor();
});

test("back to the answers, another programme and every step of the list are reached by keyboard, heading first", async (t) => {
  const { page } = await openStarted(t, browser());
  await begin(page);
  await tabTo(page, withText("财务与研发"), "Shift+Tab");
  await press(page, "财务与研发", "财务与研发");
  await press(page, "上一步", "人员");
  await press(page, "看报告", "自测报告");
  await press(page, "返回修改", "企业概况");
  await press(page, "重新选择项目", "几分钟知道");
});

for (const [name, next, drive] of [
  ["an entry is deleted", "撤销删除", async (page) => {
    await tabTo(page, withText("添加一项"));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.localName === "select");
    await tabTo(page, withText("删除"), "Shift+Tab");
    await page.keyboard.press("Enter");
  }],
  ["a deletion is taken back", "添加一项", async (page) => {
    await tabTo(page, withText("添加一项"));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.localName === "select");
    await tabTo(page, withText("删除"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await tabTo(page, withText("撤销删除"));
    await page.keyboard.press("Enter");
  }],
  ["none is said to be held", "撤回", async (page) => {
    await tabTo(page, withText("没有，一项也没有"));
    await page.keyboard.press("Enter");
  }],
  ["none held is taken back", "添加一项", async (page) => {
    await tabTo(page, withText("没有，一项也没有"));
    await page.keyboard.press("Enter");
    await tabTo(page, withText("撤回"), "Shift+Tab");
    await page.keyboard.press("Enter");
  }],
]) {
  test(`when ${name} the focus is where one goes on`, async (t) => {
    const { page } = await openStarted(t, browser());
    await begin(page);
    await tabTo(page, withText("知识产权"), "Shift+Tab");
    await press(page, "知识产权", "知识产权");
    await drive(page);
    await page.waitForFunction((text) => document.activeElement.textContent.trim() === text, next);
    assert.ok((await focused(page)).marked);
  });
}
