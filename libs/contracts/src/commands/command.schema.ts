import { data } from './command-data.schemas';
import { commandId, ownId, text, unixMs, variant, wantedId } from './schema-parts';

const properties = {
  version: { const: 1 },
  id: {
    ...commandId,
    description: '128 bits as a ULID. The same id is the same command: it is applied once.',
  },
  teamId: { ...wantedId, description: 'Also the key of the record.' },
  at: { ...unixMs, description: 'When it was asked for; the time of the record when absent.' },
  keyId: { ...text(64), description: 'The API key that asks; it is checked when present.' },
  bodyHash: {
    type: 'integer',
    minimum: 0,
    maximum: 0xffff_ffff,
    description: 'Tells two commands of one id apart; the later one is then a conflict.',
  },
  fingerprint: {
    ...text(64),
    pattern: '^[A-Za-z0-9_-]+$',
    description: 'Of a request without an id of its own: finds the first try of one sent again.',
  },
  isRetry: { type: 'boolean', description: 'Whether the fingerprint may find a first try.' },
  correlationId: { ...text(128), description: 'Kept with the events.' },
  causationId: { ...text(128), description: 'Kept with the events.' },
  traceparent: {
    type: 'string',
    pattern: '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$',
    description: 'W3C trace context; kept with the events.',
  },
} as const;

/** A team that is opened gets this id for ever, and ids of its charges end as it does. */
const newTeam = variant('type', 'OpenTeam', { properties: { teamId: ownId } });

/** What the value of a record on a command topic must be: one command, as JSON. */
export const commandSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Command',
  description: 'One command of one team. Amounts are micros: millionths of a US dollar.',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'type', 'id', 'teamId', 'data'],
  properties: { ...properties, type: { enum: Object.keys(data) }, data: { type: 'object' } },
  allOf: [
    newTeam,
    ...Object.entries(data).map(([type, schema]) =>
      variant('type', type, { properties: { data: schema } }),
    ),
  ],
} as const;
