// The time budgets of docs/budgets.md, in milliseconds: what is aimed at, and
// what fails the run.
const BUDGETS = [
  { name: "assess_node", what: "one assessment, wasm in Node", target: 0.002, gate: 0.01 },
  { name: "assess_chromium", what: "one assessment, wasm in Chromium", target: 0.002, gate: 0.01 },
  { name: "interactive", what: "interactive after the bytes are there, CPU / 4", target: 400, gate: 600 },
  // Of the budget's way from an answer to the updated picture, what the page
  // itself does, and all of it less what an empty page takes in the same run.
  { name: "written", what: "answer to updated document, p95, CPU / 4", target: 8, gate: 16 },
  { name: "painted", what: "answer to painted picture, above an empty page", target: 8, gate: 16 },
  { name: "advised", what: "advice for one programme, CPU / 4", target: 4, gate: 8 },
  { name: "advised_all", what: "advice for all programmes, CPU / 4", target: 8, gate: 16 },
  { name: "opened", what: "a company file of 4 MB to its report", target: 5000, gate: 15_000 },
  { name: "pasted", what: "500 rows pasted and taken", target: 2000, gate: 5000 },
];

/** Prints each figure beside its budget; what is above its gate. */
export function compare(measured) {
  const line = (what, ...figures) => console.log([what.padEnd(48), ...figures].join(" "));
  line("", "        ms", "   target", "     gate", "of gate");
  return BUDGETS.filter(({ name, what, target, gate }) => {
    const ms = measured[name];
    if (!Number.isFinite(ms)) throw new Error(`no figure for ${name}`);
    const verdict = ms > gate ? "ABOVE THE GATE" : ms > target ? "above target" : "ok";
    line(what, ms.toFixed(4).padStart(10), String(target).padStart(9), String(gate).padStart(9), `${(ms / gate * 100).toFixed()}%`.padStart(7), verdict);
    return ms > gate;
  }).map(({ what }) => what);
}
