'use strict';

/**
 * node rewrite-log.js <data folder> <file>: changes the log as somebody would who has the files,
 * the program and no scruples. The file is JSON: `put` are appends to write over what is there,
 * `drop` those to take out, from the index of their stream too when `isUnlisted`.
 */
const fs = require('node:fs');
const path = require('node:path');

const embedded = path.resolve(__dirname, '../../../dist/libs/adapters/embedded/src');
const { AppendStore } = require(path.join(embedded, 'append-store.js'));
const { openEnvironment } = require(path.join(embedded, 'lmdb-environment.js'));

async function main(folder, file) {
  const { put, drop } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const environment = openEnvironment(folder, 'log', 'durable');
  const store = new AppendStore(environment);
  await store.write(put);
  for (const { position, stream, firstRevision, isUnlisted } of drop) {
    await store.appends.remove(position);
    if (isUnlisted) await store.streams.remove([stream, firstRevision]);
  }
  await environment.close();
}

main(process.argv[2], process.argv[3]).catch((fault) => {
  console.error(fault);
  process.exitCode = 1;
});
