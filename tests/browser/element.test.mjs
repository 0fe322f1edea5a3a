// The element itself: when it loads, what a host can set and ask, and what it
// says if something is missing or breaks.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { violations } from "./axe.mjs";
import { manifest, openHost, styleOf, walk, stepsOf } from "./element.mjs";
import { dist, heard, idle, PAGE_ENGINE, shoot, STRICT, useBrowser, whole } from "./support.mjs";

const browser = useBrowser();
const page = (body, head = "") => `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>host</title>${head}<script src="../zice.js" defer></script></head><body>${body}</body></html>`;
const host = (t, body, options = {}) => openHost(t, browser(), "own.html", { ...options, files: { "hosts/own.html": page(body, options.head), ...options.files } });
const asked = (site) => site.requests.map(({ path }) => path.split("/").pop()).filter((name) => name !== "favicon.ico");
const api = (opened, act) => opened.page.evaluate(act);
const started = (opened) => opened.page.locator("zice-check main h1").waitFor();

test("nothing but loader and styles is fetched before the element comes near to be seen", async (t) => {
  const opened = await host(t, `<div style="height:5000px"></div><zice-check policies="tech-sme"></zice-check>`, { csp: null });
  await idle(opened.page);
  assert.deepEqual(asked(opened.site).filter((name) => /wasm|widget|json/.test(name)), []);
  await opened.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await started(opened);
});

test("lazy=interaction waits for a press, by keyboard too; lazy=eager for nothing", async (t) => {
  const opened = await host(t, `<zice-check policies="tech-sme" lazy="interaction"></zice-check>`);
  await idle(opened.page);
  assert.deepEqual(asked(opened.site).filter((name) => /wasm|widget|json/.test(name)), []);
  await opened.page.keyboard.press("Tab");
  await opened.page.keyboard.press("Enter");
  await started(opened);
  // The button that was pressed is gone, so the focus moves to the heading.
  await opened.page.waitForFunction(() => document.querySelector("zice-check").shadowRoot.activeElement?.localName === "h1");
  const eager = await host(t, `<div style="height:5000px"></div><zice-check policies="tech-sme" lazy="eager"></zice-check>`, { csp: null });
  await started(eager);
});

test("a policy is fetched when it is chosen, of those that are named, one edition where one is named", async (t) => {
  const opened = await host(t, `<zice-check policies="tech-sme@2025 aaa-zj"></zice-check>`);
  await started(opened);
  const { page, site } = opened;
  const policies = () => asked(site).filter((name) => name.includes("@"));
  await whole(page);
  assert.deepEqual(policies(), [], "nothing is chosen yet");
  await page.locator("[data-zice-programme=tech-sme] label").click();
  await page.getByRole("button", { name: /^开始/ }).click();
  await page.locator(".zice-steps").waitFor();
  assert.deepEqual(policies(), ["tech-sme@2025.json"]);
  await page.evaluate(() => document.querySelector("zice-check").api(1).show("choose"));
  const editions = ["2023", "2025", "2027"].map((year) => page.waitForResponse((response) => response.url().endsWith(`aaa-zj@${year}.json`)));
  await page.locator("[data-zice-programme=aaa-zj] label").click();
  await Promise.all(editions);
  // The edition for the day first, and then the others, for other days.
  assert.deepEqual(policies().slice(1).sort(), ["aaa-zj@2023.json", "aaa-zj@2025.json", "aaa-zj@2027.json"]);
});

test("another day waits for the rules of its year, also where they are on their way already", async (t) => {
  const opened = await host(t, `<zice-check policies="tech-sme adjacent"></zice-check>`);
  await started(opened);
  const { page } = opened;
  await whole(page);
  let give;
  const given = new Promise((done) => { give = done; });
  await page.route(/tech-sme@2023\.json/, async (route) => { await given; await route.continue(); });
  const asks = page.waitForRequest((request) => request.url().endsWith("tech-sme@2023.json"));
  await page.locator("[data-zice-programme=tech-sme] label").click();
  await page.getByRole("button", { name: /^开始/ }).click();
  await page.locator("#zice-name").fill("湖州示例科技有限公司");
  await asks;
  await page.locator("#zice-as_of").fill("2023-06-01");
  await page.locator("#zice-name").waitFor({ state: "detached" });
  assert.match(await page.locator("main [role=status]").first().innerText(), /正在/);
  give();
  await page.locator("#zice-name").waitFor();
  assert.equal(await page.locator("#zice-name").inputValue(), "湖州示例科技有限公司");
  assert.equal(await page.locator("#zice-as_of").inputValue(), "2023-06-01");
});

