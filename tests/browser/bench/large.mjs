// Measures large inputs without slowing the CPU down: a company file of 4 MB
// until its report is there, and five hundred pasted rows until they are in the
// list.
import { company, fullCompany, goToReport, goToTopic, openFile, serve, start, STRICT } from "../support.mjs";
import { say } from "./numbers.mjs";

/** A page that shows the first topic, in a context of its own. */
async function begun(browser, site) {
  const context = await browser.newContext({ locale: "zh-CN", reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.heard = [];
    document.addEventListener("zice:report", ({ type: name, detail }) => window.heard.push({ name, detail }));
  });
  await page.goto(site.url);
  await start(page);
  return page;
}

async function opened(page) {
  const { facts } = await fullCompany();
  const ip = Array.from({ length: 2000 }, (_, at) => ({ kind: "software", granted_on: "2021-05-01", note: "n".repeat(1900), at }));
  const began = performance.now();
  await openFile(page, company({ ...facts, ip }));
  await page.locator(".zice-message p").waitFor();
  await goToReport(page);
  return performance.now() - began;
}

async function pasted(page) {
  const rows = Array.from({ length: 500 }, (_, at) => `新型\t一种装置${at}\tZL2019${at}\t2021-05-01\t湖州示例科技有限公司`);
  await goToTopic(page, 3);
  await page.click("#zice-ip [data-zice-paste]");
  const field = page.locator("#zice-ip textarea");
  const began = performance.now();
  const text = ["专利类型\t专利名称\t专利号\t授权公告日\t专利权人", ...rows].join("\n");
  // A paste is one event; Playwright's `fill` makes one of every line and its end.
  await field.evaluate((area, text) => {
    area.value = text;
    area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
  }, text);
  await page.locator(".zice-preview").waitFor();
  await page.getByRole("button", { name: /^添加这 \d+ 行$/ }).click();
  await page.waitForFunction(() => document.querySelectorAll(".zice-entries tbody tr").length > 400);
  return performance.now() - began;
}

export async function measureLarge(browser, replace) {
  const site = await serve({ csp: STRICT, replace });
  const measured = {};
  try {
    for (const [name, measure] of Object.entries({ opened, pasted })) {
      const page = await begun(browser, site);
      measured[name] = await measure(page);
      say(`  large     ${name}: ${measured[name].toFixed(0)} ms`);
      await page.context().close();
    }
  } finally {
    site.close();
  }
  return measured;
}
