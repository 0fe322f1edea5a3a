// The command on many companies: rows against full reports.
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say } from "./clock.mjs";
import { companies } from "./companies.mjs";

const TURNS = 3;

/** Seconds, by the clock on the wall: threads are part of it. */
function once(command, args, file) {
  const null_ = openSync("/dev/null", "w");
  const begun = performance.now();
  const ran = spawnSync(command, ["assess", "-p", "tech-sme", ...args, file], { stdio: ["ignore", null_, "pipe"] });
  closeSync(null_);
  if (ran.status !== 0) throw new Error(`${command}: ${ran.stderr}`);
  return (performance.now() - begun) / 1000;
}

/** Companies a second of rows and of reports, and of the baseline's reports where there is its command. */
export function command({ command: now, baselineCommand: then, count }) {
  const folder = mkdtempSync(join(tmpdir(), "zice-bench-"));
  try {
    const made = companies(10_000).map(({ text }) => `${text}\n`);
    const file = (name, many) => {
      const path = join(folder, name);
      writeFileSync(path, Array.from({ length: many }, (_, at) => made[at % made.length]).join(""));
      return path;
    };
    const few = Math.min(count, 10_000);
    const [many, some] = [file("many.jsonl", count), file("some.jsonl", few)];
    const least = { brief: Infinity, full: Infinity, full_one: Infinity, then: Infinity };
    const turn = (name, many_, ...given) => { least[name] = Math.min(least[name], once(...given) / many_); };
    for (let round = 0; round < TURNS; round++) {
      turn("brief", count, now, ["--brief", "--jsonl", "--threads", "2"], many);
      turn("full", few, now, ["--jsonl", "--threads", "2"], some);
      turn("full_one", few, now, ["--jsonl", "--threads", "1"], some);
      if (then) turn("then", few, then, ["--jsonl"], some);
    }
    say(`  zice assess, a company: ${Object.entries(least).map(([name, s]) => `${name} ${(s * 1e6).toFixed(1)} µs`).join(", ")}`);
    return {
      brief_vs_full: least.full / least.brief,
      brief_per_second: 1 / least.brief,
      ...(then ? { brief_vs_baseline_full: least.then / least.brief, full_vs_baseline_full: least.then / least.full_one } : {}),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