test("a policy that can't be had is told where it is needed, and can be fetched again", async (t) => {
  const opened = await host(t, `<zice-check policies="tech-sme@2025 aaa-zj"></zice-check>`);
  await started(opened);
  const { page } = opened;
  await whole(page);
  await page.evaluate(() => {
    window.told = [];
    document.addEventListener("zice:error", ({ detail }) => window.told.push(detail.code));
  });
  await page.route(/tech-sme@2025\.json/, (route) => route.abort());
  await page.locator("[data-zice-programme=tech-sme] label").click();
  await page.getByRole("button", { name: /^开始/ }).click();
  const again = page.getByRole("button", { name: "重试" });
  await again.waitFor();
  assert.deepEqual(await page.evaluate(() => window.told), ["asset-missing"]);
  assert.equal(await page.evaluate(() => document.querySelector("zice-check").api(1).reports().catch((error) => error.code)), "asset-missing");
  // A file that can't be parsed is no policy either.
  await page.unroute(/tech-sme@2025\.json/);
  await page.route(/tech-sme@2025\.json/, (route) => route.fulfill({ body: "{}", contentType: "application/json" }));
  await again.click();
  await page.waitForFunction(() => window.told.includes("policies"));
  await page.unroute(/tech-sme@2025\.json/);
  await again.click();
  await page.locator(".zice-steps").waitFor();
  assert.equal(await page.getByRole("button", { name: "重试" }).count(), 0);
});

test("the manifest's first load is what an element with one policy fetches", async (t) => {
  const opened = await host(t, `<zice-check policies="tech-sme@2025"></zice-check>`);
  await started(opened);
  await whole(opened.page);
  const names = asked(opened.site).filter((name) => name !== "own.html");
  const { first_load: first, files } = await manifest();
  const more = Object.keys(files).find((name) => PAGE_ENGINE.test(name));
  assert.ok(!first.includes(more), "the engine is none of it");
  assert.deepEqual(names.sort(), [...first, more, "facts.json", "index.json", "names.json", "tech-sme@2025.json"].sort());
  for (const name of first) assert.ok(files[name].brotli > 0 && /^sha384-.{64}$/.test(files[name].sha384), name);
});

test("language, colours and size follow the attributes, also later; the answers stay", async (t) => {
  const opened = await host(t, `<zice-check policies="tech-sme"></zice-check>`);
  await started(opened);
  const { page } = opened;
  await page.locator("zice-check #zice-choose-tech-sme").check();
  await page.locator("zice-check .zice-begin .zice-button").click();
  await page.locator("zice-check #zice-name").fill("湖州");
  await page.evaluate(() => document.querySelector("zice-check").setAttribute("lang", "en"));
  await page.waitForFunction(() => document.querySelector("zice-check").shadowRoot.textContent.includes("Company name"));
  const ground = () => styleOf(page.locator("zice-check #zice-app"), ["backgroundColor", "fontSize"]);
  const light = await ground();
  await page.evaluate(() => { const it = document.querySelector("zice-check"); it.setAttribute("theme", "dark"); it.setAttribute("large", ""); });
  const dark = await ground();
  assert.notEqual(dark.backgroundColor, light.backgroundColor);
  assert.ok(parseFloat(dark.fontSize) > parseFloat(light.fontSize));
  assert.equal(await page.locator("zice-check #zice-name").inputValue(), "湖州");
  await page.evaluate(() => document.querySelector("zice-check").setAttribute("policies", "tech-sme hnte-zj"));
  await page.waitForFunction(() => document.querySelector("zice-check").shadowRoot.querySelectorAll(".zice-card").length === 2);
  assert.equal((await api(opened, () => document.querySelector("zice-check").api(1).company())).name, "湖州");
});

