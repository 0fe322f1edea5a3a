// Checks that the rival pages give the same points as Zice, for invented
// companies with figures on both sides of every band and rights of every kind
// and status. Rivals do not count what a person has to judge, so Zice's lower
// end is compared.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { dist } from "../../support.mjs";

const COMPANIES = 300;
const PARTS = { personnel: "personnel", rd: "rd_intensity", results: "ip_results", total: "score" };

/** Random companies, the same in every run. */
function companies({ questions }) {
  let seed = 1;
  const below = (most) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % 65521 % most;
  const { fields } = questions.find(({ id }) => id === "ip");
  const one = (list) => list[below(list.length)];
  const right = () => Object.fromEntries(fields.filter(({ type }) => type === "enum" || type === "bool").map((field) => [
    // Mostly the default, or hardly any right would count.
    field.id, field.default !== undefined && below(5) ? field.default : field.type === "bool" ? below(2) === 0 : one(field.values).id,
  ]));
  return Array.from({ length: COMPANIES }, () => ({
    sme_staff_total: String(100 + below(3)), sme_staff_tech: String(below(8) * 5 + below(2)),
    revenue: String(below(6) ? 1000000 : 0), cost_total: String(below(6) ? 200000 : 900000),
    rd_expense_deduct: String(below(9) * 10000 - below(2)).replace("-1", "0"),
    ip: Array.from({ length: below(6) }, right),
  }));
}

/** Compares all companies. Throws if one differs; returns their number. */
export async function check(data, bundle, cache) {
  const code = await bundle(`
    import { Model } from "survey-core";
    import { points, survey } from "./survey.model.js";
    import { scoring } from "./publicodes.rules.js";
    export const surveyjs = (data, answers) => {
      const model = new Model(survey(data));
      model.data = Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, typeof value === "string" ? Number(value) : value]));
      return points(model);
    };
    export { scoring };`);
  const file = join(cache, "check.mjs");
  await writeFile(file, code);
  const { scoring, surveyjs } = await import(pathToFileURL(file).href);
  const { load } = await import(pathToFileURL(join(dist, "zice.mjs")).href);
  const zice = await load({ policies: ["tech-sme@2023"] });
  const publicodes = scoring(data);
  const seen = {};
  for (const answers of companies(data)) {
    const yearly = (id) => [id, data.questions.find((one) => one.id === id).yearly ? { 2022: answers[id] } : answers[id]];
    const { criteria } = zice.assess({ schema: "zice.company/1", as_of: "2023-08-01", facts: Object.fromEntries(Object.keys(answers).map(yearly)) }, "tech-sme@2023");
    const expected = Object.fromEntries(Object.entries(PARTS).map(([part, id]) => [part, Number(criteria.find((one) => one.id === id).points.min)]));
    for (const part of Object.keys(PARTS)) (seen[part] ??= new Set()).add(expected[part]);
    assert.deepEqual({ surveyjs: surveyjs(data, answers), publicodes: publicodes(answers) }, { surveyjs: expected, publicodes: expected }, JSON.stringify(answers));
  }
  for (const part of ["personnel", "rd", "results"]) {
    for (const { bands } of data.score[part === "results" ? "ip" : part]) for (const { points } of bands) assert(seen[part].has(points), `no company with ${points} for ${part}`);
  }
  return COMPANIES;
}
