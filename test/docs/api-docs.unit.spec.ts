import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as topics from '@tollgate/adapter-kafka';
import * as contracts from '@tollgate/contracts';
import Ajv from 'ajv';
import {
  jsonFilesIn,
  refsIn,
  resolve,
  type AsyncApi,
  type Json,
  type Message,
} from './support/asyncapi';

interface ApiDocsTool {
  readonly folder: string;
  apiDocs(from: typeof contracts, by: typeof topics): Readonly<Record<string, object>>;
}

const { apiDocs, folder } = jest.requireActual<ApiDocsTool>('../../tools/api-docs.js');
const files = jsonFilesIn(folder);
const document = files['asyncapi.json'] as unknown as AsyncApi;
const { channels, operations } = document;
const { components } = document;
const messages = Object.entries(components.messages);
const { billingProtocol, messagingProtocol } = contracts;

/** Each command log, with what the document tells of its records. */
const logs = [
  {
    protocol: billingProtocol,
    command: components.messages.command,
    deadLetter: components.messages.deadLetter,
  },
  {
    protocol: messagingProtocol,
    command: components.messages.messagingCommand,
    deadLetter: components.messages.messagingDeadLetter,
  },
] as const;

const ajv = new Ajv({ strict: false, allErrors: true, schemas: files as Record<string, object> });

/** What breaks a schema, which may be a reference to another file. */
function problemsOf(schema: Json, value: unknown): string[] {
  const { $ref } = schema as { readonly $ref?: string };
  const validate = ajv.compile($ref === undefined ? schema : { $ref: path.basename($ref) });
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const at = (ref: { readonly $ref: string }): unknown => resolve(ref.$ref, document, files);

describe('the documents of the command logs', () => {
  it('are those that the code gives: `npm run api-docs` writes them', () => {
    expect(files).toEqual(JSON.parse(JSON.stringify(apiDocs(contracts, topics))));
  });

  const schemas = Object.keys(files).filter((name) => name.endsWith('.schema.json'));

  it.each(schemas)('hold a JSON Schema: %s', (name) => {
    expect(ajv.validateSchema(files[name] as object)).toBe(true);
  });

  it('are linked from the page for producers', () => {
    const page = readFileSync(path.join(folder, '../internal-producers.md'), 'utf8');
    for (const name of Object.keys(files)) expect(page).toContain(`(api/${name})`);
  });
});

describe('the AsyncAPI document', () => {
  it('has nothing behind a reference missing', () => {
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(10);
    for (const ref of refs) expect([ref, resolve(ref, document, files)]).not.toContain(undefined);
  });

  it('names the topics of this release', () => {
    const addresses = Object.values(channels).map(({ address }) => address);
    expect(addresses).toEqual([
      ...logs.flatMap(({ protocol }) => [protocol.topic, protocol.deadLetterTopic]),
      contracts.replyTopic('{instance}'),
      null,
    ]);
  });

  it('tells for the channel without an address which header names its topic', () => {
    const unnamed = Object.values(channels).filter(({ address }) => address === null);
    const replies = Object.values(operations).flatMap(({ reply }) => reply ?? []);
    expect(replies).toHaveLength(logs.length);
    for (const { channel, address } of replies) {
      expect([at(channel)]).toEqual(unnamed);
      expect(address.location).toBe(`$message.header#/${contracts.REPLY_TO}`);
    }
  });

  it('explains each parameter of an address, and no other', () => {
    for (const { address, parameters = {} } of Object.values(channels)) {
      const named = [...(address ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(parameters)).toEqual(named);
    }
  });

  it('has operations on messages of their own channels', () => {
    for (const { action, channel, messages: used, reply } of Object.values(operations)) {
      expect(['send', 'receive']).toContain(action);
      for (const { $ref } of used) expect($ref.startsWith(`${channel.$ref}/messages/`)).toBe(true);
      for (const { $ref } of reply?.messages ?? []) {
        expect($ref.startsWith(`${reply!.channel.$ref}/messages/`)).toBe(true);
      }
    }
  });

  it('knows every header', () => {
    const known = messages.flatMap(([, { headers }]) => Object.keys(headers.properties));
    expect(new Set(known)).toEqual(
      new Set([
        contracts.REPLY_TO,
        contracts.CORRELATION_ID,
        contracts.EXPIRES_AT,
        contracts.DEAD_LETTER_REASON,
        contracts.DEAD_LETTER_SOURCE,
      ]),
    );
  });

  it.each(logs)('has the key of a command: $protocol.keyName', ({ protocol, command }) => {
    const { key } = command.bindings.kafka;
    expect(key).toMatchObject(protocol.keySchema);
    for (const { payload } of command.examples) {
      const read = protocol.decode(JSON.stringify(payload), 0).command!;
      expect(problemsOf(key, protocol.keyOf(read as never))).toEqual([]);
    }
  });
});

describe('an example', () => {
  const examples = messages.flatMap(([kind, message]) =>
    message.examples.map((example) => [`${kind} ${example.name}`, message, example] as const),
  );

  it.each(examples)('is as its schemas say: %s', (_, { headers, payload }: Message, example) => {
    expect(problemsOf(headers as unknown as Json, example.headers ?? {})).toEqual([]);
    expect(problemsOf(payload, example.payload)).toEqual([]);
  });

  it.each(logs)('is read, and put aside where it says so: $protocol.topic', (log) => {
    const { protocol, command, deadLetter } = log;
    for (const { payload } of command.examples) {
      expect(protocol.decode(JSON.stringify(payload), 0).problem).toBeUndefined();
    }
    for (const { payload, headers = {} } of deadLetter.examples) {
      const { problem } = protocol.decode(JSON.stringify(payload), 0);
      expect(problem).toBe(headers[contracts.DEAD_LETTER_REASON]);
      expect(headers[contracts.DEAD_LETTER_SOURCE]).toContain(`${protocol.topic}/`);
    }
  });
});
