// The element in difficult host pages (tests/hosts): everything works, the host
// does not affect the element nor the other way round, and every request stays
// below the element's own folder.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openHost, styleOf, walk } from "./element.mjs";
import { heard, openFile, shoot, useBrowser, whole, pressMore } from "./support.mjs";

const browser = useBrowser();
// The policy of hosts that write scripts and styles into their pages.
const LOOSE = "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";
const element = (page, selector = "zice-check") => page.locator(selector);

function clean({ complaints, strangers }, allowed = /status of 404/) {
  assert.deepEqual(strangers, []);
  assert.deepEqual(complaints.filter((line) => !allowed.test(line)), []);
}

for (const [name, options] of Object.entries({
  "strict.html": {},
  "legacy.html": { csp: LOOSE },
  "gbk.html": {},
  "base.html": { csp: LOOSE },
  "rtl.html": {},
  "head.html": {},
  "column.html": {},
  "reset.html": {},
})) {
  test(`${name}: from the cards to the report, equal to the command line`, async (t) => {
    const opened = await openHost(t, browser(), name, options);
    await walk(opened.page, element(opened.page));
    await shoot(opened.page, `host-${name}`);
    clean(opened);
  });
}

test("a host's reset does not reach inside", async (t) => {
  const names = ["fontSize", "fontStyle", "textTransform", "letterSpacing", "textAlign", "whiteSpace", "direction", "color", "cursor", "textIndent"];
  const seen = [];
  for (const name of ["strict.html", "reset.html", "rtl.html"]) {
    const { page } = await openHost(t, browser(), name);
    const heading = element(page).locator("main h1");
    await heading.waitFor();
    const box = await heading.boundingBox();
    seen.push({ ...await styleOf(heading, names), height: Math.round(box.height) });
    const [text, ground] = await Promise.all(["color", "backgroundColor"].map((one) => styleOf(element(page).locator("#zice-app"), [one])));
    assert.deepEqual([text.color, ground.backgroundColor], ["rgb(23, 33, 43)", "rgb(245, 247, 249)"]);
  }
  assert.deepEqual(seen[1], seen[0]);
  assert.deepEqual(seen[2], seen[0]);
});

test("a narrow column on a wide screen is laid out as a narrow page", async (t) => {
  const { page } = await openHost(t, browser(), "column.html");
  await element(page).locator("main h1").waitFor();
  const { scrollWidth, clientWidth } = await page.locator("#column").evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
  assert.ok(scrollWidth <= clientWidth, `${scrollWidth} px wide in a column of ${clientWidth} px`);
  const classes = await element(page).locator("#zice-app").getAttribute("class");
  assert.doesNotMatch(classes, /zice-w/);
});

test("two elements share one wasm, have their own programmes and languages, and do not mix", async (t) => {
  const opened = await openHost(t, browser(), "two.html");
  const { page, site } = opened;
  const [one, other] = [element(page, "#one"), element(page, "#other")];
  await other.locator("main h1").waitFor();
  await one.locator("main h1").waitFor();
  await whole(page);
  for (const kind of [/zice-[0-9a-f]+\.wasm$/, /zice-page-engine-/, /zice-widget-/, /zice-element-/]) {
    assert.equal(site.requests.filter(({ path }) => kind.test(path)).length, 1, String(kind));
  }
  assert.match(await other.locator("main").innerText(), /What do you want to apply for/);
  assert.equal(await other.locator(".zice-card").count(), 1);
  await other.locator("#zice-choose-aaa-zj").check();
  await other.locator(".zice-begin .zice-button").click();
  await other.locator("#zice-name").fill("另一家");
  await walk(page, one);
  assert.equal(await other.locator("#zice-name").inputValue(), "另一家");
  const [first, second] = await Promise.all([one, other].map((it) => it.evaluate((element) => element.api(1).company())));
  assert.deepEqual([first.name, second.name], ["湖州示例科技有限公司", "另一家"]);
  // Only one of them is dark.
  const grounds = await Promise.all([one, other].map((it) => styleOf(it.locator("#zice-app"), ["backgroundColor"])));
  assert.notDeepEqual(grounds[0], grounds[1]);
  clean(opened);
});

