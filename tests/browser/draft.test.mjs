// What was filled in survives a reload and a tab that the system has dropped. It is
// held in this tab alone, and gone once it is cleared.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openHost } from "./element.mjs";
import { company, companySoFar, drawn, fullCompany, goToReport, goToTopic, idle, open, openFile, openInterview, openMenu, openStarted, PATIENCE, pressKeep, reloadEmpty, shoot, showSteps, start, STRICT, useBrowser } from "./support.mjs";

const browser = useBrowser();
const full = await fullCompany();

/** What the browser stores of this tab and of this site. */
const stored = (page) => page.evaluate(() => ({ tab: { ...sessionStorage }, site: { ...localStorage } }));
/** The only draft there is, as it stands in the storage. */
const draft = async (page) => {
  const { tab } = await stored(page);
  const names = Object.keys(tab);
  assert.equal(names.length, 1, names.join());
  assert.match(names[0], /^zice\.draft\/1 /);
  return JSON.parse(tab[names[0]]);
};
const held = (page, text) => page.waitForFunction((text) => Object.values(sessionStorage).some((one) => one.includes(text)), text);
const message = (page) => page.locator(".zice-message");
/** Comes back to the page as from a tab that was dropped: nothing of it is in memory. */
async function dropped(page) {
  const url = page.url();
  const storage = await page.evaluate(() => ({ ...sessionStorage }));
  const next = await page.context().newPage();
  await next.addInitScript((all) => { for (const [key, value] of Object.entries(all)) if (!sessionStorage.length) sessionStorage.setItem(key, value); }, storage);
  next.on("dialog", (dialog) => dialog.accept());
  await next.goto(url);
  return next;
}
/** Says yes to leaving. */
const leaving = (page) => page.on("dialog", (dialog) => dialog.accept());
const clear = async (page) => (await openMenu(page)).getByRole("button", { name: "清空" }).click();

test("a reload in the middle of the interview loses nothing, and says so", async (t) => {
  const { page, complaints } = await openInterview(t, browser(), { programmes: ["tech-sme", "hnte-zj"] });
  leaving(page);
  await page.fill("#zice-name", "湖州示例科技有限公司");
  await page.fill("#zice-as_of", "2023-08-01");
  await goToTopic(page, 1);
  await page.fill("#zice-sme_staff_total-2022", "86.5");
  await page.fill("#zice-sme_staff_tech-2022", "abc");
  const before = await companySoFar(page);
  const places = await page.evaluate(() => history.length);
  const heading = await page.innerText("main h1");
  // Not yet a moment later: leaving writes it.
  await page.reload();
  await page.waitForSelector("#zice-sme_staff_total-2022");
  assert.equal(await page.innerText("main h1"), heading, "the same step");
  assert.equal(await page.inputValue("#zice-sme_staff_total-2022"), "86.5");
  assert.equal(await page.inputValue("#zice-sme_staff_tech-2022"), "abc", "as it was typed");
  assert.deepEqual(await companySoFar(page), before);
  assert.match(await message(page).innerText(), /^已恢复刚才填的内容。\s*清空$/);
  assert.equal(await page.evaluate(() => history.length), places, "no screen more to go back through");
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true, "the focus is where a new page has it");
  await shoot(page, "draft-restored");
  await page.setViewportSize({ width: 375, height: 667 });
  await shoot(page, "draft-restored-375");
  // Its line goes with the screen; both programmes are there.
  const report = await goToReport(page);
  assert.equal(report.reports.length, 2);
  assert.equal(await message(page).innerText(), "");
  await page.reload();
  await page.waitForSelector(".zice-report");
  assert.equal((await stored(page)).site["zice.kept/1"], undefined);
  assert.deepEqual(complaints, []);
});

