// Deflates the files that are named and prints them in base64, as a list.
const zlib = require('node:zlib'), fs = require('node:fs');
const deflated = process.argv.slice(2).map((file) => {
  const bytes = zlib.deflateRawSync(fs.readFileSync(file), { level: 9, memLevel: 9 });
  return bytes.toString('base64');
});
console.log(JSON.stringify(deflated));
