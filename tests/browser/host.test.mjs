// What a site says of itself in the page: who offers it, whom to ask, what it is
// called, how deep its headings stand and how much stands around.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { violations } from "./axe.mjs";
import { openHost, stepsOf, walk } from "./element.mjs";
import { assertNoSidewaysScrolling, dist, drawn, fullCompany, goToReport, open, openFile, openReportMenu, PROGRAMMES, shoot, start, STRICT, useBrowser, whole } from "./support.mjs";

const browser = useBrowser();
const page = (body) => `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,"><script src="../zice.js" defer></script></head><body>${body}</body></html>`;
const host = (t, body, options = {}) => openHost(t, browser(), "own.html", { ...options, files: { "hosts/own.html": page(body) } });
const element = (page) => page.locator("zice-check");
const textOf = (page, selector) => element(page).locator(selector).innerText();
const BRAND = "某某市科技局";
const CONTACT = "0000-0000000（工作日）";

/** Opens a company that has answered everything, and goes to its report. */
async function report(page) {
  await page.evaluate(async (file) => {
    const api = document.querySelector("zice-check").api(1);
    await api.open({ ...file, programmes: ["tech-sme"] });
    await api.show("report");
  }, await fullCompany());
  await element(page).locator(".zice-sheet").waitFor({ state: "attached" });
}

test("name, contact and title stand in header, footer, report and printed summary, and follow their attributes", async (t) => {
  const { page, complaints } = await host(t, `<zice-check policies="tech-sme" brand="${BRAND}" contact="${CONTACT}" page-title="科小自测"></zice-check>`);
  await element(page).locator("main h1").waitFor();
  assert.equal(await textOf(page, ".zice-brand"), `${BRAND} · 科小自测`);
  assert.match(await textOf(page, "footer"), new RegExp(`政策咨询：${CONTACT}`));
  await report(page);
  assert.match(await textOf(page, ".zice-report"), new RegExp(`自测报告[\\s\\S]{0,60}${BRAND}\\s*政策咨询：${CONTACT}`));
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 800 });
    await drawn(page);
    await assertNoSidewaysScrolling(page, `report at ${width} px`);
    await shoot(page, `host-report-${width}`);
  }
  // On paper, the whole report and the summary alone.
  await page.emulateMedia({ media: "print" });
  const line = element(page).locator(".zice-report .zice-contact");
  assert.ok(await line.isVisible());
  await element(page).locator("#zice-app").evaluate((it) => it.classList.add("zice-print-summary"));
  assert.ok(!await line.isVisible());
  const sheet = await textOf(page, "[part=summary]");
  assert.ok(sheet.includes(`${BRAND} · 科小自测 · `), sheet);
  assert.match(sheet, new RegExp(`政策咨询：${CONTACT}\\s*自测结果仅供参考`));
  await shoot(page, "host-summary");
  await page.emulateMedia({ media: null });
  await page.evaluate(() => {
    const it = document.querySelector("zice-check");
    it.setAttribute("brand", "乙单位");
    it.removeAttribute("contact");
    it.removeAttribute("page-title");
  });
  await page.waitForFunction(() => document.querySelector("zice-check").shadowRoot.querySelector(".zice-brand").textContent === "乙单位 · 申报自测");
  assert.equal(await element(page).locator(".zice-contact").count(), 0);
  assert.equal((await page.evaluate(() => document.querySelector("zice-check").api(1).company())).name, (await fullCompany()).name);
  await page.evaluate(() => document.querySelector("zice-check").setAttribute("lang", "en"));
  await page.evaluate(() => document.querySelector("zice-check").setAttribute("contact", "+86 0"));
  await element(page).getByText("Questions about the policy:").first().waitFor();
  assert.deepEqual(complaints, []);
});

