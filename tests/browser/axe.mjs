// Checks accessibility with axe and all its rules, contrast included.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { assertNoSidewaysScrolling, shoot } from "./support.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** The rules that are broken, each with the elements that break it. */
export async function violations(page, without = []) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const found = await page.evaluate(async ([tags, without]) => {
    // Some rules, such as target-size, are off by default.
    const rules = Object.fromEntries(axe.getRules(tags).map((rule) => [rule.ruleId, { enabled: !rule.tags.includes("experimental") && !without.includes(rule.ruleId) }]));
    const result = await axe.run(document, { runOnly: { type: "tag", values: tags }, rules, resultTypes: ["violations"] });
    return {
      ran: [...result.passes, ...result.violations, ...result.inapplicable, ...result.incomplete].map((one) => one.id),
      broken: result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target} (${node.failureSummary.split("\n")[1]?.trim()})`).slice(0, 4).join("; ")}`),
    };
  }, [TAGS, without]);
  for (const rule of ["color-contrast", "target-size", "label", "region"]) if (!without.includes(rule)) assert.ok(found.ran.includes(rule), `${rule} did not run`);
  return found.broken;
}

/** Checks one state of the page in every size and colour scheme. */
export async function check(page, name) {
  const broken = [];
  for (const width of [1280, 320]) {
    for (const colorScheme of ["light", "dark"]) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      // What sticks to the top or to the foot lies over whatever is scrolled below it:
      // where it is at home it covers nothing.
      await page.evaluate(() => scrollTo(0, document.querySelector(".zice-begin") ? document.documentElement.scrollHeight : 0));
      await assertNoSidewaysScrolling(page, `${name} at ${width} px`);
      for (const line of await violations(page)) broken.push(`${width} px, ${colorScheme}: ${line}`);
      await shoot(page, `axe-${name.replaceAll(" ", "-")}-${width}-${colorScheme}`);
    }
  }
  assert.deepEqual(broken, [], name);
}
