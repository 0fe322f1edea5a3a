// Fills in a company through the page, for every kind of question.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dist } from "./support.mjs";

const { fact: FACTS } = JSON.parse(await readFile(join(dist, "policies/facts.json"), "utf8"));

/** Puts a value of this kind into the field with this id. */
async function put(page, id, kind, value, spec = {}) {
  const at = (suffix = "") => page.locator(`[id="${id}${suffix}"]`);
  if (kind === "bool" && spec.default !== undefined) return at().setChecked(value);
  if (kind === "bool" || kind === "enum") return at().selectOption(String(value));
  if (kind === "enum_list") {
    for (const one of value.length > 0 ? value : ["none"]) await at(`-${one}`).check();
    return;
  }
  if (typeof value === "object") {
    await at().locator("xpath=ancestor::div[contains(@class,'zice-figures')]").locator(".zice-link").click();
    for (const end of ["min", "max"]) await at(`-${end}`).fill(value[end] ?? "");
    return;
  }
  await at().fill(value);
}

async function entry(page, id, fields, value) {
  for (const field of fields) if (field.id in value) await put(page, `${id}-${field.id}`, field.type, value[field.id], field);
}

/** Gives the answer to a question. */
async function answer(page, fact, value) {
  const id = `zice-${fact.id}`;
  const question = page.locator(`#${id}`);
  // The labels in either language.
  const press = (...names) => question.getByRole("button", { name: new RegExp(`^(${names.join("|")})$`) }).click();
  if (fact.type === "list") {
    if (value.length === 0) return press("没有，一项也没有", "None at all");
    for (const [at, one] of value.entries()) {
      await press("添加一项", "Add one");
      await entry(page, `${id}-${at}`, fact.fields, one);
    }
  } else if (fact.sides?.length) {
    for (const [year, sides] of Object.entries(value)) {
      await question.locator("details.zice-year > summary", { hasText: year }).click();
      for (const [side, figures] of Object.entries(sides)) await entry(page, `${id}-${year}-${side}`, fact.fields, figures);
    }
  } else if (fact.type === "object") {
    if (Object.keys(value).length === 0) return press("没有", "None");
    // What the document does not state is ticked as missing.
    for (const [field, one] of Object.entries(value)) if (one === "") await page.click(`[id="${id}-${field}-missing"]`);
    await entry(page, id, fact.fields, Object.fromEntries(Object.entries(value).filter(([, one]) => one !== "")));
  } else if (fact.yearly) {
    for (const [year, one] of Object.entries(value)) await put(page, `${id}-${year}`, fact.type, one);
  } else if (fact.type === "bool") {
    await page.check(`#${id}-answer-${value}`);
  } else {
    await put(page, `${id}-value`, fact.type, value);
  }
}

/**
 * Answers the questions of the topic that is shown; returns which there were.
 */
export async function fillTopic(page, facts) {
  const fold = page.locator(".zice-folded > summary");
  if (await fold.count()) await fold.click();
  const asked = await page.locator("fieldset.zice-question[id]").evaluateAll((all) => all.map((it) => it.id.replace("zice-", "")));
  for (const id of asked) if (id in facts) await answer(page, FACTS.find((fact) => fact.id === id), facts[id]);
  return asked;
}
