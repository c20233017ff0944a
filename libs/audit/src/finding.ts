/** What can be found wrong. The first word says where: in a record, a stream, a team, … */
export const findingKinds = {
  record_unreadable: 'A stored record is not what any version of Tollgate writes.',
  event_unknown: 'An event of a type, or in a stream, that this version does not know.',
  revision_gap: 'Events of a stream are missing, or out of order.',
  chain_broken: 'What is stored is not what the hash chain was made from.',
  chain_open: 'A stream ends in the middle of an append.',
  time_reversed: 'An event was decided before the one that it follows.',
  event_misplaced: 'An event that does not fit the state that it follows.',
  id_mismatch: 'An id does not name the place where it stands.',
  amount_invalid: 'An amount is not a number of micros, or has the wrong sign.',
  after_value_mismatch: 'A value written beside an event is not what the events add up to.',
  conservation_broken: 'What came in, less what went out, is not what is there.',
  limit_exceeded: "A charge went over its account's credit limit.",
  balance_exceeded: "A charge or an adjustment went over the team's balance.",
  key_inactive: 'A command was accepted from a key that was revoked or never issued.',
  account_inactive: 'A charge was accepted on an account that was not active.',
  command_repeated: 'A command was applied more than once.',
  refund_mismatch: 'A refund without its charge, or of more than its charge.',
  message_unordered: 'A message, or an event of one, that no charge ordered.',
  read_model_behind: 'A read model does not show the latest events.',
  read_model_ahead: 'A read model shows events that the log does not have.',
  read_model_mismatch: 'A read model shows another value than the log gives.',
} as const satisfies Record<string, string>;

export type FindingKind = keyof typeof findingKinds;

/** One difference between what is and what must be. */
export interface Finding {
  readonly kind: FindingKind;
  readonly stream: string;
  readonly revision: number;
  readonly message: string;
}

/** Tells of one difference in one stream. */
export type Tell = (kind: FindingKind, revision: number, message: string) => void;

/** Findings in the order in which they were met: the first ones in full, the others counted. */
export class Findings {
  readonly first: Finding[] = [];
  count = 0;

  constructor(private readonly limit: number) {}

  in(stream: string): Tell {
    return (kind, revision, message) => {
      this.count += 1;
      if (this.first.length < this.limit) this.first.push({ kind, stream, revision, message });
    };
  }
}
