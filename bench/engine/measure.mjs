// What one process measures: our engine, the baseline's, and exact plain JS.
import { readFile } from "node:fs/promises";
import { score as exact } from "../peers/peers/exact.mjs";
import { inTurns, say } from "./clock.mjs";
import { POLICY, companies } from "./companies.mjs";
import { baseline, bench, ours } from "./zice.mjs";

const HNTE = "hnte-zj@2026";
const DAY = "2026-06-01";
const fixture = (name) => readFile(new URL(`../../tests/browser/fixtures/${name}.json`, import.meta.url), "utf8");
const micro = (ms) => `${(ms * 1000).toFixed(3)} µs`;

/** Rows of companies under a policy. */
function rowsOf({ engine, Rows }, policy, texts) {
  const rows = new Rows(engine, policy, "en", "");
  for (const text of texts) rows.add(engine, text, DAY);
  return rows;
}

/** What the bytes say of each company: the verdict and the points. */
function* told(bytes, [verdicts]) {
  for (let at = 0; at < bytes.length; at += 7 + (bytes[at + 5] | bytes[at + 6] << 8)) {
    yield { verdict: verdicts[bytes[at + 2]], min: bytes[at + 3], max: bytes[at + 4] };
  }
}

/** How many of the companies have another verdict or other points than in exact JS. */
function wrong(zice, rows, list) {
  const names = zice.Rows.names().split("\n").map((line) => line.split(" "));
  const answers = [...told(rows.assess(zice.engine), names)];
  const right = ({ verdict, min, max }, { qualified, total }) => verdict === (qualified ? "met" : "not_met") && min === total && max === total;
  return list.filter(({ input }, at) => !answers[at] || !right(answers[at], exact(input))).length;
}

/** A list a job goes through, and on from its beginning. */
function exactOver(list) {
  return (times) => {
    let sum = 0;
    for (let round = 0; round < times; round++) for (const { input } of list) sum += exact(input).total;
    return sum;
  };
}

function rowsOver({ engine }, rows) {
  return (times) => {
    let sum = 0;
    for (let round = 0; round < times; round++) {
      const bytes = rows.assess(engine);
      for (let at = 0; at < bytes.length; at += 7 + (bytes[at + 5] | bytes[at + 6] << 8)) sum += bytes[at + 2] + bytes[at + 3];
    }
    return sum;
  };
}

/** tech-sme beside exact plain JS, few companies and many. */
function besideExact(zice, list) {
  const figures = {};
  for (const count of [200, 10_000]) {
    const some = list.slice(0, count);
    const rows = rowsOf(zice, POLICY, some.map(({ text }) => text));
    if (count === 10_000) figures.wrong = wrong(zice, rows, some);
    const took = inTurns({ exact: exactOver(some), rows: rowsOver(zice, rows) }, count > 1000 ? 9 : 15);
    rows.free();
    say(`  ${POLICY}, ${count} companies: exact JS ${micro(took.exact / count)}, rows ${micro(took.rows / count)}`);
    figures[`tech_sme_vs_exact_js_${count}`] = took.exact / took.rows;
    figures[`tech_sme_row_us_${count}`] = took.rows / count * 1000;
    figures[`exact_js_us_${count}`] = took.exact / count * 1000;
  }
  return figures;
}

/** One key in the page, beside the baseline. */
async function besideBaseline(zice, folder) {
  const [old, company] = [await baseline(folder), await fixture("company")];
  const [then, now] = [old, zice.engine].map((engine) => engine.key(company, HNTE, DAY, 1));
  if (then !== now) throw new Error(`the baseline finds ${then} questions, we ${now}`);
  const took = inTurns({
    then: (times) => old.key(company, HNTE, DAY, times),
    now: (times) => zice.engine.key(company, HNTE, DAY, times),
  });
  say(`  ${HNTE}, assess + questions, half known: baseline ${micro(took.then)}, now ${micro(took.now)}`);
  return { hnte_key_vs_baseline: took.then / took.now, hnte_key_us: took.now * 1000, hnte_key_baseline_us: took.then * 1000 };
}

/** A company whose ranges have become figures. */
function exactly(value) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(exactly);
  if ("min" in value || "max" in value) return value.min ?? value.max;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, exactly(inner)]));
}

/** The two programmes that score, with everything known. */
async function full(make) {
  const all = JSON.stringify(exactly(JSON.parse(await fixture("all"))));
  const [hnte, tech] = [await make(HNTE, all), await make("tech-sme@2023", all)];
  const took = inTurns({ hnte: (times) => hnte.assess_row(times), tech: (times) => tech.assess_row(times) });
  say(`  full from rows: hnte-zj ${micro(took.hnte)}, tech-sme ${micro(took.tech)}`);
  return { hnte_full_vs_tech_full: took.hnte / took.tech };
}

/** Another value of a fact, as a company could have it. */
function other(value) {
  if (typeof value === "boolean") return !value;
  if (Array.isArray(value)) return [...value, { kind: "utility_model" }];
  if (typeof value === "object") return Object.fromEntries(Object.entries(value).map(([year, figure]) => [year, String(Number(figure) + 1)]));
  return value === "company" ? "branch" : "2011-05-04";
}

/** One changed fact, each in turn, against assessing the whole. */
async function changed(make, { text }) {
  const file = JSON.parse(text);
  const shares = [];
  for (const [fact, value] of Object.entries(file.facts)) {
    const made = await make(POLICY, text);
    const next = JSON.stringify({ ...file, facts: { ...file.facts, [fact]: other(value) } });
    if (!made.change(next)) throw new Error(`${fact}: a change that can't be read`);
    const took = inTurns({ whole: (times) => made.assess(times), row: (times) => made.assess_row(times), one: (times) => made.try_change(times) }, 7);
    shares.push({ fact, share: took.one / took.whole, ofRow: took.one / took.row, us: took.one * 1000 });
    made.free();
  }
  shares.sort((a, b) => a.share - b.share);
  say(`  one changed fact: ${shares.map(({ fact, us }) => `${fact} ${us.toFixed(2)}`).join(", ")} µs`);
  const mean = (name) => shares.reduce((sum, one) => sum + one[name], 0) / shares.length;
  return { changed_fact_share: mean("share"), changed_fact_share_of_row: mean("ofRow"), changed_fact_share_worst: shares.at(-1).share, changed_fact_worst: shares.at(-1).fact };
}

/** All of it. */
export async function measure({ engine, bench: folder, baseline: old }) {
  const zice = await ours(engine, [POLICY, HNTE]);
  const list = companies(10_000);
  const make = await bench(folder, engine);
  return {
    ...besideExact(zice, list),
    ...await besideBaseline(zice, old),
    ...await full(make),
    ...await changed(make, list.find(({ input }) => input.class1 > 0 && input.class2 > 1)),
  };
}
