// The npm package: installed without a network into a folder of its own, used
// from Node, and through a bundler in the browser under the strict policy. Its
// reports must be those of the command line and fit the schemas in the package.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import Ajv from "ajv/dist/2020.js";
import { build, transform } from "esbuild";
import { STRICT, TYPES, cli, open, useBrowser } from "./support.mjs";

const browser = useBrowser();
TYPES[".mjs"] = TYPES[".js"];
const LANGUAGES = ["zh", "en"];
const folder = new URL("../companies/", import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith(".zice.json")).sort();
// Kept as texts, because numbers must stay as they are written.
const companies = await Promise.all(files.map((name) => readFile(new URL(name, folder), "utf8")));

const zice = (args, input) => execFileSync(cli, args, { input, encoding: "utf8", maxBuffer: 1 << 28 });
const oneALine = companies.map((text) => `${text.replace(/\s*\n\s*/g, "")}\n`).join("");
/**
 * What the command line says about all companies, by every programme in order
 * of names.
 */
const expected = Object.fromEntries(LANGUAGES.map((lang) => [
  lang, zice(["assess", "--lang", lang, "--jsonl", "--advice", "-"], oneALine).trimEnd().split("\n").map((line) => JSON.parse(line)),
]));

// A project that contains only the package.
let project;
let installed;
let npm;

before(async () => {
  project = await mkdtemp(join(tmpdir(), "zice-npm-"));
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "host", private: true, type: "module" }));
  const target = new URL("../../target/npm/", import.meta.url);
  const tarball = process.env.ZICE_NPM || new URL((await readdir(target)).find((name) => name.endsWith(".tgz")), target).pathname;
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", tarball], { cwd: project, stdio: "pipe" });
  installed = join(project, "node_modules/zice");
  // Imported by the package's name, as a project does it.
  await writeFile(join(project, "import.mjs"), 'export * from "zice";\n');
  npm = await import(pathToFileURL(join(project, "import.mjs")));
});
after(() => rm(project, { recursive: true, force: true }));

/**
 * The error thrown by `act`, which must be one of the package with this code.
 */
async function refused(code, act) {
  const error = await (async () => act())().then(() => assert.fail(`no ${code}`), (error) => error);
  assert.ok(error instanceof npm.ZiceError && error instanceof Error, String(error.stack ?? error));
  assert.equal(error.code, code, error.message);
  assert.ok(error.message.length > 10, error.message);
  return error;
}

test("the package has what it says, and no script that is run at installation", async () => {
  const described = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  assert.equal(described.version, npm.version);
  assert.equal(described.scripts, undefined);
  assert.equal(described.dependencies, undefined);
  const names = await readdir(installed, { recursive: true });
  for (const path of Object.values(described.exports).flatMap((it) => (typeof it === "string" ? [it] : Object.values(it)))) {
    if (!path.includes("*")) assert.ok(names.includes(path.slice(2)), path);
  }
  assert.ok(names.includes("LICENSE") && names.includes("README.md"));
  assert.deepEqual(names.filter((name) => /\.(br|gz)$|^index\.html$/.test(name)), []);
  // Checks the syntax only; the types themselves are for TypeScript to check.
  const types = await readFile(join(installed, "zice.d.ts"), "utf8");
  await transform(types, { loader: "ts" });
  assert.match(types, /\n {2}revenue\?: ByYear<Estimated<Figure>> \| null;\n/);
});

test("the example of the README runs and says what it says", async () => {
  const readme = await readFile(join(installed, "README.md"), "utf8");
  const [, example] = readme.match(/```js\n(import[^]*?)```/);
  await writeFile(join(project, "example.mjs"), `${example}\nexport { report };\n`);
  const { report } = await import(pathToFileURL(join(project, "example.mjs")));
  assert.equal(report.verdict, example.match(/report\.verdict; \/\/ "(.*)"/)[1]);
});

test("Node: every report in both languages is the command line's", async () => {
  const engine = await npm.load();
  for (const lang of LANGUAGES) {
    for (const [at, text] of companies.entries()) {
      assert.deepEqual(engine.assess(text, undefined, { lang }), expected[lang][at], files[at]);
      // As an object its numbers are written anew, which does not change these
      // files.
      const { policy: { id } } = expected[lang][at][0];
      assert.deepEqual(engine.assess(JSON.parse(text), id, { lang }), expected[lang][at][0], files[at]);
    }
  }
  const bytes = Buffer.from(`\ufeff${companies[0]}`);
  assert.deepEqual(engine.assess(bytes, ["tech-sme", "aaa-zj"]), [expected.zh[0][4], expected.zh[0][0]]);
  assert.deepEqual(engine.assess(companies[0], ["aaa-zj"]), [expected.zh[0][0]]);
});

