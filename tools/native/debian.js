'use strict';

/** Packages of Debian and Ubuntu, unpacked into a folder instead of installed. */
const fs = require('node:fs');
const path = require('node:path');
const { findOnPath, run } = require('./exec.js');

const isRoot = () => process.getuid?.() === 0;

async function download(packages, folder) {
  const archives = path.join(folder, 'archives');
  fs.mkdirSync(archives);
  await run('apt-get', ['download', ...packages], { cwd: archives });
  return fs.readdirSync(archives).map((name) => path.join(archives, name));
}

/** A fresh container knows no package before its first update, which only root may do. */
async function downloadOrUpdate(packages, folder) {
  try {
    return await download(packages, folder);
  } catch (error) {
    if (!isRoot()) throw error;
    await run('apt-get', ['update']);
    fs.rmSync(path.join(folder, 'archives'), { recursive: true });
    return download(packages, folder);
  }
}

/** Fetches the packages and unpacks them into `folder`. Needs apt and dpkg, but not root. */
async function unpackPackages(packages, folder) {
  for (const tool of ['apt-get', 'dpkg-deb']) {
    if (!findOnPath(tool)) throw new Error(`there is no ${packages[0]}, and no ${tool} to get it`);
  }
  console.error(`Fetching ${packages.join(', ')} with apt-get ...`);
  for (const archive of await downloadOrUpdate(packages, folder)) {
    await run('dpkg-deb', ['-x', archive, folder]);
  }
  fs.rmSync(path.join(folder, 'archives'), { recursive: true });
}

/** For packages that start no service. @throws Error when this isn't root. */
async function installPackages(packages) {
  if (!isRoot()) throw new Error(`only root may install ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env });
}

module.exports = { installPackages, unpackPackages };
