// Chinese is typed with an input method: while a word is being composed,
// nothing may touch the field.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assess, drawn, goToReport, goToTopic, openInterview, savedCompany, useBrowser } from "./support.mjs";

const browser = useBrowser();

/** Records what happens to a field, and every time its value is set. */
const watch = (page, id) => page.evaluate((id) => {
  const field = document.querySelector(id);
  window.events = [];
  for (const name of ["compositionstart", "compositionupdate", "compositionend", "blur"]) field.addEventListener(name, (event) => window.events.push([name, event.data]));
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  Object.defineProperty(field, "value", { get, set(text) { window.events.push(["set", text]); set.call(this, text); } });
}, id);

/** Composes `steps` one after another, then commits `word`. */
async function compose(page, cdp, steps, word) {
  for (const text of steps) {
    await cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    // Nobody types sooner than the page has drawn itself anew.
    await drawn(page);
  }
  await cdp.send("Input.insertText", { text: word });
}

test("a name typed through an input method arrives whole, and no composition is interrupted", async (t) => {
  const { page, context, complaints } = await openInterview(t, browser());
  const cdp = await context.newCDPSession(page);
  await page.focus("#zice-name");
  await watch(page, "#zice-name");
  await compose(page, cdp, ["h", "hu", "hu'zh", "hu'zhou"], "湖州");
  await compose(page, cdp, ["k", "ke", "ke'j", "ke'ji"], "科技");
  await page.keyboard.type("A1");
  assert.equal(await page.inputValue("#zice-name"), "湖州科技A1");
  const events = await page.evaluate(() => window.events);
  assert.deepEqual(events.filter(([name]) => name === "compositionend").map(([, data]) => data), ["湖州", "科技"]);
  assert.equal(events.filter(([name]) => name === "compositionstart").length, 2);
  assert.deepEqual(events.filter(([name]) => name === "set" || name === "blur"), [], "the page does not touch the field");
  assert.equal((await savedCompany(page)).name, "湖州科技A1");
  assert.equal((await goToReport(page)).company, "湖州科技A1");
  assert.deepEqual(complaints, []);
});

test("a word composed in the middle of a name leaves the rest and the caret where they are", async (t) => {
  const { page, context } = await openInterview(t, browser());
  const cdp = await context.newCDPSession(page);
  await page.fill("#zice-name", "湖州有限公司");
  await page.evaluate(() => document.querySelector("#zice-name").setSelectionRange(2, 2));
  await page.focus("#zice-name");
  await compose(page, cdp, ["s", "shi", "shi'li"], "示例");
  assert.equal(await page.inputValue("#zice-name"), "湖州示例有限公司");
  assert.equal(await page.evaluate(() => document.activeElement.selectionStart), 4);
});

test("a composition that is given up leaves nothing behind", async (t) => {
  const { page, context } = await openInterview(t, browser());
  const cdp = await context.newCDPSession(page);
  await page.fill("#zice-name", "湖州");
  await page.focus("#zice-name");
  await page.keyboard.press("End");
  await compose(page, cdp, ["g", "go", "gong"], "");
  assert.equal(await page.inputValue("#zice-name"), "湖州");
  assert.equal((await savedCompany(page)).name, "湖州");
});

test("a figure typed with full-width digits through an input method is not changed under the hands", async (t) => {
  const { page, context, complaints } = await openInterview(t, browser());
  const cdp = await context.newCDPSession(page);
  await page.fill("#zice-as_of", "2023-08-01");
  await goToTopic(page, 2);
  await page.focus("#zice-revenue-2022");
  await watch(page, "#zice-revenue-2022");
  await compose(page, cdp, ["１", "１２", "１２３"], "１２３");
  await compose(page, cdp, ["０", "００"], "００００");
  assert.equal(await page.inputValue("#zice-revenue-2022"), "１２３００００");
  const events = await page.evaluate(() => window.events);
  assert.deepEqual(events.filter(([name]) => name === "set" || name === "blur"), []);
  assert.equal(events.filter(([name]) => name === "compositionend").length, 2);
  const file = await savedCompany(page);
  assert.equal(file.facts.revenue[2022], "1230000");
  assert.deepEqual(await goToReport(page), assess(file));
  assert.deepEqual(complaints, []);
});
