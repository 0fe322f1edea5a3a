// Writes `.br` and `.gz` beside the files that are named, at their best, for
// servers that send what is prepared, and prints the sizes of the first.
const zlib = require('node:zlib'), fs = require('node:fs');
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
const sizes = process.argv.slice(2).map((file) => {
  const bytes = fs.readFileSync(file);
  const brotli = zlib.brotliCompressSync(bytes, {
    params: {
      [BROTLI_PARAM_QUALITY]: 11,
      [BROTLI_PARAM_LGWIN]: 24,
      [BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  fs.writeFileSync(`${file}.br`, brotli);
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(bytes, { level: 9 }));
  return brotli.length;
});
console.log(JSON.stringify(sizes));
