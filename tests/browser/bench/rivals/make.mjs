// The questions of tech-sme@2023 and the bands of its score, out of what the
// page itself reads, for pages made with other tools.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dist } from "../../support.mjs";

const read = async (name) => JSON.parse(await readFile(join(dist, "policies", name), "utf8"));

/** Questions in the order of the dictionary, and the parts of the score. */
export async function questions() {
  const [facts, policy] = await Promise.all(["facts.json", "tech-sme@2023.json"].map(read));
  const used = new Set(policy.tables.facts);
  const list = facts.fact.filter(({ id }) => used.has(id)).map(({ id, type, question, definition, where, value, field, yearly }) => ({
    id, type, yearly: Boolean(yearly),
    question: question.zh, definition: definition.zh, where: where && where.zh,
    values: (value ?? []).map((one) => ({ id: one.id, label: one.label.zh })),
    fields: (field ?? []).map((one) => ({ id: one.id, label: one.label.zh, values: (one.value ?? []).map((it) => ({ id: it.id, label: it.label.zh })) })),
  }));
  return { questions: list, score: score(policy), passes: policy.criteria.find(({ id }) => id === "score").rule.total.needs };
}

/**
 * Personnel and R&D as bases (one figure over another) with bands; of the IP
 * rights which kinds count for which band. Conditions, routes, what a person
 * has to judge and everything that follows from what is unknown is left out:
 * neither tool has a way to say it without writing it by hand.
 */
function score(policy) {
  const name = (at) => policy.tables.facts[at];
  const figure = (node) => name(node.f ?? node.y[0]);
  const bands = (basis) => basis.bands.map(({ from, max }) => ({ from: Number(from), points: max }));
  const of = (id) => policy.criteria.find((one) => one.id === id).rule.points.best_of;
  const ratios = (id) => of(id).map((basis) => ({ over: basis.value["/"].map(figure), bands: bands(basis) }));
  const kinds = (node) => JSON.stringify(node).match(/"in":\d+/g).map((it) => policy.tables.choices[Number(it.slice(5))]).filter(({ field }) => field === "kind").flatMap(({ values }) => values);
  return {
    personnel: ratios("personnel"),
    rd: ratios("rd_intensity"),
    ip: of("ip_results").map((basis) => ({ kinds: kinds(basis.value), bands: bands(basis) })),
  };
}
