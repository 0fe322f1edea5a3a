// Runs a wasm's `copy` beside the instruction it stands for: every length with
// every alignment of both sides, from far before what is read to far behind it;
// then a long one, and the memory's ends.
(async () => {
  const bytes = require('node:fs').readFileSync(process.argv[2]);
  const { copy, memory } = (await WebAssembly.instantiate(bytes, {})).instance.exports;
  const real = new Uint8Array(memory.buffer);
  const fresh = Uint8Array.from({ length: real.length }, (_, at) => (at * 167 + (at >> 8) * 13) & 255);
  let [cases, wrong] = [0, []];
  const compare = (to, from, size) => {
    const [start, end] = [Math.max(Math.min(to, from) - 16, 0), Math.max(to, from) + size + 16];
    real.set(fresh.subarray(start, end), start);
    const expected = fresh.slice(start, end);
    expected.copyWithin(to - start, from - start, from - start + size);
    copy(to, from, size);
    cases += 1;
    if (Buffer.compare(real.subarray(start, end), expected)) wrong.push([to, from, size]);
  };
  for (let size = 0; size <= 40; size++)
    for (let from = 1024; from < 1032; from++)
      for (let to = from - 56; to <= from + 56; to++) compare(to, from, size);
  for (const away of [-1001, -9, -8, -7, -1, 0, 1, 7, 8, 9, 1001]) compare(4096 + away, 4096, 1000);
  const last = real.length;
  for (const size of [0, 1, 7, 8, 9, 39]) {
    for (const other of [0, 1, 8, 20]) { compare(0, other, size); compare(other, 0, size); }
    for (const other of [1, 8, 20]) {
      compare(last - size, last - size - other, size);
      compare(last - size - other, last - size, size);
    }
  }
  let traps = 0;
  for (const [to, from] of [[last - 8, 0], [0, last - 8], [last - 8, last - 12], [last - 12, last - 8]])
    try { copy(to, from, 13); } catch (error) { traps += error instanceof WebAssembly.RuntimeError; }
  console.log(cases, wrong.length, JSON.stringify(wrong.slice(0, 3)), traps);
})();
