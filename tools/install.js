'use strict';

/** Makes node_modules match package-lock.json. Uses nothing but Node: it runs before any install. */
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { applyPatches, arePatchesApplied, stampPatches } = require('./patches.js');

const root = path.resolve(__dirname, '..');

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** npm writes node_modules/.package-lock.json last, so a broken install has none. */
function hasEveryPackage() {
  const wanted = readPackages('package-lock.json');
  const installed = readPackages('node_modules/.package-lock.json');
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([name, entry]) => {
    if (name === '') return true;
    const found = installed[name];
    return found ? found.version === entry.version : Boolean(entry.optional);
  });
}

/** An install may be older than a patch; then the patch is applied without another install. */
function isCurrent() {
  return hasEveryPackage() && (arePatchesApplied(root) || applyPatches(root));
}

/** Throws when npm fails. What npm prints goes to stderr, to keep stdout for the program itself. */
function ensureInstalled() {
  if (isCurrent()) return;
  console.error('Installing dependencies (npm ci) ...');
  const stdio = ['ignore', 2, 2];
  const npm = process.env.npm_execpath;
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, 'ci'], { cwd: root, stdio })
    : spawnSync('npm', ['ci'], { cwd: root, stdio, shell: process.platform === 'win32' });
  if (result.status !== 0) throw new Error('npm ci failed; see its output above');
  stampPatches(root);
}

module.exports = { ensureInstalled };
