// A question re-renders only when its inputs change. So after any action the
// page must look as it does when everything re-renders, which switching the
// language and back forces.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { PROGRAMMES, goToTopic, openInterview, useBrowser } from "./support.mjs";

const browser = useBrowser();
const all = JSON.parse(await readFile(new URL("fixtures/all.json", import.meta.url), "utf8"));

/** Pseudo-random numbers, the same in every run. */
function* numbers(seed) {
  for (let it = seed; ;) {
    it = (it * 1103515245 + 12345) % 2147483648;
    yield it / 2147483648;
  }
}

const form = (page) => page.evaluate(() => {
  document.activeElement.blur();
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(document.querySelector(".zice-form").innerHTML))));
});

for (const [name, facts, seed] of [["empty", {}, 1], ["filled", all.facts, 2]]) {
  test(`no question is left as it was when it should have changed, ${name}`, async (t) => {
    const { page, complaints } = await openInterview(t, browser(), { file: { ...all, facts }, programmes: PROGRAMMES });
    const random = numbers(seed);
    const one = (list) => list[Math.floor(random.next().value * list.length)];
    const topics = await page.locator(".zice-steps button").count();
    for (let topic = 0; topic < topics; topic++) {
      await goToTopic(page, topic);
      await page.evaluate(() => { for (const it of document.querySelectorAll("main details")) it.open = true; });
      for (let turn = 0; turn < 14; turn++) {
        // Set by script, so that nothing has to be scrolled into view.
        const done = await page.evaluate(([which, typed]) => {
          const found = [...document.querySelectorAll(".zice-form .zice-question input, .zice-form .zice-question select, .zice-form .zice-question button, .zice-units input")].filter((it) => it.type !== "file" && it.id !== "zice-as_of");
          const it = found[Math.floor(which * found.length)];
          if (it.type === "text") {
            it.focus();
            it.value = typed;
            it.dispatchEvent(new InputEvent("input", { bubbles: true }));
          } else if (it.localName === "select") {
            it.selectedIndex = Math.floor(which * 1000) % it.options.length;
            it.dispatchEvent(new Event("change", { bubbles: true }));
          } else it.click();
          return `${it.localName} ${it.id} ${it.textContent.slice(0, 20)} ${typed}`;
        }, [random.next().value, one(["7", "120", "1,5", "abc", "", "2021-05-01", "1230万", "0", "999999"])]);
        const seen = await form(page);
        for (let times = 0; times < 2; times++) await page.evaluate(() => document.querySelector(".zice-tools button[lang]").click());
        assert.equal(await form(page), seen, `topic ${topic}, turn ${turn}: ${done}`);
      }
    }
    assert.deepEqual(complaints, []);
  });
}
