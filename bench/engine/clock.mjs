// Measuring on a machine that does other things too.

/** Milliseconds this process had a processor, which others cannot lengthen. */
const clock = () => process.cpuUsage().user / 1000;
const SAMPLE = 30;

/**
 * Runs jobs in turns and gives the milliseconds of one round of each, of
 * several samples the least: whatever else the machine does only makes it
 * slower. A job is told how many rounds to do.
 */
export function inTurns(jobs, samples = 15) {
  const ready = Object.entries(jobs).map(([name, job]) => {
    // The compilers that make code quick run beside it: first until they are done.
    for (const begun = performance.now(); performance.now() - begun < 120;) job(1);
    let times = 1;
    for (;;) {
      const begun = clock();
      job(times);
      const took = clock() - begun;
      if (took >= SAMPLE) break;
      times = Math.max(times + 1, Math.min(times * 10, Math.ceil((times * SAMPLE * 1.2) / Math.max(took, 0.5))));
    }
    return { name, job, times, least: Infinity };
  });
  for (let sample = 0; sample < samples; sample++) {
    for (const one of ready) {
      const begun = clock();
      one.job(one.times);
      one.least = Math.min(one.least, (clock() - begun) / one.times);
    }
  }
  return Object.fromEntries(ready.map(({ name, least }) => [name, least]));
}

/** Details, for whoever watches; figures go to standard output. */
export const say = (text) => process.stderr.write(`${text}\n`);
