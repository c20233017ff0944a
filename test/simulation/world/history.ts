import type { TeamCommand } from '@tollgate/domain';
import type { Accepted, Outcome } from '@tollgate/ports';

export type Result = Outcome | 'full' | 'lost';

/** One submission of a command, and what its sender heard of it. */
export interface Attempt {
  readonly command: TeamCommand;
  /** Revision of the team's last event when the command was sent. */
  readonly headBefore: number;
  /** Attempts of one round are under way together; a round begins when the last one is over. */
  readonly round: symbol;
  /** Undefined while there is no answer. */
  result: Result | undefined;
}

/** Something that a caller wants done once, however often it has to ask for it. */
export interface Intent {
  readonly command: TeamCommand;
  readonly attempts: Attempt[];
}

export const isOutcome = (result: Result | undefined): result is Outcome =>
  typeof result === 'object';

export function acceptedOf({ attempts }: Intent): Accepted[] {
  return attempts.flatMap(({ result }) =>
    isOutcome(result) && result.status === 'accepted' ? [result] : [],
  );
}

/** Whether an attempt may have had an effect that its sender did not hear of. */
export function isInDoubt({ result }: Attempt): boolean {
  if (!isOutcome(result)) return result !== 'full';
  return result.status === 'unknown';
}

/** In one word, for the statistics of a run. */
export function nameOf(result: Result | undefined): string {
  if (!isOutcome(result)) return result ?? 'unanswered';
  if (result.status === 'refused') return result.rejection.code;
  return result.status === 'accepted' && result.isRepeat ? 'repeated' : result.status;
}
