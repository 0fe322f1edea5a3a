// The same questions with React, the score by publicodes.
import Engine from "publicodes";
import { useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { passes, questions, score } from "zice-questions";

const name = (id) => id.replace(/_/g, " ");
const grades = (value, bands) => ({ variations: [...bands.map(({ from, points }) => ({ si: `${value} >= ${from}`, alors: points })), { sinon: 0 }] });

function rules() {
  const all = {};
  for (const { id, type } of questions) if (type === "money" || type === "count") all[name(id)] = { "par défaut": 0 };
  const part = (title, list) => {
    list.forEach(({ over, bands }, at) => {
      if (over) all[`${title} value ${at + 1}`] = { valeur: `${name(over[0])} / ${name(over[1])}`, "non applicable si": `${name(over[1])} = 0` };
      else all[`${title} value ${at + 1}`] = { "par défaut": 0 };
      all[`${title} ${at + 1}`] = grades(`${title} value ${at + 1}`, bands);
    });
    all[title] = { "le maximum de": list.map((_, at) => `${title} ${at + 1}`) };
  };
  part("personnel", score.personnel);
  part("rd", score.rd);
  part("results", score.ip);
  all.total = { somme: ["personnel", "rd", "results"] };
  return all;
}

const engine = new Engine(rules(), { logger: { log() {}, warn() {}, error() {} } });

function situation(answers) {
  const now = {};
  for (const { id, type } of questions) {
    if ((type === "money" || type === "count") && /^-?\d+(\.\d+)?$/.test(answers[id] ?? "")) now[name(id)] = Number(answers[id]);
  }
  score.ip.forEach(({ kinds }, at) => {
    now[`results value ${at + 1}`] = (answers.ip ?? []).filter(({ kind }) => kinds.includes(kind)).length;
  });
  return now;
}

function Field({ one, value, set }) {
  if (one.type === "bool") {
    return ["是", "否"].map((word, at) => (
      <label key={word}><input type="radio" name={one.id} checked={value === !at} onChange={() => set(!at)} />{word}</label>
    ));
  }
  const choices = (list) => [<option key="" value="">请选择</option>, ...list.map(({ id, label }) => <option key={id} value={id}>{label}</option>)];
  if (one.type === "enum") return <select value={value ?? ""} onChange={({ target }) => set(target.value)}>{choices(one.values)}</select>;
  if (one.type === "list") {
    const rows = value ?? [];
    const change = (at, id, text) => set(rows.map((row, other) => (other === at ? { ...row, [id]: text } : row)));
    return (
      <>
        <table><thead><tr>{one.fields.map(({ id, label }) => <th key={id}>{label}</th>)}</tr></thead>
          <tbody>{rows.map((row, at) => <tr key={at}>{one.fields.map(({ id, values }) => (
            <td key={id}>{values.length ? <select value={row[id] ?? ""} onChange={({ target }) => change(at, id, target.value)}>{choices(values)}</select>
              : <input value={row[id] ?? ""} onChange={({ target }) => change(at, id, target.value)} />}</td>))}</tr>)}</tbody></table>
        <button type="button" onClick={() => set([...rows, {}])}>添加一项</button>
      </>
    );
  }
  return <input type={one.type === "date" ? "date" : "text"} inputMode="decimal" value={value ?? ""} onChange={({ target }) => set(target.value)} />;
}

function App() {
  const [answers, setAnswers] = useState({});
  const total = useMemo(() => {
    engine.setSituation(situation(answers));
    return engine.evaluate("total").nodeValue;
  }, [answers]);
  return (
    <main>
      <p id="total">{String(total)} / {passes}</p>
      {questions.map((one) => (
        <fieldset key={one.id}>
          <legend>{one.question}</legend>
          <Field one={one} value={answers[one.id]} set={(value) => setAnswers((before) => ({ ...before, [one.id]: value }))} />
          <details><summary>怎样算、到哪里找</summary><p>{one.definition}</p><p>{one.where}</p></details>
        </fieldset>
      ))}
    </main>
  );
}

createRoot(document.getElementById("survey")).render(<App />);
