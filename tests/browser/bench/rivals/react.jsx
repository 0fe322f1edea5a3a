// The same questions with React, the score by publicodes.
import { useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import data from "zice-questions";
import { scoring } from "./publicodes.rules.js";

const { passes, questions } = data;
const points = scoring(data);

function Choices({ values, value, set }) {
  return (
    <select value={value ?? ""} onChange={({ target }) => set(target.value)}>
      <option value="">请选择</option>
      {values.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
    </select>
  );
}

function Cell({ field, value, set }) {
  if (field.type === "enum") return <Choices values={field.values} value={value} set={set} />;
  if (field.type === "bool") return <input type="checkbox" checked={value ?? false} onChange={({ target }) => set(target.checked)} />;
  return <input type={field.type === "date" ? "date" : "text"} value={value ?? ""} onChange={({ target }) => set(target.value)} />;
}

function Rows({ one, value, set }) {
  const rows = value ?? [];
  const fresh = () => Object.fromEntries(one.fields.filter((field) => field.default !== undefined).map((field) => [field.id, field.default]));
  const change = (at, id, entry) => set(rows.map((row, other) => (other === at ? { ...row, [id]: entry } : row)));
  return (
    <>
      <table>
        <thead><tr>{one.fields.map(({ id, label, help }) => <th key={id} title={help}>{label}</th>)}<th /></tr></thead>
        <tbody>{rows.map((row, at) => (
          <tr key={at}>
            {one.fields.map((field) => <td key={field.id}><Cell field={field} value={row[field.id]} set={(entry) => change(at, field.id, entry)} /></td>)}
            <td><button type="button" onClick={() => set(rows.filter((_, other) => other !== at))}>删除</button></td>
          </tr>
        ))}</tbody>
      </table>
      <button type="button" onClick={() => set([...rows, fresh()])}>添加一项</button>
    </>
  );
}

function Field({ one, value, set }) {
  if (one.type === "bool") {
    return ["是", "否"].map((word, at) => (
      <label key={word}><input type="radio" name={one.id} checked={value === !at} onChange={() => set(!at)} />{word}</label>
    ));
  }
  if (one.type === "enum") return <Choices values={one.values} value={value} set={set} />;
  if (one.type === "list") return <Rows one={one} value={value} set={set} />;
  const type = one.type === "date" ? "date" : "text";
  return <><input type={type} inputMode="decimal" value={value ?? ""} onChange={({ target }) => set(target.value)} />{one.unit}</>;
}

function App() {
  const [answers, setAnswers] = useState({});
  const { total } = useMemo(() => points(answers), [answers]);
  return (
    <main>
      <p id="total">{total} / {passes}</p>
      {questions.map((one) => (
        <fieldset key={one.id} id={one.id}>
          <legend>{one.question}</legend>
          <Field one={one} value={answers[one.id]} set={(value) => setAnswers((before) => ({ ...before, [one.id]: value }))} />
          <details><summary>怎样算、到哪里找</summary><p>{one.definition}</p><p>{one.where}</p></details>
        </fieldset>
      ))}
    </main>
  );
}

createRoot(document.getElementById("survey")).render(<App />);