test("texts in slots come before the attributes, as texts, also later; nothing else of the element is moved", async (t) => {
  const { page, complaints } = await host(t, `<zice-check policies="tech-sme" brand="attribute"><b slot="brand">某某市<i>科技局</i>\n <img alt="" src="data:,"></b><p slot="contact">电话 <a href="tel:0">0000</a></p><p>打不开？</p></zice-check>`);
  await element(page).locator("main h1").waitFor();
  assert.equal(await textOf(page, ".zice-brand"), "某某市科技局 · 申报自测");
  assert.match(await textOf(page, "footer"), /政策咨询：电话 0000/);
  assert.equal(await element(page).locator("footer .zice-contact a, .zice-brand img").count(), 0);
  await page.evaluate(() => { document.querySelector("[slot=brand]").firstChild.data = "另一个"; });
  await page.waitForFunction(() => document.querySelector("zice-check").shadowRoot.querySelector(".zice-brand").textContent.startsWith("另一个科技局"));
  await page.evaluate(() => document.querySelector("[slot=brand]").remove());
  await page.waitForFunction(() => document.querySelector("zice-check").shadowRoot.querySelector(".zice-brand").textContent === "attribute · 申报自测");
  assert.deepEqual(complaints, []);
});

const HOSTILE = `<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>`;
test("hostile texts stay texts: attributes, slots, frame, and a page of one's own", async (t) => {
  const { page } = await host(t, `<zice-check policies="tech-sme"></zice-check>`);
  await page.evaluate((text) => {
    const it = document.querySelector("zice-check");
    for (const name of ["contact", "page-title"]) it.setAttribute(name, text);
    it.setAttribute("brand", "\u202e\u0000");
    it.appendChild(Object.assign(document.createElement("span"), { slot: "contact", textContent: text }));
  }, HOSTILE);
  await element(page).locator("main h1").waitFor();
  await report(page);
  const found = await element(page).evaluate((it) => ({
    marks: it.shadowRoot.querySelectorAll("img, #zice-app script, [onerror]").length,
    brand: it.shadowRoot.querySelector(".zice-brand").textContent,
    contact: it.shadowRoot.querySelector(".zice-report .zice-contact").textContent,
    sheet: it.shadowRoot.querySelector(".zice-sheet").textContent,
  }));
  assert.equal(found.marks, 0);
  assert.ok(found.brand.startsWith("\ufffd"), found.brand);
  for (const text of [found.contact, found.sheet]) assert.ok(text.includes(`政策咨询：${HOSTILE}`), text);
  assert.equal(await page.evaluate(() => window.pwned), undefined);

  const escaped = HOSTILE.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  const framed = await openHost(t, browser(), "names.html", {
    csp: `${STRICT}; frame-src 'self'`,
    files: { "hosts/names.html": `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>x</title><link rel="icon" href="data:,"><script src="../frame-host.js" defer></script></head><body><div data-zice-frame="tech-sme" data-brand="甲&amp;乙" data-contact="${escaped}" data-chrome="minimal" data-heading-level="2"></div></body></html>` },
  });
  const frame = framed.page.frameLocator("iframe");
  await frame.locator("main h2").first().waitFor();
  assert.equal(await frame.locator(".zice-brand").innerText(), "甲&乙 · 申报自测");
  assert.ok((await frame.locator("footer").innerText()).includes(`政策咨询：${HOSTILE}`));
  assert.equal(await frame.locator(".zice-tools, .zice-about, footer img").count(), 0);
  // The same address by itself, as somebody might send it.
  await framed.page.goto(await framed.page.locator("iframe").getAttribute("src"));
  await element(framed.page).locator("main h1").waitFor();
  assert.equal(await textOf(framed.page, ".zice-brand"), "申报自测");
  assert.equal(await element(framed.page).locator(".zice-contact").count(), 0);

  const own = (await readFile(join(dist, "index.html"), "utf8")).replace("data-page", () => `data-page data-brand="${BRAND}" data-contact="${escaped}" data-heading-level="3"`);
  const opened = await open(t, browser(), { csp: STRICT, replace: async (name) => (name === "index.html" ? own : undefined) });
  await opened.page.locator("main h1").waitFor();
  assert.equal(await opened.page.locator(".zice-brand").innerText(), `${BRAND} · 申报自测`);
  assert.deepEqual(opened.complaints, ['Zice: heading-level="3": 只能是 / can only be 1']);
  await openFile(opened.page, await fullCompany());
  await start(opened.page);
  await goToReport(opened.page);
  assert.ok((await opened.page.locator(".zice-report .zice-contact").innerText()).includes(HOSTILE));
  assert.equal(await opened.page.evaluate(() => window.pwned), undefined);
});

