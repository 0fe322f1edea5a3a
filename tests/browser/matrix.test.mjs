// Every screen and state of the page in every theme, size and language, checked
// by axe and for sideways scrolling. It takes minutes, so it runs with --full
// only; accessibility.test.mjs checks the most important states in every run.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { violations } from "./axe.mjs";
import { PROGRAMMES, assertNoSidewaysScrolling, goToReport, goToTopic, openFile, openStarted, pressKeep, pressMore, shoot, start, useBrowser } from "./support.mjs";

const browser = useBrowser();
const skip = !process.env.ZICE_FULL && "only with --full";
const all = JSON.parse(await readFile(new URL("fixtures/all.json", import.meta.url), "utf8"));
const PASTED = "专利类型\t授权日\t权利人\t备注\n发明专利\t2021年5月1日\t甲公司\tx\n?\t44317\t乙公司、丙\ty\n";

/** Opens a company file and starts the interview with all programmes. */
async function interview(page, file = all) {
  await openFile(page, file);
  await page.locator(".zice-message p").first().waitFor();
  await start(page, PROGRAMMES);
}
const pressIn = (page, where, name) => page.locator(where).getByRole("button", { name }).first().click();
const NAMES = { zh: { paste: "从表格粘贴", add: "添加一项", compare: "并排比较", copy: "把现在的内容留作比较方案" }, en: { paste: /paste/i, add: /add/i, compare: "Side by side", copy: "Keep what there is now to compare with" } };

const STATES = {
  cards: async () => {},
  "cards unfolded, companies kept": async (page, words) => {
    await openFile(page, all);
    await pressKeep(page);
    for (const summary of await page.locator("summary").all()) await summary.click();
  },
  "file refused": async (page) => { await openFile(page, "{"); await page.locator("[role=alert] .zice-error").waitFor(); },
  "rules have changed": async (page) => {
    await openFile(page, { ...all, programmes: ["tech-sme"], results: [{ policy: "tech-sme", edition: "2021", digest: "x", verdict: "met", min: "1", max: "2" }] });
    await page.locator(".zice-message li").waitFor();
  },
  ...Object.fromEntries([0, 1, 2, 3, 4, 5, 6, 7].flatMap((topic) => [
    [`topic ${topic} empty`, async (page) => { await start(page, PROGRAMMES); await goToTopic(page, topic); }],
    [`topic ${topic} filled, all unfolded`, async (page) => {
      await interview(page);
      await goToTopic(page, topic);
      for (const summary of await page.locator("main summary").all()) await summary.click();
    }],
  ])),
  "mistakes together": async (page) => {
    await interview(page);
    await goToTopic(page, 1);
    await page.fill("#zice-sme_staff_total-2022", "1");
    await page.fill("#zice-sme_staff_tech-2022", "1,5");
    await page.click("[data-zice-next]");
    await page.locator("#zice-halted").waitFor();
  },
  "money in ten thousands, asked back": async (page) => {
    await interview(page);
    await goToTopic(page, 2);
    await page.check("#zice-unit-10000");
    await page.fill("#zice-revenue-2022", "1230万");
    await page.locator("#zice-revenue-2022").blur();
    await page.locator(".zice-meant").waitFor();
  },
  "an entry edited": async (page, words) => { await interview(page); await goToTopic(page, 3); await pressIn(page, "#zice-ip", words.add); },
  "a pasted table": async (page, words) => {
    await interview(page);
    await goToTopic(page, 3);
    await pressIn(page, "#zice-ip", words.paste);
    await page.locator("#zice-ip textarea").fill(PASTED);
    await page.locator("#zice-ip .zice-preview").waitFor();
  },
  "report empty": async (page) => { await start(page, PROGRAMMES); await goToReport(page); },
  "report folded": async (page) => { await interview(page); await goToReport(page); },
  "report unfolded": async (page) => {
    await interview(page);
    await goToReport(page);
    await page.evaluate(() => { for (const one of document.querySelectorAll("details")) one.open = true; });
  },
  "what to compare with": async (page, words) => { await interview(page); await goToReport(page); await pressMore(page, words.compare); },
  "two states side by side": async (page, words) => {
    await interview(page);
    await goToReport(page);
    await pressMore(page, words.compare);
    await page.getByRole("button", { name: words.copy }).click();
    await page.goBack();
    await goToTopic(page, 1).catch(() => {});
    await page.goForward().catch(() => {});
    await page.locator(".zice-compare table").first().waitFor();
  },
};

for (const [name, reach] of Object.entries(STATES)) {
  for (const lang of ["zh", "en"]) {
    test(`${name} breaks no rule in any theme and size, ${lang}`, { skip }, async (t) => {
      const { page, complaints } = await openStarted(t, browser());
      if (lang === "en") await page.click(".zice-tools button[lang]");
      await reach(page, NAMES[lang]);
      const broken = [];
      // 640 px is a window of 1280 px at 200 %.
      for (const width of [1280, 768, 640, 320]) {
        await page.setViewportSize({ width, height: 800 });
        for (const large of [false, true]) {
          await page.evaluate((large) => document.documentElement.toggleAttribute("data-zice-large", large), large);
          for (const media of [{ colorScheme: "light", forcedColors: "none" }, { colorScheme: "dark", forcedColors: "none" }, { colorScheme: "light", forcedColors: "active" }]) {
            await page.emulateMedia(media);
            const at = `${width} px, ${large ? "large, " : ""}${media.forcedColors === "active" ? "forced colours" : media.colorScheme}`;
            await assertNoSidewaysScrolling(page, at);
            // Forced colours are the system's; axe only sees those of the page.
            for (const line of await violations(page, media.forcedColors === "active" ? ["color-contrast"] : [])) broken.push(`${at}: ${line}`);
            await shoot(page, `matrix-${name.replaceAll(/[ ,]+/g, "-")}-${lang}-${at.replaceAll(/[ ,]+/g, "-")}`);
          }
        }
      }
      assert.deepEqual(broken, []);
      assert.deepEqual(complaints, []);
    });
  }
}