test("without lang the language is that of the nearest element that has one, through shadow roots too", async (t) => {
  const opened = await host(t, `<div lang="en-GB"><zice-check policies="tech-sme"></zice-check></div>`);
  await started(opened);
  assert.match(await opened.page.locator("zice-check main h1").innerText(), /^Find out/);
});

test("a host's colours are taken over, for dark too, and its own rules reach the part", async (t) => {
  const opened = await host(t, `<zice-check policies="tech-sme"></zice-check>`, {
    head: `<link rel="stylesheet" href="own.css">`,
    files: { "hosts/own.css": "zice-check { --zice-accent: #7a1fa2; --zice-accent-dark: #e1bee7; } zice-check::part(page) { border-top: 7px solid #7a1fa2; }" },
  });
  await started(opened);
  const button = opened.page.locator("zice-check .zice-begin .zice-button");
  assert.equal((await styleOf(button, ["backgroundColor"])).backgroundColor, "rgb(122, 31, 162)");
  assert.equal((await styleOf(opened.page.locator("zice-check #zice-app"), ["borderTopWidth"])).borderTopWidth, "7px");
  await opened.page.evaluate(() => document.querySelector("zice-check").setAttribute("theme", "dark"));
  assert.equal((await styleOf(button, ["backgroundColor"])).backgroundColor, "rgb(225, 190, 231)");
});

test("what a host can ask: company, open, reports, show, reset, destroy", async (t) => {
  const opened = await host(t, `<zice-check policies="tech-sme" lazy="interaction"></zice-check>`);
  const told = await api(opened, async () => {
    const element = document.querySelector("zice-check");
    const api = element.api(1);
    const file = { schema: "zice.company/1", name: "湖州", as_of: "2025-08-01", facts: { sme_staff_total: 10 }, programmes: ["tech-sme"] };
    // Calling a method counts as using the element, so it loads.
    await api.open(file);
    const company = await api.company();
    const wrong = await api.open("{").catch((error) => [error.code, error.message]);
    const kept = await api.company();
    const shown = [await api.show("report"), await api.show("nonsense")];
    const reports = await api.reports();
    const advised = [await api.advise(), await api.advise({ cushion: "5%", horizon: "next_round" })];
    const refused = await Promise.all([{ cushion: "a lot" }, { horizon: "then" }, null, 5].map((options) => api.advise(options).catch((error) => error.code)));
    await api.reset();
    const fresh = await api.company();
    let version;
    try { element.api(2); } catch (error) { version = error.message; }
    await api.destroy();
    return { company, wrong, kept, shown, reports: reports.map(({ policy }) => policy), advised, refused, same: reports.map(({ no_advice }) => no_advice), fresh: fresh.facts, version, gone: !document.querySelector("zice-check"), number: api.version };
  });
  assert.equal(told.company.name, "湖州");
  assert.deepEqual(told.company.facts, { sme_staff_total: { 2024: 10 } });
  assert.equal(told.wrong[0], "company");
  assert.match(told.wrong[1], /\S{4}/);
  assert.deepEqual(told.kept, told.company);
  assert.deepEqual(told.shown, [true, false]);
  assert.equal(told.reports.length, 1);
  const [[both], [next]] = told.advised.map(({ programmes }) => programmes);
  assert.deepEqual(both.no_advice, told.same[0]);
  assert.deepEqual(both.no_advice.map(({ horizon, because }) => [horizon, because]), [["this_round", "unknown"], ["next_round", "unknown"]]);
  assert.deepEqual([...next.advice, ...next.no_advice].map(({ horizon }) => horizon), ["next_round"]);
  assert.deepEqual(told.refused, ["usage", "usage", "usage", "usage"]);
  assert.deepEqual(told.fresh, {});
  assert.match(told.version, /api\(2\)/);
  assert.deepEqual([told.gone, told.number], [true, 1]);
  assert.deepEqual(opened.complaints.filter((line) => !/404/.test(line)), []);
});

