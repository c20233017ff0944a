'use strict';

/** What CI runs: every check, all of them even when another one fails. */
const { spawn } = require('node:child_process');
const { Buffer } = require('node:buffer');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const testResult = path.join(root, 'dist', 'test-result.json');

/** These only read, so that they can share the cores; what they write comes when they end. */
const reading = [
  { name: 'tidy', command: ['tools/tidy.js'] },
  { name: 'format', command: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  { name: 'lint', command: ['tools/lint.js'] },
  {
    name: 'typecheck',
    command: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  },
];
const test = {
  name: 'test',
  command: ['tools/run.js', 'test', '--json', `--outputFile=${testResult}`],
};

/** Resolves to the name of a step that failed, to undefined for one that did not. */
function runStep({ name, command }, stdio) {
  const startedAt = Date.now();
  const written = [];
  const child = spawn(process.execPath, command, { cwd: root, stdio });
  child.stdout?.on('data', (chunk) => written.push(chunk));
  child.stderr?.on('data', (chunk) => written.push(chunk));
  return new Promise((resolve) => {
    child.on('close', (status) => {
      console.log(`\n== ${name}\n${Buffer.concat(written).toString().trimEnd()}`);
      console.log(`== ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${Date.now() - startedAt} ms`);
      resolve(status === 0 ? undefined : name);
    });
  });
}

async function check() {
  const read = await Promise.all(reading.map((step) => runStep(step, 'pipe')));
  const failed = [...read, await runStep(test, 'inherit')].filter((name) => name !== undefined);
  console.log(failed.length === 0 ? '\ncheck: ok' : `\ncheck: FAILED (${failed.join(', ')})`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/** Never count the tests of an earlier run. */
fs.mkdirSync(path.dirname(testResult), { recursive: true });
fs.rmSync(testResult, { force: true });
void check();