const noPoppler = spawnSync("pdftotext", ["-v"]).error && "pdftotext is not installed (package poppler-utils)";
const companies = new URL("../companies/", import.meta.url);

test("the summary stays one page with the longest names there can be", { skip: noPoppler }, async (t) => {
  const [brand, contact] = ["单位".repeat(20), "咨询电话".repeat(30)];
  const own = (await readFile(join(dist, "index.html"), "utf8")).replace("data-page", () => `data-page data-brand="${brand}" data-contact="${contact}" data-page-title="${"自测".repeat(20)}"`);
  // Without such names all companies are tried, in print.test.mjs.
  const names = readdirSync(companies).filter((name, at) => name.endsWith(".zice.json") && at % 3 === 1);
  // Of all programmes there is least room; of one a single company will do.
  for (const [name, programmes] of [...names.map((name) => [name, PROGRAMMES]), [names[0], ["tech-sme"]]]) {
    const { page, context } = await open(t, browser(), { csp: STRICT, replace: async (path) => (path === "index.html" ? own : undefined) });
    await page.locator("main h1").waitFor();
    const company = JSON.parse(await readFile(new URL(name, companies), "utf8"));
    await openFile(page, { ...company, programmes: [] });
    await page.locator(".zice-message p").waitFor();
    await start(page, programmes);
    await goToReport(page);
    await page.evaluate(() => { window.print = () => {}; });
    await openReportMenu(page, "print");
    await page.locator("[data-zice-do=summary]").click();
    const input = await page.pdf({ format: "A4", preferCSSPageSize: true });
    const { stdout } = spawnSync("pdftotext", ["-raw", "-enc", "UTF-8", "-", "-"], { input, encoding: "utf8" });
    const text = stdout.replace(/[^\S\f]/g, "");
    assert.equal(text.split("\f").length - 1, 1, `${name}, ${programmes.length}`);
    for (const part of [brand, contact]) assert.ok(text.includes(part), `${name}: ${part}`);
    await context.close();
  }
});

/** The headings that are shown, with the rank that each has by its class. */
const headings = (page) => element(page).evaluate((it) => Array.from(it.shadowRoot.querySelectorAll("h1, h2, h3, h4, h5, h6"), (one) => ({
  level: Number(one.localName[1]),
  rank: Number((/(?:^| )zice-h(\d)(?: |$)/.exec(one.className) || [])[1]),
  text: one.textContent,
  size: getComputedStyle(one).fontSize,
  margin: getComputedStyle(one).marginTop,
})));