test("Node: advice is the command line's, with a cushion and for one round too", async () => {
  const engine = await npm.load({ lang: "zh" });
  const written = (...options) => JSON.parse(zice(["advise", "-p", "tech-sme", ...options, "-"], companies[0]));
  for (const [at, text] of companies.entries()) {
    for (const [, { policy: { id } }] of expected.zh[at].entries()) {
      assert.deepEqual(engine.advise(text, id), JSON.parse(zice(["advise", "-p", id, "-"], text)), `${files[at]} ${id}`);
    }
  }
  assert.deepEqual(engine.advise(companies[0], "tech-sme", { cushion: "2.5%", lang: "en" }), written("--cushion", "2.5%", "--lang", "en"));
  assert.deepEqual(engine.advise(companies[0], "tech-sme", { horizon: "next_round" }), written("--horizon", "next_round"));
  assert.deepEqual(engine.advise(companies[0], ["tech-sme", "hnte-zj"]), written("-p", "hnte-zj"));
  assert.deepEqual(engine.advise(companies[0]).programmes.map(({ policy }) => policy.id).sort(), expected.zh[0].map(({ policy }) => policy.id).sort());
  // The report has the same, unless it is told to leave it out.
  const [told, { advice, no_advice, margins }] = [engine.advise(companies[0], "tech-sme"), engine.assess(companies[0], "tech-sme")];
  assert.deepEqual([told.advice, told.no_advice, told.margins], [advice, no_advice || [], margins]);
  const plain = engine.assess(companies[0], "tech-sme", { advice: false });
  assert.deepEqual([plain.advice, plain.margins, plain.no_advice, plain.tolerance], [[], [], undefined, undefined]);
  for (const options of [{ cushion: "51%" }, { cushion: "a lot" }, { horizon: "some_round" }, null]) {
    await refused("usage", () => engine.advise(companies[0], "tech-sme", options));
  }
  await refused("unknown-policy", () => engine.advise(companies[0], "tech-sme@2022"));
});

test("Node: the language of load, the day that is asked for, and the list of policies are the command line's", async () => {
  const engine = await npm.load({ policies: "tech-sme", lang: "en-GB" });
  assert.deepEqual(engine.assess(companies[0], "tech-sme"), expected.en[0][4]);
  const later = zice(["assess", "-p", "tech-sme", "--as-of", "2026-07-01", "-"], companies[0]);
  assert.deepEqual(engine.assess(companies[0], "tech-sme", { as_of: "2026-07-01", lang: "zh" }), JSON.parse(later));
  // Without a day in the file, both use today.
  const blank = '{"schema":"zice.company/1"}';
  assert.deepEqual(engine.assess(blank, "tech-sme", { lang: "zh" }), JSON.parse(zice(["assess", "-p", "tech-sme", "-"], blank)));
  const order = (list) => list.map(({ loaded, ...rest }) => rest).sort((a, b) => (`${a.id}@${a.edition}` < `${b.id}@${b.edition}` ? -1 : 1));
  assert.deepEqual(order(engine.policies()), order(JSON.parse(zice(["policies", "--json", "--lang", "en"]))));
});

