'use strict';

const { TestEnvironment } = require('jest-environment-node');

const LMDB_ADDON = /[\\/]lmdb[^\\/]*[\\/][^\\/]*\.node$/;

/**
 * Lets several spec files of one Jest worker use lmdb. Its native part is loaded once a process
 * and keeps the first `open` it was given, a function of a file whose sandbox is gone by now.
 */
module.exports = class LmdbTestEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const [file, module] of Object.entries(require.cache)) {
      if (LMDB_ADDON.test(file)) delete module.exports.open;
    }
  }
};
