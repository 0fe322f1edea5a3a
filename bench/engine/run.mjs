// `cargo xtask bench engine`: prints the goals with what was reached, with
// --json all figures too, as one object. Details go to standard error. Folders
// and programs come from xtask/src/bench.rs.
import { availableParallelism, cpus, loadavg } from "node:os";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { say } from "./clock.mjs";
import { command } from "./command.mjs";
import { print } from "./goals.mjs";
import { measure } from "./measure.mjs";
import { peers } from "./peers.mjs";

const { values: said } = parseArgs({
  options: { json: { type: "boolean" }, "no-command": { type: "boolean" }, companies: { type: "string" }, "baseline-command": { type: "string" } },
});
const { ZICE_ENGINE, ZICE_BENCH, ZICE_BASELINE, ZICE_COMMAND, ZICE_MODULE_BYTES } = process.env;
const load = loadavg()[0];
say(`  the machine: ${cpus()[0].model}, ${availableParallelism()} processors, load ${load.toFixed(1)}, Node ${process.version}`);
const measured = {
  machine: { cpu: cpus()[0].model, processors: availableParallelism(), node: process.version, load },
  ...await measure({ engine: ZICE_ENGINE, bench: ZICE_BENCH, baseline: ZICE_BASELINE }),
  ...ZICE_COMMAND && command({ command: ZICE_COMMAND, baselineCommand: said["baseline-command"], count: Number(said.companies) || 130_000 }),
  peers: peers(),
  ...ZICE_MODULE_BYTES && { module_brotli: Number(ZICE_MODULE_BYTES) },
  baseline: basename(ZICE_BASELINE),
};
print(measured);
if (said.json) console.log(JSON.stringify(measured));