test("Node: a batch says of every company what the command's rows say", async () => {
  const engine = await npm.load();
  for (const id of new Set(engine.policies().map((one) => one.id))) {
    const rows = zice(["assess", "-p", id, "--brief", "--jsonl", "-"], oneALine).trimEnd().split("\n").map((line) => JSON.parse(line));
    const told = rows.map(({ policy, verdict, score, statuses }) => ({ policy, verdict, score, statuses }));
    const batch = engine.batch(id);
    const found = batch.assess(companies);
    assert.deepEqual(found, told, id);
    assert.deepEqual(found.map(({ statuses }) => Object.keys(statuses)), told.map(({ statuses }) => Object.keys(statuses)), `${id}: in the order of the report`);
    // Kept companies with different days: each is assessed by the edition for
    // its day.
    assert.equal(batch.length, 0);
    assert.equal(batch.add(companies.map((text) => JSON.parse(text))), companies.length);
    assert.equal(batch.add(new Set(companies)), 2 * companies.length);
    assert.deepEqual(batch.assess(), [...told, ...told], id);
    batch.clear();
    assert.deepEqual([batch.length, batch.assess()], [0, []]);
  }
  // More companies than are kept at a time.
  const many = Array.from({ length: 2345 }, (_, at) => companies[at % companies.length]);
  const found = engine.batch("tech-sme").assess(many);
  assert.deepEqual(found.map(({ verdict }) => verdict), many.map((_, at) => expected.zh[at % companies.length].find(({ policy }) => policy.id === "tech-sme").verdict));
  // The day given overrides that of the file.
  const [later] = engine.batch("tech-sme", { as_of: "2026-07-01" }).assess([companies[0]]);
  const report = engine.assess(companies[0], "tech-sme", { as_of: "2026-07-01" });
  assert.deepEqual([later.policy, later.verdict], ["tech-sme@2026", report.verdict]);
});

test("what can't be used in a batch is told in its place, and what can't be asked is thrown", async () => {
  const other = join(project, "batch");
  await cp(installed, other, { recursive: true });
  const engine = await npm.load({ policies: ["tech-sme@2023"], base: pathToFileURL(`${other}/`), lang: "en" });
  const batch = engine.batch("tech-sme");
  const wrong = { schema: "zice.company/1", as_of: "2023-08-01", facts: { ip: [{ kind: "idea" }] } };
  const another = { schema: "zice.company/1", as_of: "2026-07-01" };
  const refusals = [wrong, '{"schema":', null, { ...wrong, facts: { revenue: { 2022: NaN } } }, " ".repeat(5 << 20), another];
  const list = refusals.flatMap((one) => [one, companies[0]]);
  const expectedCodes = ["company", "company", "company", "company", "too-large", "not-loaded"];
  batch.add(list);
  for (const found of [batch.assess(list), batch.assess()]) {
    assert.deepEqual(found.filter((_, at) => at % 2 === 0).map(({ code }) => code), expectedCodes);
    for (const one of found.filter((_, at) => at % 2 === 1)) assert.deepEqual(one, found[1]);
    assert.equal(found[1].policy, "tech-sme@2023");
    const one = await refused("company", () => engine.assess(wrong, "tech-sme"));
    assert.deepEqual(found[0], { code: one.code, error: one.message, problems: one.problems, policies: [] });
    assert.deepEqual(found[10].policies, ["tech-sme@2026"]);
  }
  await refused("unknown-policy", () => engine.batch("nothing"));
  await refused("unknown-policy", () => engine.batch());
  assert.deepEqual((await refused("not-loaded", () => engine.batch("aaa-zj"))).policies.length > 0, true);
  assert.deepEqual((await refused("not-loaded", () => engine.batch("tech-sme", { as_of: "2026-07-01" }))).policies, ["tech-sme@2026"]);
  await refused("usage", () => engine.batch("tech-sme", { lang: "fr" }));
  await refused("usage", () => engine.batch("tech-sme", { as_of: "2026-02-30" }));
  await refused("usage", () => engine.batch("tech-sme", null));
  for (const none of [null, 3, "text", companies[0], { schema: "zice.company/1" }, Uint8Array.of(1)]) {
    await refused("usage", () => batch.assess(none));
    await refused("usage", () => batch.add(none));
  }
});