test("a second zice.js of another version says so and leaves the first one working", async (t) => {
  const opened = await openHost(t, browser(), "versions.html");
  await walk(opened.page, element(opened.page));
  assert.equal(opened.complaints.filter((line) => /zice\.js 9\.9\.9: <zice-check> is there already/.test(line)).length, 1);
  clean(opened, /status of 404|is there already/);
});

test("moved, taken out and put back, the element keeps its answers", async (t) => {
  const opened = await openHost(t, browser(), "moved.html");
  const { page } = opened;
  await element(page).locator("#zice-choose-tech-sme").check();
  await element(page).locator(".zice-begin .zice-button").click();
  await element(page).locator("#zice-name").fill("湖州");
  await page.evaluate(() => document.querySelector("#right").append(document.querySelector("zice-check")));
  assert.equal(await element(page).locator("#zice-name").inputValue(), "湖州");
  await page.evaluate(async () => {
    window.kept = document.querySelector("zice-check");
    window.kept.remove();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(done))));
    document.querySelector("#left").append(window.kept);
  });
  assert.equal(await element(page).locator("#zice-name").inputValue(), "湖州");
  await element(page).locator("#zice-name").fill("湖州示例");
  assert.equal((await element(page).evaluate((it) => it.api(1).company())).name, "湖州示例");
  await whole(page);
  assert.equal(opened.site.requests.filter(({ path }) => /\.wasm$/.test(path)).length, 2);
  clean(opened);
});

test("inside a page that is itself a Yew application, both answer to what is theirs", async (t) => {
  const opened = await openHost(t, browser(), "yew.html");
  const { page } = opened;
  const host = page.locator("body > #zice-app");
  await host.locator("main h1").waitFor();
  // Right into the elements that Yew made.
  await page.evaluate(() => {
    const inner = document.createElement("zice-check");
    inner.setAttribute("policies", "tech-sme");
    document.querySelector("body > #zice-app main > div").append(inner);
  });
  const inner = element(page);
  await inner.locator("main h1").waitFor();
  await inner.locator("#zice-choose-tech-sme").check();
  assert.equal(await host.locator("#zice-choose-aaa-zj").isChecked(), false);
  await host.locator("#zice-choose-aaa-zj").check();
  assert.equal(await inner.locator("#zice-choose-tech-sme").isChecked(), true);
  await inner.locator("#zice-choose-tech-sme").uncheck();
  await walk(page, inner);
  // The host's own interview goes on.
  assert.equal(await host.locator("#zice-choose-aaa-zj").isChecked(), true);
  clean(opened);
});

test("a host's shortcuts do not fire while somebody types, and do elsewhere", async (t) => {
  const { page } = await openHost(t, browser(), "strict.html");
  await page.evaluate(() => {
    window.keys = [];
    for (const name of ["keydown", "keypress", "keyup"]) document.addEventListener(name, ({ key }) => window.keys.push(key));
  });
  await element(page).locator("#zice-choose-tech-sme").check();
  await element(page).locator(".zice-begin .zice-button").click();
  await element(page).locator("#zice-name").focus();
  await page.keyboard.type("/s?");
  assert.deepEqual(await page.evaluate(() => window.keys), []);
  assert.equal(await element(page).locator("#zice-name").inputValue(), "/s?");
  await element(page).locator(".zice-steps button").first().focus();
  await page.keyboard.press("s");
  assert.ok((await page.evaluate(() => window.keys)).includes("s"));
});