test("a tab that was dropped without a word comes back", async (t) => {
  const { page } = await openInterview(t, browser());
  await page.fill("#zice-name", "甲公司");
  await goToTopic(page, 2);
  await held(page, "topic/2");
  const next = await dropped(page);
  await next.waitForFunction(() => document.title.startsWith("财务与研发"));
  assert.equal((await companySoFar(next)).name, "甲公司");
  // And one in which another page was open meanwhile.
  leaving(page);
  await goToTopic(page, 1);
  const url = page.url();
  await page.goto("about:blank");
  await page.goto(url);
  await page.locator(".zice-message", { hasText: "已恢复" }).waitFor();
  assert.equal((await companySoFar(page)).name, "甲公司");
});

test("cleared is gone, from the storage too, and comes back only until another screen", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  leaving(page);
  await held(page, "facts");
  await page.reload();
  await message(page).getByRole("button", { name: "清空" }).click();
  await page.waitForFunction(() => sessionStorage.length === 0);
  assert.match(await page.innerText("main h1"), /^几分钟知道/);
  assert.equal(await page.locator(".zice-card input:checked").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.hasAttribute("data-zice-heading")), true);
  await message(page).getByRole("button", { name: "撤销清空" }).click();
  assert.equal(await page.isChecked("#zice-choose-tech-sme"), true);
  assert.deepEqual(await companySoFar(page), full);
  await held(page, "facts");
  // From the menu, wherever one is.
  await page.click(".zice-begin .zice-button");
  await clear(page);
  await page.waitForFunction(() => sessionStorage.length === 0);
  await shoot(page, "draft-cleared");
  await start(page, ["tech-sme"]);
  assert.equal(await page.getByRole("button", { name: "撤销清空" }).count(), 0);
  assert.equal(await page.inputValue("#zice-name"), "");
  assert.equal(JSON.stringify(await stored(page)).includes(full.name), false);
  await clear(page);
  await page.reload();
  await page.waitForSelector("main h1");
  assert.deepEqual(await stored(page), { tab: {}, site: {} });
  assert.equal(await message(page).innerText(), "");
});

test("a company that is kept goes on being kept, as another window has left it", async (t) => {
  const { page, context } = await openInterview(t, browser(), { file: full });
  await pressKeep(page);
  const name = async (page) => JSON.parse((await stored(page)).site["zice.kept/1"]).file.name;
  await page.fill("#zice-name", "一");
  await page.reload();
  await page.waitForSelector("#zice-name");
  assert.match(await (await openMenu(page)).innerText(), /已存在本浏览器/);
  await page.fill("#zice-name", "二");
  await page.waitForFunction(() => localStorage["zice.kept/1"].includes('"二"'));
  // A duplicate of the tab, as browsers make it; it changes first.
  const other = await dropped(page);
  await other.waitForSelector("#zice-name");
  await other.fill("#zice-name", "三");
  await other.waitForFunction(() => localStorage["zice.kept/1"].includes('"三"'));
  await page.reload();
  await page.waitForSelector("#zice-name");
  assert.equal(await page.inputValue("#zice-name"), "三", "what is kept counts");
  assert.equal(await name(page), "三");
  // Deleted there, it does not come back from here; the answers are still here.
  await other.evaluate(() => localStorage.removeItem("zice.kept/1"));
  await page.reload();
  await page.waitForSelector("#zice-name");
  assert.equal(await page.inputValue("#zice-name"), "三");
  assert.doesNotMatch(await (await openMenu(page)).innerText(), /已存在本浏览器/);
  await page.fill("#zice-name", "四");
  await drawn(page);
  assert.deepEqual((await stored(page)).site, {});
  // A new tab has no draft.
  const fresh = await context.newPage();
  await fresh.goto(page.url());
  await fresh.waitForSelector("main h1");
  assert.deepEqual((await stored(fresh)).tab, {});
});