test("what goes wrong is a readable error with a code", async () => {
  // Nothing is loaded from this other folder yet.
  const other = join(project, "other");
  await cp(installed, other, { recursive: true });
  const base = pathToFileURL(`${other}/`);
  const engine = await npm.load({ policies: ["tech-sme@2023"], base });

  const unknown = await refused("unknown-policy", () => engine.assess(companies[0], "tech-sme@2022"));
  assert.match(unknown.message, /tech-sme@2022.*tech-sme@2023/);
  await refused("unknown-policy", () => engine.assess(companies[0], ""));
  await refused("unknown-policy", () => npm.load({ policies: ["nothing"], base }));

  // Using another edition than the one for the day would give a wrong answer.
  const file = { schema: "zice.company/1", as_of: "2026-06-01" };
  const missing = await refused("not-loaded", () => engine.assess(file, "tech-sme"));
  assert.deepEqual(missing.policies, ["tech-sme@2026"]);
  await npm.load({ policies: ["tech-sme@2026"], base });
  assert.equal(engine.assess(file, "tech-sme").policy.edition, "2026");

  const facts = { revenue: { 22: 1 }, sme_staff_total: "NaN", ip: [{ kind: "idea" }] };
  const wrong = await refused("company", () => engine.assess({ ...file, facts }, "tech-sme", { lang: "en" }));
  assert.deepEqual(wrong.problems.map(({ path, fact }) => [path, fact]), [
    ["facts.revenue.22", "revenue"], ["facts.sme_staff_total", "sme_staff_total"], ["facts.ip[0].kind", "ip"],
  ]);
  for (const { path, text } of wrong.problems) assert.ok(wrong.message.includes(`${path}: ${text}`), wrong.message);
  assert.match((await refused("company", () => engine.assess('{\n  "schema": }', "tech-sme"))).message, /:2:13: /);
  for (const other of [undefined, null, 3, [], "", Uint8Array.of(0xff), { ...file, self: 1n }, (() => { const ring = {}; ring.ring = ring; return ring; })()]) {
    await refused("company", () => engine.assess(other, "tech-sme"));
  }
  await refused("usage", () => engine.assess(file, "tech-sme", { lang: "fr" }));
  await refused("usage", () => engine.assess(file, "tech-sme", { as_of: "2026-02-30" }));
  await refused("usage", () => npm.load({ lang: "fr" }));

  const policy = join(other, "policies/hnte-zj@2024.json");
  const text = await readFile(policy, "utf8");
  await rm(policy);
  const gone = await refused("asset-missing", () => npm.load({ policies: ["hnte-zj@2024"], base }));
  assert.match(gone.message, /policies\/hnte-zj@2024\.json/);
  await writeFile(policy, text.replace("sha256:", "sha256:0"));
  await refused("asset-corrupt", () => npm.load({ policies: ["hnte-zj@2024"], base }));
  await writeFile(policy, text);
  await npm.load({ policies: ["hnte-zj@2024"], base });
  await refused("asset-missing", () => npm.load({ base: pathToFileURL(join(project, "nowhere")) }));
});

test("the schemas fit companies and reports, and nothing stands in a report that its schema lacks", async () => {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictRequired: false });
  const schema = async (name) => JSON.parse(await readFile(join(installed, `schemas/${name}.schema.json`), "utf8"));
  const company = ajv.compile(await schema("company"));
  const report = ajv.compile(closed(await schema("report")));
  const check = (validate, value, what) => assert.ok(validate(value), `${what}: ${ajv.errorsText(validate.errors)}`);
  for (const [at, text] of companies.entries()) {
    check(company, JSON.parse(text), files[at]);
    for (const lang of LANGUAGES) for (const one of expected[lang][at]) check(report, one, `${files[at]} ${one.policy.id}`);
  }
  const file = (facts, more) => ({ schema: "zice.company/1", facts, ...more });
  const engine = await npm.load();
  for (const good of [
    file({}), file(null), file({ revenue: { 2022: null, 2021: "4.7e6" }, region: null }), file({ nobody_knows: 1 }, { extra: [] }),
    file({ total_assets: { 2022: { min: 1, max: null } }, ip: [], mgmt_system: { max: "6" } }), file({ net_profit: { 2022: -1 } }),
    file({ materials: [{ catalogue: [2021, "2024"] }], contract_figures: { 2022: { income: { written_count: 1 }, expense: null } } }),
  ]) {
    check(company, good, JSON.stringify(good));
    engine.assess(good, "tech-sme");
  }
  for (const bad of [
    {}, [], { schema: "zice.company/2" }, file([]), file({ revenue: 3 }), file({ revenue: { 22: 1 } }), file({ revenue: { 2022: -1 } }),
    file({ revenue: { 2022: "a lot" } }), file({ sme_staff_total: { from: 1 } }), file({ sme_staff_total: { min: null } }), file({ sme_staff_total: 1e15 }),
    file({ ip: {} }), file({ ip: [null] }), file({ ip: [{ kind: "idea" }] }), file({ accounts_sound: "yes" }), file({ operating_years_full: 1.5 }),
    file({ region: "湖州" }), file({ mgmt_system: 7 }), file({ established_on: "2021" }), file({}, { as_of: 20230801 }), file({}, { name: 1 }),
    file({ contract_figures: { 2022: { both: {} } } }), file({ materials: [{ catalogue: ["2022"] }] }),
  ]) {
    assert.ok(!company(bad), JSON.stringify(bad));
    await refused("company", () => engine.assess(bad, "tech-sme"));
  }
});

