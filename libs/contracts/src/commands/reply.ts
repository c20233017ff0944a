import type { TeamEvent, TeamRejection } from '@tollgate/domain';

/* What a producer that named a reply topic hears. Field by field as in the Outcome port. */

const REPLY_VERSION = 1;

export type CommandReply =
  | {
      readonly status: 'accepted';
      readonly commandId: string;
      readonly at: number;
      readonly streamRevision: number;
      readonly isRepeat: boolean;
      readonly events: readonly TeamEvent[];
    }
  | {
      readonly status: 'refused';
      readonly streamRevision: number;
      readonly rejection: TeamRejection;
    }
  | { readonly status: 'unknown'; readonly commandId: string }
  | { readonly status: 'unavailable' }
  /** It is on the dead-letter topic, since no try would bring an answer. */
  | { readonly status: 'undecidable'; readonly reason: string }
  /** The record held no command; it is on the dead-letter topic. */
  | { readonly status: 'invalid'; readonly reason: string };

export function encodeReply(reply: CommandReply): string {
  return JSON.stringify({ version: REPLY_VERSION, ...reply });
}

/** @throws SyntaxError, or RangeError for a version that this release does not know. */
export function decodeReply(value: string): CommandReply {
  const { version, ...reply } = JSON.parse(value) as CommandReply & { version: number };
  if (version !== REPLY_VERSION) throw new RangeError(`unknown version of a reply: ${version}`);
  return reply as CommandReply;
}
