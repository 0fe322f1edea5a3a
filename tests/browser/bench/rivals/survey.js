// The same questions with SurveyJS: its model, its renderer and its styles.
import { Model } from "survey-core";
import "survey-js-ui";
import "survey-core/survey-core.css";
import { passes, questions, score } from "zice-questions";

const TYPES = { money: "number", count: "number", date: "date" };
const help = ({ definition, where }) => [definition, where].filter(Boolean).join("\n");

function element(one) {
  const base = { name: one.id, title: one.question, description: help(one) };
  if (one.type === "bool") return { ...base, type: "radiogroup", choices: [{ value: true, text: "是" }, { value: false, text: "否" }] };
  if (one.type === "enum") return { ...base, type: "dropdown", choices: one.values.map(({ id, label }) => ({ value: id, text: label })) };
  if (one.type === "list") {
    return {
      ...base, type: "matrixdynamic", rowCount: 0,
      columns: one.fields.map(({ id, label, values }) => (values.length
        ? { name: id, title: label, cellType: "dropdown", choices: values.map((it) => ({ value: it.id, text: it.label })) }
        : { name: id, title: label, cellType: "text" })),
    };
  }
  return { ...base, type: "text", inputType: TYPES[one.type] || "text" };
}

const banded = (value, bands) => bands.reduceRight((rest, { from, points }) => `iif(${value} >= ${from}, ${points}, ${rest})`, "0");
const ratio = ({ over: [one, other], bands }) => banded(`{${one}} / {${other}}`, bands);
const counted = ({ kinds, bands }) => banded(`countInArray({ip}, 'kind', "${kinds.map((kind) => `{kind} = '${kind}'`).join(" or ")}")`, bands);
const best = (list) => `max(${list.join(", ")})`;

const model = new Model({
  elements: questions.map(element),
  calculatedValues: [
    { name: "personnel", expression: best(score.personnel.map(ratio)) },
    { name: "rd", expression: best(score.rd.map(ratio)) },
    { name: "results", expression: best(score.ip.map(counted)) },
    { name: "total", expression: "{personnel} + {rd} + {results}", includeIntoResult: true },
  ],
  completedHtml: `{total} / ${passes}`,
});
model.locale = "zh-cn";
const place = document.getElementById("survey");
const total = place.parentNode.insertBefore(document.createElement("p"), place);
total.id = "total";
const show = () => { total.textContent = String(model.getVariable("total") ?? model.calculatedValues[3].value ?? ""); };
model.onValueChanged.add(show);
model.render(place);
