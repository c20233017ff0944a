'use strict';

/** What CI runs: every check in turn, all of them even when an early one fails. */
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const testResult = path.join(root, 'dist', 'test-result.json');

const steps = [
  { name: 'tidy', command: ['tools/tidy.js'] },
  { name: 'format', command: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  { name: 'lint', command: ['tools/lint.js'] },
  {
    name: 'typecheck',
    command: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  },
  { name: 'test', command: ['tools/run.js', 'test', '--json', `--outputFile=${testResult}`] },
];

function runStep({ name, command }) {
  console.log(`\n== ${name}`);
  const startedAt = Date.now();
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  console.log(`== ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${Date.now() - startedAt} ms`);
  return status === 0;
}

/** Never count the tests of an earlier run. */
fs.mkdirSync(path.dirname(testResult), { recursive: true });
fs.rmSync(testResult, { force: true });
const failed = steps.filter((step) => !runStep(step)).map((step) => step.name);
console.log(failed.length === 0 ? '\ncheck: ok' : `\ncheck: FAILED (${failed.join(', ')})`);
process.exitCode = failed.length === 0 ? 0 : 1;
