// The questions and the score in SurveyJS.
const TYPES = { money: "number", count: "number", date: "date" };
const help = ({ definition, where }) => [definition, where].filter(Boolean).join("\n");
const choices = (values) => values.map(({ id, label }) => ({ value: id, text: label }));

function column({ id, type, label, values, default: given }) {
  const base = { name: id, title: label, ...(given === undefined ? {} : { defaultValue: given }) };
  if (type === "enum") return { ...base, cellType: "dropdown", choices: choices(values) };
  if (type === "bool") return { ...base, cellType: "boolean" };
  return { ...base, cellType: "text", inputType: TYPES[type] || "text" };
}

function element(one) {
  const base = { name: one.id, title: one.question, description: help(one) };
  if (one.type === "bool") return { ...base, type: "radiogroup", choices: [{ value: true, text: "是" }, { value: false, text: "否" }] };
  if (one.type === "enum") return { ...base, type: "dropdown", choices: choices(one.values) };
  if (one.type === "list") return { ...base, type: "matrixdynamic", rowCount: 0, columns: one.fields.map(column) };
  return { ...base, type: "text", inputType: TYPES[one.type] || "text" };
}

const banded = (value, bands) => bands.reduceRight((rest, { from, points }) => `iif(${value} >= ${from}, ${points}, ${rest})`, "0");
const ratio = ({ over: [one, other], bands }) => `iif({${other}} > 0, ${banded(`{${one}} / {${other}}`, bands)}, 0)`;
// There is no escape inside quotes, so values are written as they are.
function condition([name, ...parts]) {
  if (name === "all" || name === "any") return `(${parts.map(condition).join(name === "all" ? " and " : " or ")})`;
  if (name === "not") return `!${condition(parts[0])}`;
  if (name === "yes") return `({${parts[0]}} = true)`;
  return `(${parts[1].map((value) => `{${parts[0]}} = ${value}`).join(" or ")})`;
}
const counted = ({ counts, bands }) => banded(`countInArray({ip}, 'kind', '${condition(counts)}')`, bands);
const best = (list) => (list.length > 1 ? `max(${list.join(", ")})` : list[0]);

export const survey = ({ questions, score, passes }) => ({
  elements: questions.map(element),
  textUpdateMode: "onTyping",
  calculatedValues: [
    { name: "personnel", expression: best(score.personnel.map(ratio)) },
    { name: "rd", expression: best(score.rd.map(ratio)) },
    { name: "results", expression: best(score.ip.map(counted)) },
    { name: "total", expression: "{personnel} + {rd} + {results}", includeIntoResult: true },
  ],
  completedHtml: `{total} / ${passes}`,
});

export function points(model) {
  return Object.fromEntries(model.calculatedValues.map(({ name, value }) => [name, value]));
}