const HOSTILE = {
  "broken JSON": "{\"schema\":\"zice.draft/1\"",
  "another schema": JSON.stringify({ schema: "zice.draft/9", file: full }),
  "no company": JSON.stringify({ schema: "zice.draft/1", file: { schema: "zice.report/1" } }),
  "a company whose facts are none": JSON.stringify({ schema: "zice.draft/1", file: { schema: "zice.company/1", facts: [] } }),
  "something huge": JSON.stringify({ schema: "zice.draft/1", file: { schema: "zice.company/1", facts: {}, note: "n".repeat(4_500_000) } }),
};
for (const [what, text] of Object.entries(HOSTILE)) {
  test(`${what} in the storage is ignored, and nothing else is touched`, async (t) => {
    const foreign = { "zice.draft/2 /": "later", other: "{" };
    const { page, complaints } = await openInterview(t, browser());
    leaving(page);
    await held(page, "zice.draft/1");
    const key = Object.keys((await stored(page)).tab)[0];
    await page.addInitScript(({ all, key, text }) => {
      if (sessionStorage.other) return;
      for (const [name, value] of Object.entries(all)) sessionStorage.setItem(name, value);
      sessionStorage.setItem(key, text);
    }, { all: foreign, key, text });
    await page.reload();
    await page.waitForSelector("main h1");
    assert.match(await page.innerText("main h1"), /^几分钟知道/);
    assert.equal(await message(page).innerText(), "");
    await start(page, ["tech-sme"]);
    await page.fill("#zice-name", "新填的");
    await held(page, "新填的");
    const { [key]: own, ...rest } = (await stored(page)).tab;
    assert.equal(JSON.parse(own).file.name, "新填的");
    assert.deepEqual(rest, foreign);
    assert.deepEqual(complaints, []);
  });
}

test("strange members of a draft are shown at their questions, as of any file", async (t) => {
  const { page, complaints } = await openInterview(t, browser());
  leaving(page);
  await held(page, "zice.draft/1");
  const key = Object.keys((await stored(page)).tab)[0];
  const text = JSON.stringify({ schema: "zice.draft/1", screen: "topic/99", number: "7", file: { schema: "zice.company/1", name: "<img src=//example.com/x.png>", programmes: ["tech-sme", 1, "x"], results: 5, facts: { revenue: "<b>", ip: 7 } } });
  await page.addInitScript(({ key, text }) => { if (!sessionStorage.done) { sessionStorage.setItem(key, text); sessionStorage.setItem("done", "1"); } }, { key, text });
  await page.reload();
  await page.waitForSelector(".zice-steps");
  assert.equal((await companySoFar(page)).name, "<img src=//example.com/x.png>");
  assert.equal(await page.locator("img").count(), 0);
  assert.deepEqual(complaints, []);
});

test("where nothing can be stored everything else works, and nothing says that it was", async (t) => {
  const refusing = (page) => page.addInitScript(() => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; });
  const { page, complaints } = await openInterview(t, browser(), { prepare: refusing });
  leaving(page);
  await page.fill("#zice-name", "甲公司");
  await page.locator(".zice-look > summary").click();
  await page.locator("#zice-remember").click();
  await page.waitForFunction(() => !document.querySelector("#zice-remember").checked);
  await page.reload();
  await page.waitForSelector("main h1");
  assert.match(await page.innerText("main h1"), /^几分钟知道/);
  assert.equal(await message(page).innerText(), "");
  assert.deepEqual(complaints, []);
  const none = await openInterview(t, browser(), { prepare: (page) => page.addInitScript(() => {
    for (const name of ["sessionStorage", "localStorage"]) Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
  }) });
  await none.page.fill("#zice-name", "甲公司");
  await idle(none.page);
  assert.equal(await none.page.locator("#zice-remember").count(), 0);
  assert.deepEqual(none.complaints, []);
});

test("a file that is opened comes after the draft, and what was not saved can be had back", async (t) => {
  const { page } = await openInterview(t, browser());
  leaving(page);
  await page.fill("#zice-name", "没保存的公司");
  await page.reload();
  await page.waitForSelector("#zice-name");
  await openFile(page, full);
  await page.getByRole("button", { name: "换回打开前填写的内容" }).click();
  assert.equal(await page.inputValue("#zice-name"), "没保存的公司");
});

