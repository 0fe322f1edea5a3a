// `cargo xtask bench engine`. Figures go to standard output as one JSON object,
// details to standard error. Folders and programs come from xtask/src/bench.
import { availableParallelism, cpus, loadavg } from "node:os";
import { say } from "./clock.mjs";
import { command } from "./command.mjs";
import { measure } from "./measure.mjs";
import { peers } from "./peers.mjs";

const { ZICE_ENGINE, ZICE_BENCH, ZICE_BASELINE, ZICE_COMMAND, ZICE_BASELINE_COMMAND, ZICE_COMPANIES } = process.env;
const load = loadavg()[0];
say(`  the machine: ${cpus()[0].model}, ${availableParallelism()} processors, load ${load.toFixed(1)}, Node ${process.version}`);
const measured = {
  machine: { cpu: cpus()[0].model, processors: availableParallelism(), node: process.version, load },
  ...await measure({ engine: ZICE_ENGINE, bench: ZICE_BENCH, baseline: ZICE_BASELINE }),
  ...ZICE_COMMAND && command({ command: ZICE_COMMAND, baselineCommand: ZICE_BASELINE_COMMAND, count: Number(ZICE_COMPANIES) || 130_000 }),
  peers: peers(),
};
console.log(JSON.stringify(measured));
