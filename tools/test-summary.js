'use strict';

/** Prints `N passed, M failed` from Jest's result of the last `npm run check`; fails on 0 tests. */
const fs = require('node:fs');
const path = require('node:path');

const file = path.resolve(__dirname, '..', 'dist', 'test-result.json');

function readResult() {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`no test result: ${error.message}`, { cause: error });
  }
}

function summarise() {
  const result = readResult();
  const passed = result.numPassedTests;
  /** A suite that could not even load has no failed tests of its own. */
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const skipped = result.numPendingTests + result.numPendingTestSuites;
  if (skipped > 0) throw new Error(`${skipped} test(s) or suite(s) were skipped`);
  if (passed + failed === 0) throw new Error('no tests ran');
  console.log(`${passed} passed, ${failed} failed`);
  return result.success && failed === 0;
}

try {
  process.exitCode = summarise() ? 0 : 1;
} catch (error) {
  console.error(`test-summary: ${error.message}`);
  process.exitCode = 1;
}
