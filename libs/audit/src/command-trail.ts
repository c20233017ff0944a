import {
  IdempotencyWindow,
  isCommandId,
  type EventMetadata,
  type RememberedCommand,
  type TeamEvent,
} from '@tollgate/domain';
import type { Tell } from './finding';
import type { TeamLedger } from './team-ledger';

/** The opening balance of a team is the second event of the command that opened it. */
const OPENING_REVISION_MAX = 1;

/**
 * Follows which command each event of a team came from. Remembers as many ids as the writer does,
 * those of the last 48 hours at 24 bytes each, so a long log needs no more memory than a busy
 * day; an id that comes back later than that is a new command by the rules too.
 */
export class CommandTrail {
  private readonly window = new IdempotencyWindow();
  private commandId = '';
  /** The id that sorts behind all others so far. */
  private greatestId = '';
  private lastAt = 0;

  follow(
    { event, metadata, revision }: { event: TeamEvent; metadata: EventMetadata; revision: number },
    ledger: TeamLedger,
    tell: Tell,
  ): void {
    const { commandId, at } = metadata;
    const isSameCommand = commandId === this.commandId && at === this.lastAt;
    if (!(at >= this.lastAt)) {
      tell('time_reversed', revision, `decided at ${at}, the event before it at ${this.lastAt}`);
    } else this.lastAt = at;
    if (!isSameCommand) return this.begin(metadata, revision, ledger, tell);
    if (mustComeFirst(event, revision)) {
      tell('command_repeated', revision, `command ${commandId} took effect a second time`);
    }
  }

  private begin(
    { commandId, at, keyId }: EventMetadata,
    revision: number,
    ledger: TeamLedger,
    tell: Tell,
  ): void {
    this.commandId = commandId;
    if (keyId !== undefined && ledger.keys.get(keyId)?.revokedAt !== null) {
      tell('key_inactive', revision, `accepted from key ${keyId}, which is not active`);
    }
    if (!isCommandId(commandId)) {
      return tell('id_mismatch', revision, `${commandId} is not the id of a command`);
    }
    const known = this.find(commandId, at);
    if (known === undefined) {
      return this.window.remember(commandId, { revision, bodyHash: 0 }, at);
    }
    const message = `command ${commandId} took effect before, at revision ${known.revision}`;
    tell('command_repeated', revision, message);
  }

  /** Most ids are made in the order of time: one that sorts last needs no looking up. */
  private find(commandId: string, at: number): RememberedCommand | undefined {
    if (commandId <= this.greatestId) return this.window.find(commandId, at);
    this.greatestId = commandId;
    return undefined;
  }
}

/** An event that changes money is the first of its command, but for the opening balance. */
function mustComeFirst({ type }: TeamEvent, revision: number): boolean {
  switch (type) {
    case 'AccountCharged':
    case 'ChargeRefunded':
    case 'BalanceAdjusted':
      return true;
    case 'BalanceToppedUp':
      return revision > OPENING_REVISION_MAX;
    case 'TeamOpened':
    case 'SubAccountCreated':
    case 'SubAccountUpdated':
    case 'CreditLimitSet':
    case 'SubAccountSuspended':
    case 'SubAccountReactivated':
    case 'SubAccountDeactivated':
    case 'ApiKeyIssued':
    case 'ApiKeyRevoked':
      return false;
  }
}
