// Reads the questions of tech-sme@2023 and the formulas of its score from the
// page's own files, for pages made with other tools.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dist } from "../../support.mjs";

const read = async (name) => JSON.parse(await readFile(join(dist, "policies", name), "utf8"));
// The fields that Zice asks of every entry, whatever the programme.
const ALWAYS = new Set(["kind", "name", "number"]);

/** The questions in the order of the dictionary, and the parts of the score. */
export async function questions() {
  const [facts, policy] = await Promise.all(["facts.json", "tech-sme@2023.json"].map(read));
  const { tables } = policy;
  const choices = (values) => values?.map((one) => ({ id: one.id, label: text(one) }));
  const asked = (list, id) => ALWAYS.has(id) || tables.fields.some((it) => it[0] === list && it[1] === id)
    || tables.choices.some(({ fact, field }) => fact === list && field === id);
  const list = facts.fact.filter(({ id }) => tables.facts.includes(id)).map((one) => ({
    id: one.id, type: one.type, yearly: Boolean(one.yearly),
    question: text(one.question), definition: text(one.definition), where: one.where && text(one.where), unit: one.unit && text(one.unit),
    values: choices(one.values),
    fields: one.fields?.filter(({ id }) => asked(one.id, id)).map((field) => ({
      id: field.id, type: field.type, label: text(field.label), help: field.help && text(field.help), values: choices(field.values),
      default: field.type === "bool" ? field.default === "true" : field.default,
    })),
  }));
  // If a name had changed, the rivals would quietly have less to ask.
  if (list.length !== tables.facts.length) throw new Error("questions are missing");
  for (const { id, type, values, fields } of list) {
    if ((type === "enum" && !values?.length) || (type === "list" && !fields?.length)) throw new Error(`${id}: nothing to choose from`);
    for (const field of fields ?? []) if (field.type === "enum" && !field.values?.length) throw new Error(`${id} ${field.id}: nothing to choose from`);
  }
  return { questions: list, score: score(policy), passes: policy.criteria.find(({ id }) => id === "score").rule.total.needs };
}

/** The Chinese text; rivals have no second language. */
function text(one) {
  if (typeof one.zh !== "string") throw new Error(`no text in ${JSON.stringify(one).slice(0, 80)}`);
  return one.zh;
}

/**
 * The parts of the score: personnel and R&D as bases (one figure over another)
 * with bands, and which IP rights count for which band. Left out are
 * conditions, routes, the day of grant, what a person has to judge and
 * everything that follows from unknown answers.
 */
function score({ tables, criteria }) {
  const figure = (node) => tables.facts[node.f ?? node.y[0]];
  const bands = (basis) => basis.bands.map(({ from, max }) => ({ from: Number(from), points: max }));
  const of = (id) => criteria.find((one) => one.id === id).rule.points.best_of;
  const ratios = (id) => of(id).map((basis) => ({ over: basis.value["/"].map(figure), bands: bands(basis) }));
  /** The condition on an entry as nested lists: all, any, not, is, yes. */
  const entry = (node) => {
    const [[name, it]] = Object.entries(node);
    if (name === "and" || name === "or") {
      const parts = it.map(entry).filter(Boolean);
      return parts.length > 1 ? [name === "and" ? "all" : "any", ...parts] : parts[0];
    }
    if (name === "not") return entry(it) && ["not", entry(it)];
    if (name === "in") return ["is", tables.choices[it].field, tables.choices[it].values];
    if (name === "e") return ["yes", tables.fields[it][1]];
    // Left to a person, or about the day of grant.
    if (name === "person" || name === "given_e" || name === "c") return undefined;
    throw new Error(`the score has something new: ${name}`);
  };
  return {
    personnel: ratios("personnel"),
    rd: ratios("rd_intensity"),
    ip: of("ip_results").map((basis) => ({ counts: entry(basis.value.count[1]), bands: bands(basis) })),
  };
}
