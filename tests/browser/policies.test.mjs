// A page whose policy files are broken says in words which one, and tells the
// host; it is never blank.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { chooseDay, dist, goToReport, heard, open, openStarted, POLICY, start, STRICT, useBrowser, reloadEmpty } from "./support.mjs";

const browser = useBrowser();
const FACTS = "facts.json", INDEX = "index.json", POLICY_FILE = `${POLICY}.json`;
const read = (name) => readFile(join(dist, "policies", name));

/** A page whose server can be told to give another body for one policy file. */
async function openBroken(t) {
  const broken = { name: "", body: "" };
  const opened = await open(t, browser(), { csp: STRICT, replace: async (path) => (path === `policies/${broken.name}` ? broken.body : undefined) });
  return { ...opened, broken };
}

/**
 * Loads the page anew. It must name the file to person and host; a policy's
 * file is named once its programme is chosen.
 */
async function assertSaid({ page, complaints, broken }, name, body, how, names = name) {
  Object.assign(broken, { name, body });
  complaints.length = 0;
  await reloadEmpty(page);
  if (name === FACTS) {
    // The first screen can do without; what needs it says what is missing.
    await page.waitForFunction(() => window.heard.some((one) => one.name === "zice:error"));
    const errors = await heard(page, "zice:error");
    assert.equal(errors.length, 1, how);
    assert.ok(errors[0].text.includes(names), `${how}: ${errors[0].text}`);
    assert.match(errors[0].code, /^(asset-missing|policies)$/, how);
    await page.check("#zice-choose-tech-sme");
    await page.click(".zice-begin .zice-button");
    const text = await page.innerText("main [role=status].zice-error");
    assert.match(text, /^余下的程序未能载入.{10}/, how);
    assert.ok(text.includes(names), `${how}: ${text}`);
    assert.ok(!/undefined|\[object|panicked|RuntimeError/.test(text), `${how}: ${text}`);
    assert.equal(await page.getByRole("button", { name: "重试" }).count(), 1, how);
    assert.deepEqual(complaints.filter((line) => !/status of 404/.test(line)), [], how);
    return;
  }
  if (name === POLICY_FILE) {
    await page.waitForFunction(() => window.heard.some((one) => one.name === "zice:ready"));
    await chooseDay(page, "2023-06-01");
    await page.check("#zice-choose-tech-sme");
    await page.click(".zice-begin .zice-button");
    await page.waitForFunction(() => window.heard.some((one) => one.name === "zice:error"));
    const errors = await heard(page, "zice:error");
    assert.equal(errors.length, 1, how);
    assert.ok(errors[0].text.includes(names), `${how}: ${errors[0].text}`);
    assert.match(errors[0].code, /^(asset-missing|policies)$/, how);
    const text = await page.innerText("main [role=status].zice-error");
    assert.match(text, errors[0].code === "policies" ? /^所选项目的规则文件不能使用.{10}/ : /^所选项目的规则未能载入.{10}/, how);
    assert.ok(text.includes(names), `${how}: ${text}`);
    assert.ok(!/undefined|\[object|panicked|RuntimeError/.test(text), `${how}: ${text}`);
    assert.equal(await page.getByRole("button", { name: "重试" }).count(), 1, how);
    assert.deepEqual(complaints.filter((line) => !/status of 404/.test(line)), [], how);
    return;
  }
  await page.waitForFunction(() => window.heard.some((one) => one.name === "zice:error" || one.name === "zice:ready"));
  const [errors, ready] = [await heard(page, "zice:error"), await heard(page, "zice:ready")];
  assert.equal(ready.length, 0, `${name} ${how}: the page is ready all the same`);
  assert.equal(errors.length, 1, how);
  assert.ok(errors[0].text.includes(names), `${how}: ${errors[0].text}`);
  assert.equal(typeof errors[0].code, "string", how);
  const text = await page.innerText(".zice-fallback[role=alert]");
  assert.match(text, /^(程序或规则文件未能载入|规则文件不能使用).{10}/, how);
  assert.ok(text.includes(names), `${how}: ${text}`);
  assert.ok(!/undefined|\[object|panicked|RuntimeError/.test(text), `${how}: ${text}`);
  // The browser itself complains about a missing file.
  assert.deepEqual(complaints.filter((line) => !/status of 404/.test(line)), [], how);
}

for (const name of [FACTS, INDEX, POLICY_FILE]) {
  test(`${name} that is missing, cut off or something else is named in words`, async (t) => {
    const opened = await openBroken(t);
    const whole = await read(name);
    for (const [how, body] of Object.entries({
      missing: false,
      empty: "",
      "cut off": whole.subarray(0, whole.length / 2),
      "cut off before the end": whole.subarray(0, whole.length - 1),
      "a page of another kind": "<!DOCTYPE html><title>404</title>",
      "an array": "[]",
      "an empty object": "{}",
      null: "null",
      "nested without end": "[".repeat(1e6),
      "another encoding": Buffer.from(whole.toString(), "utf16le"),
    })) await assertSaid(opened, name, body, how);
  });
}

/** One test for several ways to break the content of a policy file. */
function contents(title, cases) {
  test(title, async (t) => {
    const opened = await openBroken(t);
    for (const [how, name, change, names] of cases) {
      const file = JSON.parse(await read(name));
      change(file);
      await assertSaid(opened, name, JSON.stringify(file), how, names);
    }
  });
}

contents("a policy file of another schema, or with unknown names in it, is named in words", [
  ["of another schema", FACTS, (file) => { file.schema = "zice.facts/9"; }],
  ["of another version than the index", FACTS, (file) => { file.digest = "sha256:0"; }],
  ["with a fact of an unknown type", FACTS, (file) => { file.fact[0].type = "mood"; }],
  // The message names the policy, which can't be used without its facts.
  ["without facts", FACTS, (file) => { delete file.fact; }, ".json"],
  ["without policies", INDEX, (file) => { delete file.policies; }],
  ["with an entry without a file", INDEX, (file) => { delete file.policies[0].file; }],
  ["of another schema", POLICY_FILE, (file) => { file.schema = "zice.policy/9"; }],
  ["with a fact the dictionary does not know", POLICY_FILE, (file) => { file.tables.facts[0] = "shoe_size"; }],
  ["with a field the dictionary does not know", POLICY_FILE, (file) => { file.tables.fields[0] = ["ip", "colour"]; }],
  ["with a choice the dictionary does not know", POLICY_FILE, (file) => { file.tables.choices[0].values = ["zebra"]; }],
  ["with an unknown operator", POLICY_FILE, (file) => { file.verdict = { maybe: 1 }; }],
  ["with a day that does not exist", POLICY_FILE, (file) => { file.review_by = "2027-02-30"; }],
  ["with more points than there can be", POLICY_FILE, (file) => { file.criteria.find((one) => one.rule.points).rule.points.out_of = 4000; }],
  ["with a total of what comes after it", POLICY_FILE, (file) => { file.criteria.find((one) => one.rule.total).rule.total.of[0].of = [99]; }],
]);

for (const [how, change] of [
  ["with formulas beyond the table of facts", (file) => { file.tables.facts.length = 3; }],
  ["with a verdict on a criterion that is not there", (file) => { file.verdict = { met: 999 }; }],
  ["with a source that is not there", (file) => { file.criteria[0].cites[0].source = 999; }],
  ["with a paper that is not there", (file) => { file.criteria[2].evidence = [999]; }],
]) contents(`a policy ${how} is named in words`, [[how, POLICY_FILE, change]]);

for (const [how, change] of [
  ["of another schema", (file) => { file.schema = "zice.index/9"; }],
  ["with no policy at all", (file) => { file.policies = []; }],
]) contents(`an index ${how} is named in words`, [[how, INDEX, change]]);

test("an English page says it in English", async (t) => {
  const replace = async (name) => {
    if (name === `policies/${INDEX}`) return "{";
    return name === "index.html" ? (await readFile(join(dist, name), "utf8")).replace('<html lang="zh-CN"', '<html lang="en"') : undefined;
  };
  const { page } = await open(t, browser(), { csp: STRICT, replace });
  await page.waitForSelector(".zice-fallback[role=alert]");
  assert.match(await page.innerText(".zice-fallback"), /^A policy file can't be used[\s\S]*index\.json/);
});

test("when the network fails after the page has come, the missing file is named", async (t) => {
  const { page } = await open(t, browser(), { csp: STRICT, prepare: (page) => page.route(`**/${INDEX}`, (route) => route.abort()) });
  await page.waitForSelector(".zice-fallback[role=alert]");
  assert.match(await page.innerText(".zice-fallback"), /^程序或规则文件未能载入[\s\S]*index\.json/);
  assert.equal((await heard(page, "zice:error")).length, 1);
});

test("whole policy files start the page, so what is told above has its own reason", async (t) => {
  const replace = async (path) => (path === `policies/${POLICY_FILE}` ? JSON.stringify(JSON.parse(await read(POLICY_FILE))) : undefined);
  const { page } = await openStarted(t, browser(), { replace });
  await chooseDay(page, "2023-06-01");
  await start(page);
  assert.equal((await heard(page, "zice:error")).length, 0);
  assert.equal((await heard(page, "zice:ready")).length, 1);
});

// docs/embedding.md tells administrators so.
test("new rules take the place of old ones without a new program, and a mixture of both is not used", async (t) => {
  const renewed = new Map();
  const opened = await open(t, browser(), { csp: STRICT, replace: async (path) => renewed.get(path) });
  const { page } = opened;
  const index = JSON.parse(await read(INDEX)), policy = JSON.parse(await read(POLICY_FILE));
  const entry = index.policies.find(({ file }) => file === POLICY_FILE);
  policy.digest = entry.digest = `sha256:${"0".repeat(64)}`;
  policy.criteria[0].title.zh = "新的条件";
  // A folder that is half replaced: the new policy under the old index.
  renewed.set(`policies/${POLICY_FILE}`, JSON.stringify(policy));
  await reloadEmpty(page);
  const begin = async () => {
    await page.waitForFunction(() => window.heard.some((one) => one.name === "zice:ready"));
    await chooseDay(page, "2023-06-01");
    await page.check("#zice-choose-tech-sme");
    await page.click(".zice-begin .zice-button");
  };
  await begin();
  await page.waitForFunction(() => window.heard.some((one) => one.name === "zice:error"));
  assert.equal((await heard(page, "zice:error"))[0].code, "policies");
  assert.match(await page.innerText("main [role=status].zice-error"), /^网站的规则已更新/);
  // The whole folder: the same program says what the new rules say.
  renewed.set(`policies/${INDEX}`, JSON.stringify(index));
  await reloadEmpty(page);
  await begin();
  await page.waitForSelector("#zice-name");
  const report = await goToReport(page);
  assert.equal(report.criteria[0].title, "新的条件");
  assert.equal(report.policy.digest, entry.digest);
});
