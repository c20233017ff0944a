'use strict';

/**
 * Redis without Docker: the machine's own redis-server, else one unpacked from the packages of
 * Debian or Ubuntu. `node tools/native/redis.js` only makes sure that it is there.
 */
const fs = require('node:fs');
const path = require('node:path');
const { findOnPath, isProgram, run } = require('./exec.js');
const { installOnce } = require('./install-once.js');
const { installPackages, unpackPackages } = require('./debian.js');

/** The server, and those of its shared libraries that a small system doesn't have. */
const packages = ['redis-server', 'redis-tools', 'liblzf1', 'libjemalloc2', 'libatomic1'];

/** Shared libraries lie in a folder named after the architecture. */
function libraryPath(folder) {
  const libraries = ['usr/lib', 'lib'].map((name) => path.join(folder, name));
  const found = libraries.filter((name) => fs.existsSync(name));
  const nested = found.flatMap((name) =>
    fs
      .readdirSync(name, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(name, entry.name)),
  );
  return [...nested, ...found].join(path.delimiter);
}

function unpackedRedis(folder) {
  const command = path.join(folder, 'usr', 'bin', 'redis-server');
  return { command, env: { LD_LIBRARY_PATH: libraryPath(folder) } };
}

async function checkStarts({ command, env }) {
  await run(command, ['--version'], { env: { ...process.env, ...env } });
}

/**
 * Unpacking leaves the machine alone: nothing is registered, no service starts. Where more shared
 * libraries are missing, redis-tools brings them: it depends on what the server depends on.
 */
async function unpackRedis(folder) {
  await unpackPackages(packages, folder);
  try {
    await checkStarts(unpackedRedis(folder));
  } catch {
    await installPackages(['redis-tools']);
    await checkStarts(unpackedRedis(folder));
  }
}

function installedRedis() {
  const named = process.env.TOLLGATE_REDIS_SERVER;
  if (named && !isProgram(named)) throw new Error(`TOLLGATE_REDIS_SERVER: no program at ${named}`);
  return named || findOnPath('redis-server');
}

/**
 * Resolves with the program and the environment that it needs.
 * @returns {Promise<{ command: string, env: Record<string, string> }>}
 */
async function ensureRedis() {
  const installed = installedRedis();
  if (installed) return { command: installed, env: {} };
  return unpackedRedis(await installOnce('redis', unpackRedis));
}

/**
 * How to start a Redis on the loopback interface that keeps its files in `folder`. `appendonly` is
 * yes or no, `appendfsync` is always, everysec or no.
 * @returns {Promise<{ command: string, args: string[], env: Record<string, string> }>}
 */
async function prepareRedis({ folder, port, appendonly = 'yes', appendfsync = 'everysec' }) {
  const redis = await ensureRedis();
  fs.mkdirSync(folder, { recursive: true });
  const settings = {
    ...{ bind: '127.0.0.1', port, dir: folder, daemonize: 'no', loglevel: 'warning' },
    // Snapshots would be a second, older copy of what the append-only file holds.
    ...{ appendonly, appendfsync, save: '' },
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return { ...redis, args };
}

module.exports = { ensureRedis, prepareRedis };

if (require.main === module) {
  ensureRedis().then(
    ({ command }) => console.log(command),
    (error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
