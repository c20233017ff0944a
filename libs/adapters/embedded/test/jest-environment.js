'use strict';

const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

const LMDB_ADDON = /[\\/]lmdb[^\\/]*[\\/][^\\/]*\.node$/;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/**
 * Lets several spec files of one Jest worker use lmdb. Its native part is loaded once a process
 * and keeps the first `open` it was given, a function of a file whose sandbox is gone by now.
 *
 * Also sweeps up after each file. Left to itself a worker grows to two gigabytes of modules that
 * nobody uses, and what runs late takes ten times as long.
 */
module.exports = class LmdbTestEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const [file, module] of Object.entries(require.cache)) {
      if (LMDB_ADDON.test(file)) delete module.exports.open;
    }
  }

  async teardown() {
    await super.teardown();
    collectGarbage();
  }
};
