'use strict';

const examples = require('./asyncapi-examples.js');

const BINDING_VERSION = '0.5.0';
const text = { type: 'string', minLength: 1 };

/** The three kinds of records. Values of headers are text. */
function messages(contracts) {
  const headers = commandHeaders(contracts);
  const { examplesOf } = examples.from(contracts);
  return {
    command: {
      title: 'A command of a team',
      headers: headersOf(headers),
      payload: { $ref: './command.schema.json' },
      correlationId: correlationIdAt(contracts),
      bindings: keyedBy(contracts),
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
      payload: { $ref: './reply.schema.json' },
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

function keyedBy({ commandSchema }) {
  const { teamId } = commandSchema.properties;
  const key = { ...teamId, description: "The command's teamId; any other makes it unreadable." };
  return { kafka: { key, bindingVersion: BINDING_VERSION } };
}

module.exports = { messages };
