'use strict';

/**
 * Builds the Nx project graph, then lints. The order matters: without a cached graph the
 * module-boundary rule skips itself in silence.
 */
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const env = { ...process.env, NX_DAEMON: 'false' };

function runBin(bin, args, stdio) {
  const file = path.join(root, 'node_modules', bin);
  return spawnSync(process.execPath, [file, ...args], { cwd: root, env, stdio }).status ?? 1;
}

const graphStatus = runBin('nx/dist/bin/nx.js', ['show', 'projects'], ['ignore', 'ignore', 2]);
if (graphStatus !== 0) process.exit(graphStatus);
const targets = process.argv.length > 2 ? process.argv.slice(2) : ['.'];
process.exit(runBin('eslint/bin/eslint.js', ['--max-warnings', '0', ...targets], 'inherit'));
