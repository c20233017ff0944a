'use strict';

/**
 * The corrections of dependencies in `patches`. npm applies them after an install (postinstall),
 * and forgets them when a patch comes later; a stamp beside the packages says which ones they have.
 * Uses nothing but Node, apart from patch-package itself.
 */
const { spawnSync } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const stampOf = (root) => path.join(root, 'node_modules', '.tollgate-patches');

/** Of every patch, its name and its content. */
function fingerprint(root) {
  const folder = path.join(root, 'patches');
  const hash = crypto.createHash('sha256');
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
  for (const name of names)
    hash.update(`${name}\0`).update(fs.readFileSync(path.join(folder, name)));
  return hash.digest('hex');
}

/** Whether the installed packages are known to have the patches as they are now. */
function arePatchesApplied(root) {
  try {
    return fs.readFileSync(stampOf(root), 'utf8') === fingerprint(root);
  } catch {
    return false;
  }
}

/** Says that the installed packages have the patches as they are now. */
function stampPatches(root) {
  fs.writeFileSync(stampOf(root), fingerprint(root));
}

/**
 * Applies the patches that the packages don't have yet. False when one doesn't fit, as after a
 * change to a patch whose older form is applied: only a fresh install helps then.
 */
function applyPatches(root) {
  const program = path.join(root, 'node_modules', 'patch-package', 'index.js');
  const args = [program, '--error-on-fail'];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
  if (status === 0) stampPatches(root);
  return status === 0;
}

module.exports = { applyPatches, arePatchesApplied, stampPatches };
