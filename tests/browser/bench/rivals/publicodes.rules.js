// The score in publicodes, which has no lists: rights are counted here and
// passed to it as figures.
import Engine from "publicodes";

const name = (id) => id.replace(/_/g, " ");
const grades = (value, bands) => ({ variations: [...bands.map(({ from, points }) => ({ si: `${value} >= ${from}`, alors: points })), { sinon: 0 }] });

function rules({ questions, score }) {
  const all = {};
  for (const { id, type, question } of questions) if (type === "money" || type === "count") all[name(id)] = { question, "par défaut": 0 };
  const part = (title, list) => {
    list.forEach(({ over, bands }, at) => {
      const value = `${title} value ${at + 1}`;
      all[value] = over
        ? { variations: [{ si: `${name(over[1])} > 0`, alors: `${name(over[0])} / ${name(over[1])}` }, { sinon: 0 }] }
        : { "par défaut": 0 };
      all[`${title} ${at + 1}`] = grades(value, bands);
    });
    all[title] = { "le maximum de": list.map((_, at) => `${title} ${at + 1}`) };
  };
  part("personnel", score.personnel);
  part("rd", score.rd);
  part("results", score.ip);
  all.total = { somme: ["personnel", "rd", "results"] };
  return all;
}

function counts([is, ...parts], row) {
  if (is === "all") return parts.every((part) => counts(part, row));
  if (is === "any") return parts.some((part) => counts(part, row));
  if (is === "not") return !counts(parts[0], row);
  return is === "yes" ? row[parts[0]] === true : parts[1].includes(row[parts[0]]);
}

/** Returns a function from answers to points. */
export function scoring(data) {
  const engine = new Engine(rules(data), { logger: { log() {}, warn() {}, error() {} } });
  const figures = data.questions.filter(({ type }) => type === "money" || type === "count");
  return (answers) => {
    const now = {};
    for (const { id } of figures) if (/^-?\d+(\.\d+)?$/.test(answers[id] ?? "")) now[name(id)] = Number(answers[id]);
    data.score.ip.forEach((one, at) => {
      now[`results value ${at + 1}`] = (answers.ip ?? []).filter((row) => counts(one.counts, row)).length;
    });
    engine.setSituation(now);
    return Object.fromEntries(["personnel", "rd", "results", "total"].map((part) => [part, engine.evaluate(part).nodeValue]));
  };
}
