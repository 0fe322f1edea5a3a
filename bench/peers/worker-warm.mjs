// One peer, one process: agreement with the exact reference on all 10,000, then warm throughput.
import { generate } from './data.mjs'
import { score as truth } from './peers/exact.mjs'
const id = process.argv[2]
const SECONDS = Number(process.env.SECONDS ?? 1), WINDOWS = Number(process.env.WINDOWS ?? 5)
const data = generate(10000, 42)
const mod = await import(`./peers/${id}.mjs`)
const f = await mod.make()
const plain = (await import('./peers/plain.mjs')).score
const same = (a, b) => a.personnel === b.personnel && a.rd === b.rd && a.ip === b.ip && a.total === b.total && a.qualified === b.qualified
let vsExact = 0, vsPlain = 0, verdict = 0
const samples = []
for (const { input } of data) {
  const got = await f(input), ex = truth(input), pl = plain(input)
  if (!same(got, ex)) { vsExact++; if (got.qualified !== ex.qualified) verdict++; if (samples.length < 3) samples.push({ rd: input.rd, revenue: input.revenue, costs: input.costs, got, exact: ex }) }
  if (!same(got, pl)) vsPlain++
}
const rates = [], cpuRates = []
const cpu = () => process.cpuUsage().user / 1e6
let sink = 0, i = 0
for (let w = 0; w < WINDOWS; w++) {
  const t0 = performance.now(), c0 = cpu(); let n = 0
  if (mod.async) {
    while (performance.now() - t0 < SECONDS * 1000) { for (let k = 0; k < 50; k++) { sink += (await f(data[i++ % 10000].input)).total; n++ } }
  } else {
    const batch = id.startsWith('plain') || id === 'exact' ? 10000 : 50
    while (performance.now() - t0 < SECONDS * 1000) { for (let k = 0; k < batch; k++) { sink += f(data[i++ % 10000].input).total; n++ } }
  }
  rates.push(n / ((performance.now() - t0) / 1000))
  // Time this process had a processor; of one that waits for threads of its own, time on the wall.
  cpuRates.push(mod.async ? rates.at(-1) : n / (cpu() - c0))
}
let concurrent
if (mod.async) {
  const t0 = performance.now(); let n = 0
  while (performance.now() - t0 < SECONDS * 2000) {
    const r = await Promise.all(Array.from({ length: 64 }, () => f(data[i++ % 10000].input))); n += r.length
  }
  concurrent = n / ((performance.now() - t0) / 1000)
}
rates.sort((a, b) => a - b)
console.log(JSON.stringify({ id, name: mod.name, median: rates[rates.length >> 1], min: rates[0], max: rates.at(-1), cpu: Math.max(...cpuRates), concurrent, vsExact, verdict, vsPlain, samples, rssMiB: process.memoryUsage().rss / 2 ** 20, sink }))
process.exit(0)
