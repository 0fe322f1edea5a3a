// The peers on the same companies, one process each; see bench/peers.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { say } from "./clock.mjs";

const HOME = fileURLToPath(new URL("../peers/", import.meta.url));
// Each with the package that its version is that of. The WASI build of zen is
// left out: it takes a gigabyte and every processor there is.
export const PEERS = [
  ["exact", null], ["plain", null], ["publicodes", "publicodes"], ["surveyjs", "survey-core"], ["surveyjs-runner", "survey-core"],
  ["jsonlogic", "json-logic-js"], ["jsonlogic-engine", "json-logic-engine"], ["zen-native", "@gorules/zen-engine"], ["zen-wasm", "@gorules/zen-engine-wasm"],
];

const version = (name) => (name ? JSON.parse(readFileSync(join(HOME, "node_modules", name, "package.json"), "utf8")).version : null);

function one([id, name]) {
  const ran = spawnSync(process.execPath, ["--no-warnings", "worker-warm.mjs", id], { cwd: HOME, encoding: "utf8", env: { ...process.env, SECONDS: "0.4", WINDOWS: "5" } });
  if (ran.status !== 0) throw new Error(`${id}: ${ran.stderr.slice(-400)}`);
  const found = JSON.parse(ran.stdout.trim().split("\n").at(-1));
  say(`  ${found.name}: ${Math.round(found.cpu)} a second`);
  return { id, name: found.name, version: version(name), rate: found.cpu, wrong: found.vsExact, wrong_verdict: found.verdict };
}

/** The rate of each, and how often it is wrong. */
export const peers = () => PEERS.map(one);
