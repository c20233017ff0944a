import { refuse, type Decision } from './decider';
import { IdempotencyWindow } from './idempotency-window';
import type { CommandMetadata, EventMetadata } from './metadata';
import { RecentRetries } from './recent-retries';

/** What every aggregate knows of the commands that led to its state. */
export interface CommandMemory {
  /** Revision of the last event; -1 when there is none. */
  revision: number;
  /** The command that the last event came from. */
  lastCommandId: string;
  /** When the last event was decided, Unix ms; a stream's times never go back. */
  lastAt: number;
  readonly window: IdempotencyWindow;
  readonly retries: RecentRetries;
}

export interface IdempotencyConflict {
  readonly code: 'idempotency_conflict';
  readonly commandId: string;
}

export function newCommandMemory(): CommandMemory {
  return {
    revision: -1,
    lastCommandId: '',
    lastAt: 0,
    window: new IdempotencyWindow(),
    retries: new RecentRetries(),
  };
}

/**
 * Looks for an earlier acceptance of the same command: by its id or, when the caller says that it
 * repeats a request that had no idempotency key, by the request's fingerprint.
 */
export function recall(
  command: CommandMetadata,
  memory: CommandMemory,
): Decision<never, IdempotencyConflict> | undefined {
  const known = memory.window.find(command.id, command.at);
  if (known !== undefined) {
    return known.bodyHash === (command.bodyHash ?? 0)
      ? { kind: 'repeated', revision: known.revision }
      : refuse({ code: 'idempotency_conflict', commandId: command.id });
  }
  if (command.isRetry !== true || command.fingerprint === undefined) return undefined;
  const revision = memory.retries.find(command.fingerprint, command.at);
  return revision === undefined ? undefined : { kind: 'repeated', revision };
}

/**
 * What was accepted is never refused later: a command that is handed over once more, since a writer
 * died before it could answer, may meet a state that has no room for it any more.
 */
export function orAsBefore<Event, Rejection>(
  decision: Decision<Event, Rejection>,
  command: CommandMetadata,
  memory: CommandMemory,
): Decision<Event, Rejection> {
  if (decision.kind !== 'refused') return decision;
  const known = recall(command, memory);
  return known?.kind === 'repeated' ? known : decision;
}

/**
 * A command that the window has forgotten may come again with the ids of its first time: it must
 * not put a new thing in the place of the old one.
 */
export function refuseReused(commandId: string): Decision<never, IdempotencyConflict> {
  return refuse({ code: 'idempotency_conflict', commandId });
}

/**
 * Remembers where one more event came from, after `revision` was raised to it. Only the first event
 * of a command is remembered: the answer is read from there.
 */
export function remember(memory: CommandMemory, metadata: EventMetadata): void {
  const { commandId, at, bodyHash = 0, fingerprint } = metadata;
  // A command id may come again once the window has forgotten it; it is then another command.
  const isSameCommand = memory.lastCommandId === commandId && memory.lastAt === at;
  memory.lastAt = at;
  if (isSameCommand) return;
  memory.lastCommandId = commandId;
  memory.window.remember(commandId, { revision: memory.revision, bodyHash }, at);
  if (fingerprint !== undefined) memory.retries.remember(fingerprint, memory.revision, at);
}