test("reports that a host asks for while one is shown leave the focus where it is", async (t) => {
  const opened = await host(t, `<input id="own"><zice-check policies="tech-sme"></zice-check>`);
  const told = await api(opened, async () => {
    const api = document.querySelector("zice-check").api(1);
    await api.open({ schema: "zice.company/1", as_of: "2025-08-01", facts: { sme_staff_total: 10 } });
    await api.reports();
    await api.show("report");
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    document.querySelector("#own").focus();
    const reports = await api.reports();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
    return [reports.length, document.activeElement.id];
  });
  assert.deepEqual(told, [1, "own"]);
  assert.deepEqual(opened.complaints.filter((line) => !/404/.test(line)), []);
});

test("an element can be asked before it is in the document, taken out while it loads, destroyed and put back", async (t) => {
  const opened = await host(t, "");
  const told = await api(opened, async () => {
    const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(done))));
    const make = () => Object.assign(document.createElement("zice-check"), { id: "x" });
    const early = make();
    early.setAttribute("policies", "tech-sme");
    const asked = early.api(1).company();
    await frames();
    document.body.append(early);
    await new Promise(requestAnimationFrame);
    early.remove();
    const company = await asked;
    document.body.append(early);
    await early.api(1).open({ schema: "zice.company/1", name: "湖州", as_of: "2025-08-01", facts: {} });
    early.api(1).destroy();
    const after = await early.api(1).company().catch((error) => error.code);
    document.body.append(early);
    const fresh = await early.api(1).company();
    // Destroyed while it loads.
    const other = make();
    other.setAttribute("lazy", "eager");
    document.body.append(other);
    const ready = other.api(1).ready.catch((error) => error.code);
    other.api(1).destroy();
    await frames();
    document.body.append(other);
    await other.api(1).ready;
    return { schema: company.schema, after, name: fresh.name ?? null, ready: await ready };
  });
  assert.deepEqual(told, { schema: "zice.company/1", after: "destroyed", name: null, ready: "destroyed" });
  assert.deepEqual(opened.complaints.filter((line) => !/404/.test(line)), []);
});

test("answers outlive programmes that were misspelt for a while, and changes that come one after another", async (t) => {
  const opened = await host(t, `<zice-check policies="tech-sme"></zice-check>`);
  await started(opened);
  const told = await api(opened, async () => {
    const element = document.querySelector("zice-check");
    const api = element.api(1);
    await api.open({ schema: "zice.company/1", name: "湖州", as_of: "2025-08-01", facts: { sme_staff_total: 5 } });
    element.setAttribute("policies", "tech");
    const wrong = await api.ready.catch((error) => error.code);
    for (const policies of ["aaa-zj", "tech-sme hnte-zj", "tech-sme aaa-zj new-material"]) element.setAttribute("policies", policies);
    const company = await api.company();
    return { wrong, name: company.name, facts: company.facts, pages: element.shadowRoot.querySelectorAll("#zice-app").length, cards: element.shadowRoot.querySelectorAll(".zice-card").length };
  });
  assert.deepEqual(told, { wrong: "unknown-policy", name: "湖州", facts: { sme_staff_total: { 2024: 5 } }, pages: 1, cards: 3 });
});

