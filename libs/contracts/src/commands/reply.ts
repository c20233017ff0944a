import type { AggregateKind, TeamKind } from '@tollgate/domain';

/* What a producer that named a reply topic hears. Field by field as in the Outcome port. */

const REPLY_VERSION = 1;

export type CommandReply<Kind extends AggregateKind = TeamKind> =
  | {
      readonly status: 'accepted';
      readonly commandId: string;
      readonly at: number;
      readonly streamRevision: number;
      readonly isRepeat: boolean;
      readonly events: readonly Kind['event'][];
    }
  | {
      readonly status: 'refused';
      readonly streamRevision: number;
      readonly rejection: Kind['rejection'];
    }
  | { readonly status: 'unknown'; readonly commandId: string }
  | { readonly status: 'unavailable' }
  /** It is on the dead-letter topic, since no try would bring an answer. */
  | { readonly status: 'undecidable'; readonly reason: string }
  /** The record held no command; it is on the dead-letter topic. */
  | { readonly status: 'invalid'; readonly reason: string };

export function encodeReply(reply: CommandReply<AggregateKind>): string {
  return JSON.stringify({ version: REPLY_VERSION, ...reply });
}

/**
 * @template Kind of the command that is answered: what the reply says of it is not looked at here.
 * @throws SyntaxError, or RangeError for a version that this release does not know.
 */
export function decodeReply<Kind extends AggregateKind = TeamKind>(
  value: string,
): CommandReply<Kind> {
  const { version, ...reply } = JSON.parse(value) as CommandReply<Kind> & { version: number };
  if (version !== REPLY_VERSION) throw new RangeError(`unknown version of a reply: ${version}`);
  return reply as CommandReply<Kind>;
}
