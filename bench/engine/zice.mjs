// Engines as wasm: ours as zice.mjs has it, that of the baseline, and the one
// of the benchmark that can also change a fact.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliDecompressSync } from "node:zlib";

const read = async (path) => {
  const bytes = await readFile(path);
  return path.endsWith(".br") ? brotliDecompressSync(bytes) : bytes;
};
const text = async (path) => (await read(path)).toString();

async function glue(folder, wasm) {
  const module = await import(pathToFileURL(join(folder, "engine.mjs")));
  await module.default({ module_or_path: await read(join(folder, wasm)) });
  return module;
}

/** What zice.mjs calls, with policies. */
export async function ours(folder, policies) {
  const module = await glue(folder, "engine.wasm");
  const file = (name) => text(join(folder, "policies", name));
  const engine = new module.Engine(await file("facts.json"), await file("index.json"));
  for (const policy of policies) engine.add(await file(`${policy}.json`));
  return { ...module, engine };
}

/** The engine of the commit that the ratios begin at. */
export async function baseline(folder) {
  const { Engine } = await glue(folder, "engine.wasm.br");
  const { facts, index, policy } = JSON.parse(await text(join(folder, "rules.json.br")));
  const engine = new Engine(facts, index);
  engine.add(policy);
  return engine;
}

/** Assesses and changes one company at a time. */
export async function bench(folder, rules) {
  const { Bench } = await glue(folder, "engine.wasm");
  const file = (name) => text(join(rules, "policies", name));
  const facts = await file("facts.json");
  const policies = new Map();
  return async (policy, company) => {
    if (!policies.has(policy)) policies.set(policy, await file(`${policy}.json`));
    const made = Bench.read(facts, policies.get(policy), company);
    if (!made) throw new Error(`${policy}: a company that can't be read`);
    return made;
  };
}
