'use strict';

/** Writes docs/api: what the command logs carry, for producers that have nothing of our code. */
const fs = require('node:fs');
const path = require('node:path');
const { asyncApi } = require('./asyncapi.js');

const root = path.resolve(__dirname, '..');
const folder = path.join(root, 'docs', 'api');

/** Every document by its file name, from the code that reads and writes what it describes. */
function apiDocs(contracts, topics) {
  const { billingProtocol: billing, messagingProtocol: messaging } = contracts;
  return {
    'command.schema.json': billing.commandSchema,
    'reply.schema.json': billing.replySchema,
    'messaging-command.schema.json': messaging.commandSchema,
    'messaging-reply.schema.json': messaging.replySchema,
    'asyncapi.json': asyncApi(contracts, topics),
  };
}

/** Laid out as the checked-in file must be. */
async function inText(file, document) {
  const prettier = require('prettier');
  const options = await prettier.resolveConfig(file);
  return prettier.format(JSON.stringify(document), { ...options, filepath: file });
}

async function main() {
  await require('./build.js').build();
  const contracts = require('../dist/libs/contracts/src');
  const topics = require('../dist/libs/adapters/kafka/src/ensure-topics');
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, document] of Object.entries(apiDocs(contracts, topics))) {
    const file = path.join(folder, name);
    fs.writeFileSync(file, await inText(file, document));
  }
}

module.exports = { apiDocs, folder };

if (require.main === module) void main();
