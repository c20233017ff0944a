'use strict';

const billingExamples = require('./asyncapi-examples.js');
const messagingExamples = require('./asyncapi-messaging-examples.js');

const BINDING_VERSION = '0.5.0';
const text = { type: 'string', minLength: 1 };

/** The three kinds of records of each command log. Values of headers are text. */
function messages(contracts) {
  const { billingProtocol, messagingProtocol } = contracts;
  const messaging = messagesOf(contracts, {
    protocol: messagingProtocol,
    title: 'A command about contacts, senders or phone numbers',
    schemas: { command: './messaging-command.schema.json', reply: './messaging-reply.schema.json' },
    examplesOf: messagingExamples.from(contracts),
  });
  return {
    ...messagesOf(contracts, {
      protocol: billingProtocol,
      title: 'A command of a team',
      schemas: { command: './command.schema.json', reply: './reply.schema.json' },
      examplesOf: billingExamples.from(contracts),
    }),
    messagingCommand: messaging.command,
    messagingDeadLetter: messaging.deadLetter,
    messagingReply: messaging.reply,
  };
}

function messagesOf(contracts, { protocol, title, schemas, examplesOf }) {
  const headers = commandHeaders(contracts);
  return {
    command: {
      title,
      headers: headersOf(headers),
      payload: { $ref: schemas.command },
      correlationId: correlationIdAt(contracts),
      bindings: keyedBy(protocol),
      examples: examplesOf('command'),
    },
    deadLetter: {
      title: 'A record that was put aside',
      summary: 'Key, value and headers as they were, and two headers more.',
      headers: headersOf({ ...headers, ...deadLetterHeaders(contracts) }, [
        contracts.DEAD_LETTER_REASON,
        contracts.DEAD_LETTER_SOURCE,
      ]),
      payload: {},
      examples: examplesOf('deadLetter'),
    },
    reply: {
      title: 'What became of a command',
      headers: headersOf({ [contracts.CORRELATION_ID]: headers[contracts.CORRELATION_ID] }, [
        contracts.CORRELATION_ID,
      ]),
      payload: { $ref: schemas.reply },
      correlationId: correlationIdAt(contracts),
      examples: examplesOf('reply'),
    },
  };
}

function commandHeaders({ REPLY_TO, CORRELATION_ID, EXPIRES_AT }) {
  return {
    [REPLY_TO]: {
      ...text,
      description: 'The topic to answer on; nobody is answered when it is absent.',
    },
    [CORRELATION_ID]: {
      type: 'string',
      description:
        "Comes back with the answer; the command's id when absent, and nothing if none can be read.",
    },
    [EXPIRES_AT]: {
      type: 'string',
      pattern: '^[0-9]+$',
      description:
        'Unix ms after which nobody waits: a command not decided by then is let go, unanswered. ' +
        'Internal producers leave it out, and their commands are always decided.',
    },
  };
}

function deadLetterHeaders({ DEAD_LETTER_REASON, DEAD_LETTER_SOURCE }) {
  return {
    [DEAD_LETTER_REASON]: { ...text, description: 'Why it is here, for people to read.' },
    [DEAD_LETTER_SOURCE]: {
      type: 'string',
      pattern: '^[^/]+/[0-9]+/[0-9]+$',
      description: 'Where it was: topic/partition/offset.',
    },
  };
}

function headersOf(properties, required = []) {
  return { type: 'object', properties, ...(required.length > 0 && { required }) };
}

function correlationIdAt({ CORRELATION_ID }) {
  return { location: `$message.header#/${CORRELATION_ID}` };
}

function keyedBy({ keyName, keySchema }) {
  const sentence = `${keyName[0].toUpperCase()}${keyName.slice(1)}`;
  const key = { ...keySchema, description: `${sentence}; any other makes it unreadable.` };
  return { kafka: { key, bindingVersion: BINDING_VERSION } };
}

module.exports = { messages };
