// What is to be reached, and what was: a target is aimed at, below a gate the
// engine is too slow.

/** `more` means that more is better. `name` is that of a figure. */
export const GOALS = [
  { name: "tech_sme_vs_exact_js_200", what: "tech-sme, 200 companies / exact plain JS", more: true, gate: 1, target: 2 },
  { name: "tech_sme_vs_exact_js_10000", what: "tech-sme, 10,000 / exact plain JS", more: true, gate: 1, target: 1.5 },
  { name: "hnte_key_vs_baseline", what: "hnte-zj, assess + questions / baseline", more: true, gate: 8, target: 20 },
  { name: "hnte_full_vs_tech_full", what: "hnte-zj full : tech-sme full", gate: 4, target: 3 },
  { name: "changed_fact_share", what: "one changed fact : a whole assessment", gate: 0.2, target: 0.05 },
  { name: "brief_vs_baseline_full", what: "zice --brief, 2 threads / baseline --jsonl", more: true, gate: 10, target: 25 },
  { name: "full_vs_baseline_full", what: "full reports, one thread / baseline", more: true, gate: 2, target: 3 },
  { name: "wrong", what: "wrong of 10,000", gate: 0, target: 0 },
  { name: "module_brotli", what: "zice.mjs with its wasm, brotli", gate: 105_000, target: 92_000 },
];

/** What is said of a figure; of one that was not measured, just that. */
export function verdict({ more = false, gate, target }, value) {
  if (!Number.isFinite(value)) return "not measured";
  const holds = (limit) => (more ? value >= limit : value <= limit);
  if (holds(target)) return "ok";
  return holds(gate) ? "between gate and target" : "GATE BROKEN";
}

/** Prints the goals with what was reached, and the peers. */
export function print(measured) {
  console.log(`\n${"".padEnd(46)} ${"reached".padStart(10)} ${"gate".padStart(9)} ${"target".padStart(9)}`);
  for (const goal of GOALS) {
    const value = measured[goal.name];
    const reached = Number.isFinite(value) ? value.toFixed(3) : "–";
    console.log(`${goal.what.padEnd(46)} ${reached.padStart(10)} ${String(goal.gate).padStart(9)} ${String(goal.target).padStart(9)}  ${verdict(goal, value)}`);
  }
  const line = (name, rate, ratio, wrong) => console.log(`${name.padEnd(54)} ${rate.padStart(12)} ${ratio.padStart(10)} ${String(wrong).padStart(16)}`);
  console.log();
  line("", "a second", "/ exact JS", "wrong of 10,000");
  if (measured.tech_sme_row_us_10000) {
    line("Zice, rows in wasm", (1e6 / measured.tech_sme_row_us_10000).toFixed(), measured.tech_sme_vs_exact_js_10000.toFixed(3), measured.wrong);
  }
  const { peers = [] } = measured;
  const exact = peers.find(({ id }) => id === "exact")?.rate ?? 1;
  for (const { name, version = "", rate, wrong } of peers) {
    line(`${name} ${version}`.trim(), rate.toFixed(), (rate / exact).toFixed(3), wrong);
  }
}
