// Whatever stands in a policy, in the dictionary or in any field is shown as
// text: it creates no element, runs nothing and requests nothing, and the page
// goes on.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { companySoFar, dist, goToReport, goToTopic, isPolicy, openFile, openInterview, openStarted, PROGRAMMES, savedText, start, useBrowser, pressMore } from "./support.mjs";

const browser = useBrowser();
const all = JSON.parse(await readFile(new URL("fixtures/all.json", import.meta.url), "utf8"));
const MARKUP = `"'><img src=x onerror="window.pwned=1"><script>window.pwned=1</script><svg onload=window.pwned=1>&amp;`;
const HOSTILE = { markup: MARKUP, "a change of direction": "\u202Egnp.exe\u2066x", "control characters": "a\u0000\u0007\u001B[31mb\u2028c", "a very long word": "很".repeat(3000) };

/** The addresses in the policies, which are all that the page may link to. */
const SOURCES = new Set();
for (const name of await readdir(join(dist, "policies"))) {
  if (!name.endsWith(".json")) continue;
  JSON.parse(await readFile(join(dist, "policies", name), "utf8"), (_, it) => (typeof it === "string" && it.startsWith("https://") && SOURCES.add(it), it));
}

/** Asserts that none of the injected markup had an effect. */
async function assertPlain(page, where) {
  const found = await page.evaluate(() => ({
    pwned: window.pwned,
    elements: document.querySelectorAll("#zice-app img, #zice-app script, #zice-app iframe, #zice-app a:not([href^='https://']), #zice-app style, #zice-app [onerror], #zice-app [onload], #zice-app [style]").length,
    // The score ladders are our own drawings.
    drawings: document.querySelectorAll("#zice-app svg:not(.zice-ladder):not(.zice-bar)").length,
  }));
  assert.deepEqual(found, { pwned: undefined, elements: 0, drawings: 0 }, where);
  const links = await page.locator("#zice-app a").evaluateAll((all) => all.map((it) => it.getAttribute("href")));
  assert.deepEqual(links.filter((href) => !SOURCES.has(href)), [], where);
}

/** Appends markup to every text that has two languages. */
function tainted(value) {
  if (Array.isArray(value)) return value.map(tainted);
  if (value === null || typeof value !== "object") return value;
  const both = typeof value.zh === "string" && typeof value.en === "string";
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, both && (key === "zh" || key === "en") ? it + MARKUP : tainted(it)]));
}

test("texts of policies and dictionary are text on every screen, in print and in the saved report", async (t) => {
  const replace = async (name) => {
    if (!/^policies\/.*\.json$/.test(name)) return undefined;
    return JSON.stringify(tainted(JSON.parse(await readFile(join(dist, name), "utf8"))));
  };
  const { page, complaints, requests } = await openStarted(t, browser(), { replace });
  const loaded = requests.length;
  for (const summary of await page.locator("summary").all()) await summary.click();
  assert.ok((await page.locator("main").innerText()).includes(MARKUP), "the texts are there");
  await assertPlain(page, "cards");
  await openFile(page, all);
  await page.locator(".zice-message p").first().waitFor();
  await start(page, PROGRAMMES);
  for (let topic = 0; topic < await page.locator(".zice-steps button").count(); topic++) {
    await goToTopic(page, topic);
    for (const summary of await page.locator("main summary").all()) await summary.click();
    assert.ok((await page.locator("main").innerText()).includes(MARKUP));
    await assertPlain(page, `topic ${topic}`);
  }
  await goToReport(page);
  await page.evaluate(() => { for (const one of document.querySelectorAll("details")) one.open = true; });
  assert.ok((await page.locator(".zice-report").innerText()).includes(MARKUP));
  await assertPlain(page, "report");
  const html = await savedText(page, () => pressMore(page, "保存报告（HTML）"));
  await pressMore(page, "并排比较");
  await page.getByRole("button", { name: "把现在的内容留作比较方案" }).click();
  await assertPlain(page, "side by side");
  assert.deepEqual(requests.slice(loaded).filter((url) => !url.startsWith("blob:") && !isPolicy(url)), []);
  assert.deepEqual(complaints, []);

  const saved = await page.context().newPage();
  await saved.setContent(html);
  assert.equal(await saved.evaluate(() => window.pwned), undefined);
  assert.equal(await saved.locator("img, script:not([type='application/json']), [onerror], [onload]").count(), 0);
  assert.ok((await saved.locator("article").innerText()).includes(MARKUP));
});

for (const [name, hostile] of Object.entries(HOSTILE)) {
  test(`${name} in every field of every topic is text, and is still there`, async (t) => {
    const { page, complaints } = await openInterview(t, browser(), { programmes: PROGRAMMES });
    await page.fill("#zice-name", hostile);
    for (let topic = 0; topic < await page.locator(".zice-steps button").count(); topic++) {
      await goToTopic(page, topic);
      for (const add of await page.locator("[data-zice-add=true]").all()) await add.click();
      await page.evaluate(() => { for (const one of document.querySelectorAll("main details")) one.open = true; });
      // Set by script: typing thousands of letters key by key would take
      // minutes.
      await page.evaluate((text) => {
        for (const field of document.querySelectorAll(".zice-question input[type=text]")) {
          field.value = text;
          field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
      }, hostile);
      await assertPlain(page, `topic ${topic}`);
    }
    const file = await companySoFar(page);
    assert.ok(JSON.stringify(file).length > 20 * hostile.length, "they were typed");
    assert.equal(file.name, hostile.replace("\u0000", file.name.includes("\u0000") ? "\u0000" : "\uFFFD"));
    await goToReport(page);
    await page.evaluate(() => { for (const one of document.querySelectorAll("details")) one.open = true; });
    await assertPlain(page, "report");
    // No text changes the direction of the text around it.
    const lines = (await page.locator(".zice-report").innerText()).split("\n");
    assert.deepEqual(lines.filter((line) => /[\u202A-\u202E\u2066-\u2069\u0000-\u0008]/.test(line)), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), "nothing is pushed out of the page");
    assert.deepEqual(complaints, []);
  });
}
