// Pictures of every screen of the built page, at the width of a telephone and of a desk,
// into docs/pictures. `cargo xtask pictures` runs it; people look at what it made.
import { test } from "node:test";
import { mkdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { goToReport, goToTopic, open, openFile, start, useBrowser } from "./support.mjs";

const folder = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));
const browser = useBrowser();
const company = (name) => readFile(new URL(`../companies/${name}.zice.json`, import.meta.url), "utf8");
const WIDTHS = { phone: { width: 375, height: 667 }, desk: { width: 1280, height: 800 } };

/** A page at a width, and what takes a picture of it under a name. */
async function camera(t, size) {
  const { page } = await open(t, browser(), { context: { viewport: WIDTHS[size] } });
  await mkdir(folder, { recursive: true });
  return { page, shot: (name) => page.screenshot({ path: `${folder}${name}-${size}.jpg`, type: "jpeg", quality: 40, fullPage: true }) };
}

/** The same at the report of a company. */
async function atReport(t, size, name, programmes) {
  const it = await camera(t, size);
  await openFile(it.page, await company(name));
  await start(it.page, programmes);
  await goToReport(it.page);
  return it;
}

for (const size of Object.keys(WIDTHS)) {
  test(`the way of a clerk, ${size}`, async (t) => {
    const { page, shot } = await camera(t, size);
    await shot("1-choose");
    await start(page);
    for (const [at, name] of ["company", "staff", "finance", "rights", "results", "contracts"].entries()) {
      await goToTopic(page, at);
      await shot(`2-${at + 1}-${name}`);
    }
  });
  test(`reports and what-if, ${size}`, async (t) => {
    const { page, shot } = await atReport(t, size, "just-short-2025", ["tech-sme"]);
    await shot("3-report-not-met");
    await page.locator(".zice-what-if > button").click();
    await page.getByRole("button", { name: "升到下一个分界" }).click();
    await page.getByRole("button", { name: "存为方案" }).click();
    await shot("4-what-if");
    await (await atReport(t, size, "three-materials-2025", ["tech-sme"])).shot("3-report-met");
    await (await atReport(t, size, "just-short-2025", ["tech-sme", "hnte-zj", "aaa-zj", "new-material", "adjacent"])).shot("3-report-five");
  });
  test(`about, ${size}`, async (t) => {
    const { page, shot } = await camera(t, size);
    await page.goto(new URL("about.html", page.url()).href);
    await shot("5-about");
  });
}

test("the page for who signs it", async (t) => {
  const { page } = await atReport(t, "desk", "just-short-2025", ["tech-sme"]);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => document.querySelector(".zice-root").classList.add("zice-print-summary"));
  await page.locator(".zice-sheet").screenshot({ path: `${folder}6-summary.jpg`, type: "jpeg", quality: 40 });
});