for (const [code, options] of [
  ["asset-missing", { missing: /zice-widget-/ }],
  ["asset-missing", { missing: /\.wasm$/ }],
  ["asset-missing", { missing: /index\.json$/ }],
  ["csp-blocked", { csp: STRICT.replace("'wasm-unsafe-eval'", "") }],
  ["asset-corrupt", { replaceWasm: true }],
  ["unknown-policy", { policies: "tech-sm" }],
  ["unsupported-browser", { prepare: (page) => page.addInitScript(() => { delete window.WebAssembly; }) }],
]) {
  test(`${code} (${Object.values(options)[0]}): said in both languages, to the host, and by the promise`, async (t) => {
    const files = {};
    if (options.replaceWasm) {
      const name = (await manifest()).first_load.find((name) => name.endsWith(".wasm"));
      files[name] = (await readFile(join(dist, name))).subarray(0, 4000);
    }
    const opened = await host(t, `<zice-check policies="${options.policies ?? "tech-sme"}"><a href="/phone.html">改打电话</a></zice-check>`, { ...options, files });
    const box = opened.page.locator("zice-check [role=alert]");
    await box.waitFor();
    assert.match(await box.innerText(), /[\u4e00-\u9fff]{5}[\s\S]*[a-z]{3} [a-z]/);
    const rejected = await opened.page.evaluate(() => document.querySelector("zice-check").api(1).ready.catch((error) => error.code));
    assert.equal(rejected, code);
    const errors = await heard(opened.page, "zice:error");
    // What the host wrote into the element for this case is visible.
    assert.ok((await opened.page.locator("zice-check > a").boundingBox())?.height > 5);
    assert.deepEqual(errors.map((one) => one.code), [code]);
    assert.match(errors[0].text, /\S{4}/);
    assert.deepEqual(opened.strangers, []);
  });
}

test("after a failure the page starts again when it is pressed and the cause is gone", async (t) => {
  let broken = true;
  const opened = await host(t, `<zice-check policies="tech-sme"></zice-check>`, {
    prepare: (page) => page.route("**/*.wasm", (route) => (broken ? route.abort() : route.continue())),
  });
  const again = opened.page.locator("zice-check [role=alert] button");
  await again.waitFor();
  broken = false;
  await again.click();
  await walk(opened.page, opened.page.locator("zice-check"));
});

test("a panic shows a readable panel, keeps the answers, and they go on in a page started anew", async (t) => {
  const opened = await host(t, `<zice-check policies="tech-sme"></zice-check>`);
  const { page } = opened;
  await started(opened);
  await page.locator("zice-check #zice-choose-tech-sme").check();
  await page.locator("zice-check .zice-begin .zice-button").click();
  await page.locator("zice-check #zice-name").fill("湖州示例");
  await page.locator("zice-check #zice-as_of").fill("2023-08-01");
  await (await stepsOf(page.locator("zice-check"))).nth(1).click();
  await page.locator("zice-check #zice-sme_staff_total-2022").fill("86");
  // Earlier pages leave nothing that gets in the way.
  await page.evaluate(async () => {
    const element = document.querySelector("zice-check");
    element.setAttribute("policies", "tech-sme aaa-zj");
    await element.api(1).ready;
  });
  await page.locator("zice-check .zice-begin .zice-button").click();
  // Make the browser refuse what Yew relies on.
  await page.evaluate(() => {
    window.insert = Node.prototype.insertBefore;
    Node.prototype.insertBefore = function (...all) {
      if (this.getRootNode().host?.localName === "zice-check" && !all[0].classList?.contains("zice-fallback")) throw new DOMException("no");
      return window.insert.apply(this, all);
    };
  });
  await (await stepsOf(page.locator("zice-check"))).last().click();
  const panel = page.locator("zice-check [role=alert].zice-fallback");
  await panel.waitFor();
  await page.evaluate(() => { Node.prototype.insertBefore = window.insert; });
  await shoot(page, "panic");
  assert.equal(await panel.getAttribute("data-zice-failure"), "panic");
  assert.match(await panel.innerText(), /填写的内容还在[\s\S]*answers are still there/);
  const [error] = await heard(page, "zice:error");
  assert.equal(error.code, "panic");
  const [download] = await Promise.all([page.waitForEvent("download"), panel.locator("button").first().click()]);
  const saved = JSON.parse(await readFile(await download.path(), "utf8"));
  assert.deepEqual([saved.name, saved.facts], ["湖州示例", { sme_staff_total: { 2022: "86" } }]);
  // It goes on, with a wasm of its own.
  await panel.locator("button").last().click();
  await page.locator("zice-check main h1").waitFor();
  const company = await page.evaluate(() => document.querySelector("zice-check").api(1).company());
  assert.deepEqual([company.name, company.facts], ["湖州示例", { sme_staff_total: { 2022: "86" } }]);
  await page.locator("zice-check .zice-begin .zice-button").click();
  assert.equal(await page.locator("zice-check #zice-name").inputValue(), "湖州示例");
});

