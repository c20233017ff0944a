'use strict';

/**
 * Compiles apps and libs to dist/, a mirror of the source tree, and bundles the programs. Only what
 * changed since the last build is compiled again; with nothing to do it costs one stat per file.
 */
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { areBundled, bundle } = require('./bundle.js');

const root = path.resolve(__dirname, '..');
const dist = path.join(root, 'dist');
const stampFile = path.join(dist, '.build-stamp.json');
const sourceFolders = ['apps', 'libs'];

const configuration = [
  'package-lock.json',
  'tools/build.js',
  'tools/bundle.js',
  'tools/swc.config.js',
  'tsconfig.base.json',
];

/** Everything besides the sources that decides what comes out. */
function configurationKey() {
  const hash = crypto.createHash('sha256');
  for (const file of configuration) {
    hash.update(fs.readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}

function isSource(file) {
  if (!file.split(path.sep).includes('src')) return false;
  if (file.endsWith('.json')) return true;
  return file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.endsWith('.d.ts');
}

function listSources() {
  const found = {};
  for (const folder of sourceFolders.filter((name) => fs.existsSync(path.join(root, name)))) {
    const entries = fs.readdirSync(path.join(root, folder), { recursive: true });
    for (const file of entries.map((entry) => path.join(folder, entry)).filter(isSource)) {
      const stat = fs.statSync(path.join(root, file));
      found[file] = `${stat.mtimeMs}:${stat.size}`;
    }
  }
  return found;
}

function readStamp() {
  try {
    return JSON.parse(fs.readFileSync(stampFile, 'utf8'));
  } catch {
    return { key: '', files: {} };
  }
}

function outputOf(file) {
  return path.join(dist, file.replace(/\.ts$/, '.js'));
}

/** Rename is atomic, so a process started meanwhile never loads half a file. */
function writeWhole(file, content) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(temporary, content);
  fs.renameSync(temporary, file);
}

async function compile(file) {
  const source = path.join(root, file);
  const output = outputOf(file);
  if (file.endsWith('.json')) {
    writeWhole(output, fs.readFileSync(source));
    return;
  }
  const swc = require('@swc/core');
  const options = require('./swc.config.js');
  const { code, map } = await swc.transformFile(source, { ...options, filename: source });
  const mapping = JSON.parse(map);
  mapping.sources = [path.relative(path.dirname(output), source).split(path.sep).join('/')];
  writeWhole(`${output}.map`, JSON.stringify(mapping));
  writeWhole(output, `${code}\n//# sourceMappingURL=${path.basename(output)}.map\n`);
}

function removeOutput(file) {
  fs.rmSync(outputOf(file), { force: true });
  fs.rmSync(`${outputOf(file)}.map`, { force: true });
}

/** Returns how many files were compiled. */
async function build() {
  const key = configurationKey();
  const before = readStamp();
  const files = listSources();
  const sameSetUp = before.key === key;
  const stale = Object.keys(files).filter(
    (file) => !sameSetUp || before.files[file] !== files[file] || !fs.existsSync(outputOf(file)),
  );
  const gone = Object.keys(before.files).filter((file) => !(file in files));
  if (stale.length === 0 && gone.length === 0 && areBundled()) return 0;
  await Promise.all(stale.map(compile));
  gone.forEach(removeOutput);
  for (const { path: file, contents } of await bundle()) writeWhole(file, contents);
  writeWhole(stampFile, JSON.stringify({ key, files }));
  return stale.length;
}

module.exports = { build };

if (require.main === module) {
  build().then(
    (count) => console.error(`build: ${count} file(s) compiled`),
    (error) => {
      console.error(`build: ${error.message}`);
      process.exitCode = 1;
    },
  );
}