/**
 * The schema with nothing allowed beyond what it names. Readers accept more;
 * the tests don't.
 */
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  return schema.type === "object" && schema.properties ? { ...inner, additionalProperties: false } : inner;
}

const APP = `
import { load } from "zice";
window.answer = (async () => {
  const companies = await (await fetch("companies.json")).json();
  // Even when loaded at the same time and again, each file is fetched once.
  const [one] = await Promise.all([load({ policies: ["tech-sme"] }), load({ policies: ["tech-sme@2023"] })]);
  const early = performance.getEntriesByType("resource").map(({ name }) => name);
  const zice = await load();
  return { early, loaded: one.policies().filter(({ loaded }) => loaded).length, reports: companies.map((text) => zice.assess(text)) };
})();
window.answer.catch((error) => { window.failure = error.code + " " + error.message; });
`;

/** A page with the app, ready to be served. */
async function site(name, bundle) {
  const root = join(project, name);
  await mkdir(root, { recursive: true });
  await writeFile(join(root, "index.html"), '<!doctype html><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,"><script type="module" src="app.js"></script>');
  await writeFile(join(root, "companies.json"), JSON.stringify(companies));
  await bundle(root);
  return { csp: STRICT, replace: (file) => readFile(join(root, file)).catch(() => false) };
}

/** Copies the files that the module fetches. */
async function copyAssets(to) {
  await mkdir(to, { recursive: true });
  await cp(join(installed, "policies"), join(to, "policies"), { recursive: true });
  const wasm = (await readdir(installed)).find((name) => /^zice-engine-.*\.wasm$/.test(name));
  await cp(join(installed, wasm), join(to, wasm));
}

async function bundled(root, source) {
  await writeFile(join(project, "app.js"), source);
  const made = await build({ entryPoints: [join(project, "app.js")], outfile: join(root, "app.js"), bundle: true, minify: true, format: "esm", platform: "browser", logLevel: "silent" });
  assert.deepEqual(made.warnings, []);
}

for (const [how, make] of [
  ["bundled, its files beside the bundle", (root) => Promise.all([bundled(root, APP), copyAssets(root)])],
  ["bundled, its files in a folder that base names", (root) => Promise.all([bundled(root, APP.replaceAll("load({", "load({ base: 'assets/zice',").replace("load()", "load({ base: '/assets/zice/' })")), copyAssets(join(root, "assets/zice"))])],
  ["as it is, without a bundler", async (root) => {
    await writeFile(join(root, "app.js"), APP.replace('"zice"', '"./zice/zice.mjs"'));
    await symlink(installed, join(root, "zice"));
  }],
]) {
  test(`browser, ${how}: every report is the command line's, under the strict policy`, async (t) => {
    const { page, complaints, requests } = await open(t, browser(), await site(how.replace(/\W/g, "-"), make));
    const { early, loaded, reports } = await page.evaluate(() => window.answer);
    assert.deepEqual(reports, expected.zh);
    assert.equal(loaded, 12);
    assert.equal(early.filter((name) => name.includes("@")).length, 3, "only what was named");
    assert.deepEqual(requests, [...new Set(requests)], "each file once");
    assert.equal(requests.filter((url) => url.endsWith(".wasm")).length, 1);
    assert.deepEqual(complaints, []);
  });
}

test("browser: a missing file, and a policy that forbids WebAssembly, are said", async (t) => {
  const options = await site("missing", (root) => bundled(root, APP));
  const { page } = await open(t, browser(), options);
  assert.match(await page.evaluate(() => window.answer.catch(() => window.failure)), /^asset-missing http.*HTTP 404/);

  const strict = await site("strict", (root) => Promise.all([bundled(root, APP), copyAssets(root)]));
  const { page: forbidden } = await open(t, browser(), { ...strict, csp: STRICT.replace(" 'wasm-unsafe-eval'", "") });
  assert.match(await forbidden.evaluate(() => window.answer.catch(() => window.failure)), /^csp-blocked .*wasm-unsafe-eval/);
});
