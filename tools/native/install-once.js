'use strict';

/** Folders that are either whole or not there at all, whoever asks for them at the same time. */
const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');

const root = path.resolve(__dirname, '..', '..');
/** Where everything goes that is fetched for this workspace; Git ignores it. */
const nativeFolder = path.join(root, '.native');
const POLL_MS = 200;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A lock whose owner died is removed. A lock without a number is being written just now. */
function dropIfStale(lockFile) {
  try {
    const pid = Number(fs.readFileSync(lockFile, 'utf8'));
    if (pid > 0 && !isAlive(pid)) fs.rmSync(lockFile, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function tryLock(lockFile) {
  try {
    fs.writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    dropIfStale(lockFile);
    return false;
  }
}

/** Fills a folder beside the target, then renames it: half an installation has another name. */
async function fill(target, install) {
  const draft = fs.mkdtempSync(`${target}.draft-`);
  try {
    await install(draft);
    fs.renameSync(draft, target);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Makes sure that `.native/<name>` is there and answers its path. `install(folder)` fills a folder
 * when it isn't; of several processes one installs while the others wait.
 */
async function installOnce(name, install) {
  const target = path.join(nativeFolder, name);
  const lockFile = `${target}.lock`;
  fs.mkdirSync(nativeFolder, { recursive: true });
  while (!fs.existsSync(target)) {
    if (!tryLock(lockFile)) {
      await delay(POLL_MS);
      continue;
    }
    try {
      if (!fs.existsSync(target)) await fill(target, install);
    } finally {
      fs.rmSync(lockFile, { force: true });
    }
  }
  return target;
}

module.exports = { installOnce, nativeFolder };