test("headings begin at the level that is asked for, on every screen, and look the same at each", async (t) => {
  const { page, complaints } = await host(t, `<h1>门户</h1><zice-check policies="tech-sme hnte-zj"></zice-check>`);
  await element(page).locator("main h1").waitFor();
  await page.evaluate(() => document.querySelector("zice-check").api(1).reports());
  const file = await fullCompany();
  const looks = {};
  for (const screen of ["choose", "interview", "report"]) {
    await page.evaluate(async ([file, screen]) => {
      const api = document.querySelector("zice-check").api(1);
      await api.open({ ...file, programmes: ["tech-sme", "hnte-zj"] });
      await api.show(screen);
    }, [file, screen]);
    await drawn(page);
    for (const level of [1, 2, 3, 4, 5]) {
      await page.evaluate((level) => document.querySelector("zice-check").setAttribute("heading-level", level), level);
      await drawn(page);
      const all = await headings(page);
      assert.ok(all.length > 1, screen);
      for (const one of all) assert.equal(one.level, Math.min(6, one.rank + level - 1), `${screen}, ${level}: ${one.text}`);
      assert.equal(Math.min(...all.map((one) => one.level)), level);
      assert.equal(all.filter((one) => one.rank === 1).length, 1, screen);
      const look = all.map(({ rank, text, size, margin }) => ({ rank, text, size, margin }));
      looks[screen] ??= look;
      assert.deepEqual(look, looks[screen], `${screen}, ${level}`);
    }
    await page.evaluate(() => document.querySelector("zice-check").setAttribute("heading-level", "2"));
    await drawn(page);
    // With the host's own heading above there is an order now. The panel with the
    // result comes before the heading of its screen, one level lower.
    const rules = screen === "interview" ? /^(page-has-heading-one|empty-heading)/ : /^(heading-order|page-has-heading-one|empty-heading)/;
    assert.deepEqual((await violations(page)).filter((line) => rules.test(line)), [], screen);
  }
  // axe measures with styles that the policy refuses.
  assert.deepEqual(complaints.filter((line) => !/^Applying inline style/.test(line)), []);
});