test("keeping the company is offered once, in one line, after ten answers", async (t) => {
  const { facts, ...rest } = full;
  const { page } = await openInterview(t, browser(), { file: full });
  const offer = page.locator(".zice-message", { hasText: "要存在这台电脑上吗？" });
  await goToTopic(page, 1);
  assert.equal(await offer.count(), 0, "it is in a file");
  await page.fill("#zice-sme_staff_total-2022", "99");
  assert.equal(await offer.count(), 0, "nothing moves under the hand");
  await goToTopic(page, 2);
  assert.equal(await offer.count(), 0, "what became of the file is told there");
  leaving(page);
  await page.reload();
  await goToTopic(page, 1);
  assert.equal(await offer.count(), 1);
  await shoot(page, "draft-offer");
  await offer.getByRole("button", { name: "存到本浏览器" }).click();
  await page.locator(".zice-message", { hasText: "已存在本浏览器" }).waitFor();
  assert.equal(Object.keys((await stored(page)).site).length, 1);
  const other = await openInterview(t, browser(), { file: { ...rest, facts } });
  leaving(other.page);
  await other.page.fill("#zice-name", "乙");
  await other.page.reload();
  await goToTopic(other.page, 1);
  await other.page.getByRole("button", { name: "不用", exact: true }).click();
  await goToTopic(other.page, 2);
  assert.equal(await other.page.locator(".zice-message", { hasText: "要存" }).count(), 0);
  assert.deepEqual((await stored(other.page)).site, {});
});

test("colours and type are remembered when that is asked for, and only then", async (t) => {
  const { page, context } = await openStarted(t, browser());
  const look = (page) => page.evaluate(() => [document.documentElement.getAttribute("data-zice-theme"), document.documentElement.hasAttribute("data-zice-large")]);
  await page.locator(".zice-look > summary").click();
  await page.check("#zice-theme-dark");
  assert.deepEqual((await stored(page)).site, {});
  await page.check("#zice-remember");
  await page.check("#zice-large");
  assert.deepEqual(JSON.parse((await stored(page)).site["zice.look/1"]), { schema: "zice.look/1", theme: "dark", large: true });
  await page.setViewportSize({ width: 375, height: 667 });
  await shoot(page, "look-menu-375");
  const next = await context.newPage();
  await next.goto(page.url());
  // Before anything of the page is there.
  await next.waitForFunction(() => document.querySelector("#zice-app"));
  await next.waitForSelector("main h1");
  assert.deepEqual(await look(next), ["dark", true]);
  await next.locator(".zice-look > summary").click();
  for (const id of ["theme-dark", "large", "remember"]) assert.equal(await next.isChecked(`#zice-${id}`), true, id);
  await next.uncheck("#zice-remember");
  assert.deepEqual((await stored(next)).site, {});
  assert.deepEqual(await look(next), ["dark", true], "it looks as it did");
  for (const wrong of ["{", "null", "7", '{"schema":"zice.look/2","theme":"dark"}', '{"schema":"zice.look/1","theme":"<b>","large":true}']) {
    await next.evaluate((wrong) => localStorage.setItem("zice.look/1", wrong), wrong);
    await next.reload();
    await next.waitForSelector("main h1");
    assert.deepEqual(await look(next), [null, false], wrong);
  }
});

const page = (elements) => `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,"><script src="../zice.js" defer></script></head><body>${elements}</body></html>`;
/** A host page with these elements; `more` are other files. */
const host = (t, elements, more = {}) => openHost(t, browser(), "own.html", { files: { "hosts/own.html": page(elements), ...more } });
/** Chooses in an element, and names the company. */
async function fill(root, name) {
  await root.locator("main h1").waitFor();
  const box = root.locator("#zice-choose-tech-sme");
  if (!await box.isChecked()) await box.check();
  await root.locator(".zice-begin .zice-button").click();
  await root.locator("#zice-name").fill(name);
}
const names = (page) => page.evaluate(() => Promise.all([...document.querySelectorAll("zice-check")].map((it) => it.api(1).company().then(({ name = "" }) => name))));
const CHECK = '<zice-check policies="tech-sme" lazy="eager"></zice-check>';