test("host's title, language, address and history stay the host's", async (t) => {
  const { page } = await openHost(t, browser(), "strict.html");
  const state = () => page.evaluate(() => [document.title, document.documentElement.lang, location.href, history.length, history.state, Object.keys(document.documentElement.dataset)]);
  const before = await state();
  await walk(page, element(page));
  await element(page).locator(".zice-tools button[lang]").click();
  assert.deepEqual(await state(), before);
});

test("print shows the report and nothing of the host, and afterwards everything is as it was", async (t) => {
  const { page } = await openHost(t, browser(), "column.html");
  await page.evaluate(() => document.body.prepend(Object.assign(document.createElement("p"), { textContent: "导航栏" })));
  await walk(page, element(page));
  const hidden = () => page.evaluate(() => [...document.body.children].map((one) => getComputedStyle(one).display));
  const before = await hidden();
  const during = await page.evaluate(() => new Promise((done) => {
    window.print = () => {
      dispatchEvent(new Event("beforeprint"));
      const column = getComputedStyle(document.querySelector("#column"));
      const folded = document.querySelector("zice-check").shadowRoot.querySelectorAll(".zice-report details:not([open])").length;
      done({ shown: [...document.body.children].map((one) => getComputedStyle(one).display), position: column.position, overflow: column.overflow, folded, paper: document.adoptedStyleSheets.map(({ cssRules }) => Array.from(cssRules, (rule) => rule.constructor.name)) });
      dispatchEvent(new Event("afterprint"));
    };
    document.querySelector("zice-check").shadowRoot.querySelector("[data-zice-do=print]").click();
  }));
  assert.deepEqual(during, { shown: ["none", "block"], position: "static", overflow: "visible", folded: 0, paper: [["CSSPageRule"]] });
  assert.deepEqual(await hidden(), before);
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 0);
});

test("the saved report page of an embedded element is whole", async (t) => {
  const { page } = await openHost(t, browser(), "strict.html");
  await walk(page, element(page));
  const [download] = await Promise.all([page.waitForEvent("download"), pressMore(element(page), "保存报告（HTML）")]);
  const other = await page.context().newPage();
  await other.goto(`file://${await download.path()}`);
  await other.setContent(await (await import("node:fs/promises")).readFile(await download.path(), "utf8"));
  assert.equal(await other.locator(".zice-report h1").innerText(), "自测报告");
  const [color] = await other.locator(".zice-report h1").evaluateAll((all) => all.map((one) => getComputedStyle(one).color));
  assert.equal(color, "rgb(23, 33, 43)");
  await shoot(other, "host-saved");
});

test("files open and save from inside the element", async (t) => {
  const { page } = await openHost(t, browser(), "strict.html");
  await element(page).locator("main h1").waitFor();
  await openFile(page, { schema: "zice.company/1", name: "打开的企业", as_of: "2025-08-01", facts: { sme_staff_total: 7 } });
  await element(page).locator(".zice-message p").waitFor();
  const company = await element(page).evaluate((it) => it.api(1).company());
  assert.deepEqual(company.facts, { sme_staff_total: { 2024: 7 } });
});

test("events tell the host what contract says, from the element itself", async (t) => {
  const { page } = await openHost(t, browser(), "strict.html", {
    prepare: (page) => page.addInitScript(() => {
      window.targets = [];
      for (const name of ["zice:ready", "zice:progress", "zice:report"]) {
        document.addEventListener(name, (event) => window.targets.push([name, event.target.localName, event.bubbles, event.composed]));
      }
    }),
  });
  await walk(page, element(page));
  const targets = await page.evaluate(() => window.targets);
  for (const name of ["zice:ready", "zice:progress", "zice:report"]) assert.ok(targets.some(([one]) => one === name), name);
  for (const [, target, bubbles, composed] of targets) assert.deepEqual([target, bubbles, composed], ["zice-check", true, true]);
  assert.equal((await heard(page, "zice:progress")).at(-1).policies[0].id, "tech-sme");
});
