import { refuse } from '../kernel';
import type { TeamCommand } from './commands';
import type { TeamDecision } from './decide';
import type { TeamState } from './state';

/**
 * Looks for an earlier acceptance of the same command: by its id or, when the caller says that it
 * repeats a request that had no idempotency key, by the request's fingerprint.
 */
export function recall(command: TeamCommand, state: TeamState): TeamDecision | undefined {
  const known = state.window.find(command.id, command.at);
  if (known !== undefined) {
    return known.bodyHash === (command.bodyHash ?? 0)
      ? { kind: 'repeated', revision: known.revision }
      : refuse({ code: 'idempotency_conflict', commandId: command.id });
  }
  if (command.isRetry !== true || command.fingerprint === undefined) return undefined;
  const revision = state.retries.find(command.fingerprint, command.at);
  return revision === undefined ? undefined : { kind: 'repeated', revision };
}