test("two checks in a page, and two pages of a site, do not mix; a closed one leaves nothing", async (t) => {
  const { page: it, site, complaints } = await host(t, CHECK + CHECK, { "hosts/base.html": page(CHECK) });
  leaving(it);
  await fill(it.locator("zice-check").first(), "甲公司");
  await fill(it.locator("zice-check").last(), "乙公司");
  await held(it, "乙公司");
  await it.reload();
  await it.locator("zice-check #zice-name").nth(1).waitFor();
  assert.deepEqual(await names(it), ["甲公司", "乙公司"]);
  await it.goto(`${site.url}hosts/base.html`);
  await it.locator("main h1").waitFor();
  assert.deepEqual(await names(it), [""]);
  await it.goto(`${site.url}hosts/own.html`);
  await it.locator("zice-check #zice-name").nth(1).waitFor();
  await it.evaluate(() => document.querySelector("zice-check").api(1).destroy());
  const left = JSON.stringify(await stored(it));
  assert.ok(!left.includes("甲公司") && left.includes("乙公司"), left);
  await it.evaluate(() => document.querySelector("zice-check").api(1).reset());
  await it.locator("zice-check .zice-begin").waitFor();
  assert.deepEqual((await stored(it)).tab, {});
  assert.deepEqual(complaints, []);
});

test("elements with one id, and frames of one address, do not mix either", async (t) => {
  const twin = CHECK.replace("policies", 'id="same" policies');
  const { page: it } = await host(t, twin + twin);
  leaving(it);
  await fill(it.locator("zice-check").first(), "甲公司");
  await fill(it.locator("zice-check").last(), "乙公司");
  await held(it, "甲公司");
  assert.doesNotMatch(JSON.stringify(await stored(it)), /乙公司/);
  await it.reload();
  await it.locator("zice-check #zice-name").waitFor();
  await it.waitForFunction(() => document.querySelectorAll("zice-check").length === 2);
  assert.deepEqual((await names(it)).sort(), ["", "甲公司"]);
  const frame = '<iframe src="inner.html" height="900"></iframe>';
  const framed = await openHost(t, browser(), "own.html", { csp: `${STRICT}; frame-src 'self'`, files: { "hosts/own.html": page(frame + frame), "hosts/inner.html": page(CHECK) } });
  leaving(framed.page);
  await fill(framed.page.frameLocator("iframe >> nth=0").locator("zice-check"), "丙公司");
  await fill(framed.page.frameLocator("iframe >> nth=1").locator("zice-check"), "丁公司");
  await held(framed.page, "丁公司");
  await framed.page.reload();
  for (const [at, name] of ["丙公司", "丁公司"].entries()) {
    const field = framed.page.frameLocator(`iframe >> nth=${at}`).locator("#zice-name");
    await field.waitFor();
    assert.equal(await field.inputValue(), name);
  }
});

test("what a host opens comes after the draft; draft=off holds nothing and offers nothing", async (t) => {
  const { page: it } = await host(t, CHECK);
  leaving(it);
  await fill(it.locator("zice-check"), "甲公司");
  await held(it, "甲公司");
  await it.reload();
  const file = company({}, { name: "宿主的公司", programmes: ["tech-sme"] });
  await it.evaluate((file) => document.querySelector("zice-check").api(1).open(file), file);
  assert.deepEqual(await names(it), ["宿主的公司"]);
  await it.getByRole("button", { name: "换回打开前填写的内容" }).waitFor();
  const off = await host(t, CHECK.replace("lazy", 'draft="off" lazy'));
  leaving(off.page);
  await fill(off.page.locator("zice-check"), "乙公司");
  await off.page.reload();
  await off.page.locator("zice-check .zice-begin").waitFor();
  assert.deepEqual(await names(off.page), [""]);
  assert.deepEqual((await stored(off.page)).tab, {});
  assert.equal(await off.page.locator("#zice-remember").count(), 0);
});

