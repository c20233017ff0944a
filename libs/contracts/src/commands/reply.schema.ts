import type { AggregateKind } from '@tollgate/domain';
import type { RejectionSchemas } from './rejection-schemas';
import type { CommandReply } from './reply';
import { commandId, unixMs, variant } from './schema-parts';

type Status = CommandReply['status'];
type Statuses = Readonly<Record<Status, { readonly description: string; readonly of: object }>>;

/** What the answers to commands of one kind may hold. */
export interface ReplyShape<Kind extends AggregateKind> {
  readonly title: string;
  /** Those that commands of this kind lead to: one that is missing does not compile. */
  readonly events: Readonly<Record<Kind['event']['type'], true>>;
  readonly rejections: RejectionSchemas<Kind['rejection']>;
}

/**
 * What the value of a record on a reply topic is. Open to fields that come with later releases:
 * whoever hears a reply ignores those.
 */
export function replySchemaOf<Kind extends AggregateKind>(shape: ReplyShape<Kind>): object {
  const { title, events, rejections } = shape;
  const statuses = statusesOf(eventOf(Object.keys(events)), rejectionOf(rejections));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    description: 'What became of one command. Fields that you do not know are to be ignored.',
    type: 'object',
    required: ['version', 'status'],
    properties: { version: { const: 1 }, status: { enum: Object.keys(statuses) } },
    allOf: Object.entries(statuses).map(([status, { description, of }]) =>
      variant('status', status, { description, ...fields(of) }),
    ),
  };
}

const revision = { type: 'integer', minimum: -1 } as const;
const reason = { type: 'string', description: 'For people to read.' } as const;

function statusesOf(event: object, rejection: object): Statuses {
  return {
    accepted: {
      description: 'It is in the log, for good.',
      of: {
        commandId: { ...commandId, description: 'Of the first try, when this is a repeat.' },
        at: { ...unixMs, description: 'When it was decided first.' },
        streamRevision: { ...revision, description: 'Read models at it or later show the change.' },
        isRepeat: { type: 'boolean', description: 'Answered as before; nothing was done again.' },
        events: { type: 'array', items: event, description: 'As stored; none, nothing changed.' },
      },
    },
    refused: {
      description: 'Nothing was changed. The same id may be sent again: that is a new attempt.',
      of: { streamRevision: revision, rejection },
    },
    unknown: {
      description: 'The event log did not say whether it took it: ask again with the same id.',
      of: { commandId },
    },
    unavailable: { description: 'The event log was away: nothing was done.', of: {} },
    undecidable: {
      description: 'No try would bring an answer: it is on the dead-letter topic.',
      of: { reason },
    },
    invalid: {
      description: 'The record held no command: it is on the dead-letter topic.',
      of: { reason },
    },
  };
}

function eventOf(types: readonly string[]): object {
  return fields({ type: { enum: types }, data: { type: 'object' } });
}

function rejectionOf(rejections: Readonly<Record<string, object>>): object {
  return {
    type: 'object',
    required: ['code'],
    properties: { code: { enum: Object.keys(rejections) } },
    allOf: Object.entries(rejections).map(([code, of]) => variant('code', code, fields(of))),
  };
}

/** Every one of them is always there. */
function fields(properties: object): object {
  return { type: 'object', required: Object.keys(properties), properties };
}