test("half of the page's script is said in place of the element, and told with a code", async (t) => {
  const widget = (await manifest()).first_load.find((name) => name.startsWith("zice-widget-"));
  const files = { [widget]: (await readFile(join(dist, widget), "utf8")).slice(0, -500) };
  const opened = await host(t, `<zice-check policies="tech-sme"><p>请致电</p></zice-check>`, { files });
  const box = opened.page.locator("zice-check [role=alert]");
  await box.waitFor();
  assert.match(await box.innerText(), /不完整[\s\S]*not complete/);
  assert.equal((await heard(opened.page, "zice:error")).at(-1).code, "asset-corrupt");
  assert.equal(await opened.page.getByText("请致电").isVisible(), true);
  assert.equal(await api(opened, () => document.querySelector("zice-check").api(1).company().catch(({ code }) => code)), "asset-corrupt");
});

test("another site's wasm that breaks is none of ours", async (t) => {
  const opened = await host(t, `<zice-check policies="tech-sme"></zice-check>`);
  await started(opened);
  await Promise.all([
    opened.page.waitForEvent("pageerror"),
    opened.page.evaluate(() => setTimeout(() => { throw new WebAssembly.RuntimeError("unreachable"); })),
  ]);
  await idle(opened.page);
  assert.equal(await opened.page.locator("zice-check .zice-fallback").count(), 0);
});

test("a host that loads with CORS has the page's script checked by its digest", async (t) => {
  const widget = (await manifest()).first_load.find((name) => name.startsWith("zice-widget-"));
  const changed = await host(t, `<zice-check policies="tech-sme"></zice-check>`, {
    files: {
      "hosts/own.html": page(`<zice-check policies="tech-sme"></zice-check>`).replace('src="../zice.js"', 'src="../zice.js" crossorigin'),
      [widget]: `${await readFile(join(dist, widget), "utf8")}\n// changed on the way`,
    },
  });
  const box = changed.page.locator("zice-check [role=alert]");
  await box.waitFor();
  assert.ok(changed.complaints.some((line) => /integrity/i.test(line)));
});

test("a browser without custom elements gets a readable text, from a loader it can read", async (t) => {
  const loader = await readFile(join(dist, "zice.js"), "utf8");
  // ECMAScript 5 and ASCII only.
  assert.match(loader, /^[\x00-\x7f]*$/);
  execFileSync(join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "node_modules/.bin/esbuild"), ["--target=es5", "--log-level=error"], { input: loader });
  assert.doesNotMatch(loader, /=>|\bclass\b|\bconst\b|\blet\b|`/);
  const opened = await host(t, `<zice-check policies="tech-sme"></zice-check>`, {
    prepare: (page) => page.addInitScript(() => { Object.defineProperty(window, "customElements", { value: undefined }); }),
  });
  assert.match(await opened.page.innerText("zice-check"), /浏览器版本过低[\s\S]*too old/);
});

for (const [width, theme] of [[1280, "light"], [320, "dark"]]) {
  test(`the embedded element breaks no rule of accessibility at ${width} px, ${theme}`, async (t) => {
    const opened = await host(t, `<h1>门户</h1><zice-check policies="tech-sme" theme="${theme}"></zice-check>`, { context: { viewport: { width, height: 800 } } });
    await started(opened);
    // The host has its own landmarks and headings; ours come in addition. That
    // breaks best practices but no success criterion.
    const broken = async () => (await violations(opened.page)).filter((line) => !/^(landmark-|region|page-has-heading-one|heading-order)/.test(line));
    assert.deepEqual(await broken(), []);
    await walk(opened.page, opened.page.locator("zice-check"));
    assert.deepEqual(await broken(), []);
    await shoot(opened.page, `element-${width}-${theme}`);
  });
}
