import { commandId, text, unixMs, variant } from './schema-parts';

const origin = {
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

const head = {
  version: { const: 1 },
  id: {
    ...commandId,
    description: '128 bits as a ULID. The same id is the same command: it is applied once.',
  },
} as const;

/** What the commands of one topic have of their own. */
export interface CommandShape {
  readonly title: string;
  readonly description: string;
  /** Fields of the envelope that say whom a command is about. */
  readonly subject: Readonly<Record<string, object>>;
  /** The data of each type of command. */
  readonly data: Readonly<Record<string, object>>;
  /** What else holds for a whole command. */
  readonly rules: readonly object[];
}

/** What the value of a record on a command topic must be: one command, as JSON. */
export function commandSchemaOf(shape: CommandShape): object {
  const { title, description, subject, data, rules } = shape;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    description,
    type: 'object',
    additionalProperties: false,
    required: ['version', 'type', 'id', 'teamId', 'data'],
    properties: {
      ...head,
      ...subject,
      ...origin,
      type: { enum: Object.keys(data) },
      data: { type: 'object' },
    },
    allOf: [
      ...rules,
      ...Object.entries(data).map(([type, schema]) =>
        variant('type', type, { properties: { data: schema } }),
      ),
    ],
  };
}
