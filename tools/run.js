'use strict';

/**
 * node tools/run.js <program> [arguments]: installs and builds what is out of date, then runs the
 * program. Works on a fresh clone, so it may load nothing outside Node before the install.
 */
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { programs: bundled } = require('./bundle.js');
const { ensureInstalled } = require('./install.js');

const root = path.resolve(__dirname, '..');
const programs = {
  ...Object.fromEntries(bundled.map((app) => [app, `dist/programs/${app}.js`])),
  bench: 'dist/apps/bench/src/main.js',
  test: 'node_modules/jest/bin/jest.js',
};
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** Nest 12 is ES modules loaded by require(), which Node 20 calls experimental. */
const nodeFlags = ['--enable-source-maps', '--disable-warning=ExperimentalWarning'];

/** Installs and builds; returns the path of the program's entry file. */
async function prepare(name) {
  ensureInstalled();
  await require('./build.js').build();
  const entry = path.join(root, programs[name]);
  if (!fs.existsSync(entry)) throw new Error(`${programs[name]} does not exist after the build`);
  return entry;
}

/**
 * npm runs scripts through a shell, and a shell that is told to end does so without telling its
 * child. When it is gone, nobody else will ever stop the program.
 */
function onShellGone(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    stop();
  }, 250);
  timer.unref();
}

/** Runs node on `entry`, passes signals on, resolves with the exit code. */
function runNode(entry, args) {
  const child = spawn(process.execPath, [...nodeFlags, entry, ...args], { stdio: 'inherit' });
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  onShellGone(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + os.constants.signals[signal]));
  });
}

async function run(name, args) {
  if (name === 'install') return ensureInstalled();
  if (!Object.hasOwn(programs, name)) {
    throw new Error(`unknown program "${name}"; known: ${Object.keys(programs).join(', ')}`);
  }
  process.exitCode = await runNode(await prepare(name), args);
}

function main(name, args) {
  run(name, args).catch((error) => {
    console.error(`tollgate: ${error.message}`);
    process.exitCode = 1;
  });
}

module.exports = { main };

if (require.main === module) main(process.argv[2] ?? '', process.argv.slice(3));