test("a page whose headings stand lower works from start to end", async (t) => {
  const { page } = await host(t, `<h1>门户</h1><zice-check policies="tech-sme" heading-level="3" lazy="interaction"></zice-check>`);
  await element(page).getByRole("button").click();
  // The heading of the first screen takes the focus, whatever its level.
  await page.waitForFunction(() => document.querySelector("zice-check").shadowRoot.activeElement?.localName === "h3");
  await element(page).locator("#zice-choose-tech-sme").check();
  await element(page).locator(".zice-begin .zice-button").click();
  await element(page).locator("#zice-name").waitFor();
  await (await stepsOf(element(page))).last().click();
  await element(page).locator("[data-zice-next]").click();
  await element(page).locator(".zice-report h3").first().waitFor();
  // The report as a file stands by itself.
  await element(page).locator("[aria-controls=zice-more-menu]").click();
  const [download] = await Promise.all([page.waitForEvent("download"), element(page).locator("#zice-more-menu button", { hasText: "HTML" }).click()]);
  const saved = await readFile(await download.path(), "utf8");
  assert.match(saved, /<h1[^>]*>自测报告<\/h1>/);
  const ranks = Array.from(saved.matchAll(/<h(\d)[^>]* class="zice-h(\d)/g), ([, level, rank]) => [level, rank]);
  assert.ok(ranks.length > 5 && ranks.every(([level, rank]) => level === rank), JSON.stringify(ranks));
});

test("chrome says how much stands around the screens; the answers stay when it changes", async (t) => {
  const { page, complaints } = await host(t, `<zice-check policies="tech-sme"></zice-check>`);
  await element(page).locator("main h1").waitFor();
  const around = () => element(page).evaluate(({ shadowRoot }) => Object.fromEntries(
    ["header", "footer", ".zice-tools", ".zice-files", ".zice-about"].map((what) => [what, shadowRoot.querySelectorAll(what).length]),
  ));
  const set = async (chrome) => {
    await page.evaluate((chrome) => document.querySelector("zice-check").setAttribute("chrome", chrome), chrome);
    await drawn(page);
  };
  const full = { header: 1, footer: 1, ".zice-tools": 1, ".zice-files": 1, ".zice-about": 1 };
  assert.deepEqual(await around(), full);
  assert.equal(await element(page).locator(".zice-about").evaluate((it) => it.href), new URL("../about.html", page.url()).href);
  await element(page).locator("#zice-choose-tech-sme").check();
  for (const [chrome, expected] of [
    ["minimal", { ...full, ".zice-tools": 0, ".zice-files": 0 }],
    ["none", { header: 0, footer: 0, ".zice-tools": 0, ".zice-files": 0, ".zice-about": 0 }],
    ["full", full],
  ]) {
    await set(chrome);
    assert.deepEqual(await around(), expected, chrome);
    assert.ok(await element(page).locator("#zice-choose-tech-sme").isChecked());
    for (const width of [1280, 375]) {
      await page.setViewportSize({ width, height: 800 });
      await drawn(page);
      await shoot(page, `host-chrome-${chrome}-${width}`);
    }
  }
  await set("none");
  await walk(page, element(page));
  assert.deepEqual(complaints.filter((line) => !/status of 404/.test(line)), []);
});

test("a value that is none is told on the console, and the page goes on without it", async (t) => {
  const { page, complaints } = await host(t, `<zice-check policies="tech-sme" heading-level="0" chrome="tiny" theme="blue" lazy="soon" brand="${"长".repeat(41)}" contact="${"😀".repeat(121)}"></zice-check>`);
  await element(page).locator("main h1").waitFor();
  assert.deepEqual(complaints.sort(), [
    'Zice: lazy="soon": visible, interaction, eager',
    "Zice: brand: 41 > 40 个字，后面的不显示 / characters, the rest is not shown",
    "Zice: contact: 121 > 120 个字，后面的不显示 / characters, the rest is not shown",
    'Zice: chrome="tiny": 只能是 / can only be full, minimal, none',
    'Zice: heading-level="0": 只能是 / can only be 1, 2, 3, 4, 5',
    'Zice: theme="blue": 只能是 / can only be light, dark, auto, contrast',
  ].sort());
  assert.equal(await textOf(page, ".zice-brand"), `${"长".repeat(39)}… · 申报自测`);
  assert.ok((await textOf(page, "footer")).includes(`${"😀".repeat(119)}…`));
  assert.equal(await element(page).locator("#zice-app").getAttribute("data-zice-theme"), "light");
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await drawn(page);
    await assertNoSidewaysScrolling(page, `long names at ${width} px`);
    await shoot(page, `host-long-${width}`);
  }
  for (const wrong of ["6", "2.5", " 2", "two"]) {
    await page.evaluate((value) => document.querySelector("zice-check").setAttribute("heading-level", value), wrong);
    await drawn(page);
    assert.equal(await element(page).locator("main h1").count(), 1, wrong);
    assert.match(complaints.at(-1), /^Zice: heading-level=/);
  }
});

test("a site chooses the high contrast, whose text keeps 7 : 1, and what the user chose stays when names change", async (t) => {
  const { page } = await host(t, `<h1>门户</h1><zice-check policies="tech-sme" theme="contrast" brand="${BRAND}" contact="${CONTACT}"></zice-check>`);
  await element(page).locator("main h1").waitFor();
  await violations(page);
  const enhanced = () => page.evaluate(async () => {
    const { violations } = await axe.run(document, { runOnly: { type: "rule", values: ["color-contrast-enhanced"] } });
    return violations.flatMap(({ nodes }) => nodes.map(({ target, failureSummary }) => `${target}: ${failureSummary}`));
  });
  await page.emulateMedia({ colorScheme: "dark" });
  assert.deepEqual(await enhanced(), []);
  await report(page);
  assert.deepEqual(await enhanced(), []);
  await shoot(page, "host-contrast");
  await element(page).locator(".zice-look summary").click();
  await element(page).locator("#zice-theme-dark").check();
  await page.evaluate(() => document.querySelector("zice-check").setAttribute("brand", "乙单位"));
  await page.waitForFunction(() => document.querySelector("zice-check").shadowRoot.querySelector(".zice-brand").textContent.startsWith("乙单位"));
  assert.equal(await element(page).locator("#zice-app").getAttribute("data-zice-theme"), "dark");
  await whole(page);
});