test("a restored check takes no focus in its host's page", async (t) => {
  const { page: it } = await host(t, `<input id="search" autofocus>${CHECK}`);
  leaving(it);
  await fill(it.locator("zice-check"), "甲公司");
  await held(it, "甲公司");
  await it.reload();
  await it.focus("#search");
  await it.locator("zice-check #zice-name").waitFor();
  await idle(it);
  assert.equal(await it.evaluate(() => document.activeElement.id), "search");
});

test("a remembered look goes before the host's first words, and its later ones before that", async (t) => {
  const { page: it } = await host(t, CHECK.replace("lazy", 'theme="contrast" lazy'));
  const root = it.locator("zice-check #zice-app");
  await root.locator("main h1").waitFor();
  assert.equal(await root.locator("#zice-theme-contrast").isChecked(), true, "the menu shows what is");
  await it.evaluate(() => localStorage.setItem("zice.look/1", JSON.stringify({ schema: "zice.look/1", theme: "dark", large: true })));
  await it.reload();
  await root.locator("main h1").waitFor();
  const look = () => root.evaluate((it) => [it.dataset.ziceTheme, it.hasAttribute("data-zice-large")]);
  assert.deepEqual(await look(), ["dark", true]);
  await it.evaluate(() => document.querySelector("zice-check").setAttribute("lang", "en"));
  assert.deepEqual(await look(), ["dark", true], "another language changes neither");
  await it.evaluate(() => document.querySelector("zice-check").setAttribute("theme", "light"));
  assert.deepEqual(await look(), ["light", true]);
});

test("a sandboxed frame without storage works as before", async (t) => {
  const opened = await openHost(t, browser(), "frame.html", { csp: `${STRICT}; frame-src 'self'` });
  const frame = opened.page.frameLocator("iframe");
  await frame.locator("#zice-choose-tech-sme").check();
  await frame.locator(".zice-begin .zice-button").click();
  await frame.locator("#zice-name").fill("甲公司");
  await idle(opened.page);
  assert.equal(await frame.locator("#zice-remember").count(), 0);
  assert.deepEqual(await stored(opened.page), { tab: {}, site: {} });
  assert.deepEqual(opened.complaints.filter((line) => !/status of 404/.test(line)), []);
});

test("a crash is not taken up again by itself; starting again has the answers and the draft", async (t) => {
  const { page } = await openInterview(t, browser());
  leaving(page);
  await page.fill("#zice-name", "甲公司");
  await held(page, "甲公司");
  // The error that a browser reports when the wasm traps.
  await page.evaluate(() => {
    const stack = `RuntimeError: unreachable\n at wasm-function[1] ${document.querySelector("script[src]").src}`;
    window.dispatchEvent(new ErrorEvent("error", { error: Object.assign(new WebAssembly.RuntimeError("unreachable"), { stack }) }));
  });
  await page.getByRole("button", { name: "Start again" }).waitFor();
  assert.deepEqual((await stored(page)).tab, {});
  await page.getByRole("button", { name: "Start again" }).click();
  await held(page, "甲公司");
  assert.equal((await companySoFar(page)).name, "甲公司");
});

test("nothing but the draft is stored while somebody fills in, and it is what would be saved", async (t) => {
  const { page } = await openInterview(t, browser(), { file: full });
  await goToTopic(page, 1);
  await held(page, "topic/1");
  const { schema, screen, unsaved, number, file } = await draft(page);
  assert.deepEqual({ schema, screen, unsaved, number }, { schema: "zice.draft/1", screen: "topic/1", unsaved: false, number: "" });
  const { programmes, results, ...saved } = file;
  assert.deepEqual(programmes, ["tech-sme"]);
  assert.equal(results.length, 1);
  assert.deepEqual(saved, full);
  assert.deepEqual((await stored(page)).site, {});
  assert.equal(await page.evaluate(async () => (await indexedDB.databases()).length), 0);
  await reloadEmpty(page);
  await page.waitForSelector(".zice-begin");
  assert.deepEqual((await stored(page)).tab, {});
});
