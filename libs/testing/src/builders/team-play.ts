import {
  apiKeyIdOf,
  subAccountIdOf,
  type CommandMetadata,
  type MessageItem,
  type RecordedCharge,
  type Refund,
  type TeamCommand,
  type TeamEvent,
} from '@tollgate/domain';
import type { Move } from './arbitrary-moves';
import { commandIdAt, mainAccountId, specTime, teamId } from './ids';
import * as commands from './team-commands';

interface PastCharge extends RecordedCharge {
  readonly chargeId: string;
}

/** Makes commands of moves, against the team as it is known from its events. */
export class TeamPlay {
  private readonly sent: TeamCommand[] = [];
  private readonly accounts = [mainAccountId, 'sub_unknown'];
  private readonly keys: { readonly keyId: string; readonly accountId: string }[] = [];
  private readonly charges: PastCharge[] = [];
  private revision = -1;
  private drawn = 0;
  private now = specTime;

  /** The command that opens the team: every play begins with it. */
  open(openingBalance: number): TeamCommand {
    return this.send(commands.openTeam({ openingBalance }, this.envelope()));
  }

  /** Must hear of every event, in order. */
  learn(event: TeamEvent): void {
    this.revision += 1;
    if (event.type === 'SubAccountCreated') this.accounts.push(event.data.accountId);
    if (event.type === 'ApiKeyIssued') this.keys.push(event.data);
    if (event.type === 'AccountCharged') {
      const { chargeId, accountId, amount } = event.data;
      this.charges.push({ chargeId, accountId, amount, revision: this.revision });
    }
  }

  commandOf(move: Move): TeamCommand {
    this.now += move.waitMs;
    return this.send(move.kind === 'again' ? this.repeat(move) : this.make(move));
  }

  private make(move: Exclude<Move, { kind: 'again' }>): TeamCommand {
    const as = this.envelope();
    switch (move.kind) {
      case 'topUp':
        return commands.topUp({ amount: move.amount }, as);
      case 'adjust':
        return commands.adjustBalance({ amount: move.amount, force: move.force }, as);
      case 'create':
      case 'update':
      case 'deactivate':
        return this.makeAccountCommand(move, as);
      case 'issueKey': {
        const apiKey = commands.newApiKey(apiKeyIdOf(as.id));
        return commands.issueApiKey({ accountId: this.accountAt(move.account), apiKey }, as);
      }
      case 'revokeKey': {
        const { keyId, accountId } = pickOf(this.keys, move.key);
        return commands.revokeApiKey({ accountId, apiKeyId: keyId }, as);
      }
      case 'charge':
        return this.makeCharge(move, as);
      case 'refund':
        return this.makeRefund(move, as);
    }
  }

  private makeAccountCommand(
    move: Extract<Move, { kind: 'create' | 'update' | 'deactivate' }>,
    as: CommandMetadata,
  ): TeamCommand {
    if (move.kind === 'create') {
      const accountId = subAccountIdOf(as.id);
      const externalId = `external-${move.externalId}`;
      return commands.createSubAccount({ accountId, creditLimit: move.limit, externalId }, as);
    }
    const accountId = this.accountAt(move.account);
    if (move.kind === 'deactivate') return commands.deactivateSubAccount({ accountId }, as);
    const { limit, externalId, status } = move;
    return commands.updateSubAccount(
      {
        accountId,
        ...(limit === undefined ? {} : { creditLimit: limit }),
        ...(externalId === undefined ? {} : { externalId: `external-${externalId}` }),
        ...(status === undefined ? {} : { status }),
      },
      as,
    );
  }

  private makeCharge(move: Extract<Move, { kind: 'charge' }>, as: CommandMetadata): TeamCommand {
    const { account, amount, isMessage, key, hasFingerprint } = move;
    return commands.charge(
      {
        accountId: this.accountAt(account),
        amount,
        item: isMessage ? messageItem(as.id) : { type: 'custom', reference: as.id },
      },
      {
        ...as,
        ...(key === undefined ? {} : { keyId: pickOf(this.keys, key).keyId }),
        ...(hasFingerprint ? { fingerprint: `request ${as.id}` } : {}),
      },
    );
  }

  private makeRefund(move: Extract<Move, { kind: 'refund' }>, as: CommandMetadata): Refund {
    const amount = move.amount === undefined ? {} : { amount: move.amount };
    if (this.charges.length === 0) return commands.refund({ chargeId: 'chg_none', ...amount }, as);
    const { chargeId, ...charge } = pickOf(this.charges, move.charge);
    const { accountId } = charge;
    return commands.refund({ chargeId, accountId, charge, ...amount }, as);
  }

  private repeat(move: Extract<Move, { kind: 'again' }>): TeamCommand {
    const first = { ...pickOf(this.sent, move.command), at: this.now };
    if (move.how === 'same') return first;
    if (move.how === 'retry') return { ...first, id: this.envelope().id, isRetry: true };
    const changed = { ...first, bodyHash: this.envelope().bodyHash! };
    if (changed.type !== 'Charge') return changed;
    return { ...changed, data: { ...changed.data, amount: changed.data.amount + 1 } };
  }

  private send(command: TeamCommand): TeamCommand {
    this.sent.push(command);
    return command;
  }

  private envelope(): CommandMetadata {
    this.drawn += 1;
    const id = commandIdAt(this.drawn);
    return { id, teamId, at: this.now, bodyHash: this.drawn };
  }

  private accountAt(place: number): string {
    return pickOf(this.accounts, place);
  }
}

function pickOf<T>(items: readonly T[], place: number): T {
  return items[place % items.length]!;
}

function messageItem(id: string): MessageItem {
  return {
    type: 'message',
    id: `msg_${id}`,
    to: '+14155550100',
    channel: 'sms',
    messageType: 'text',
    environment: 'live',
    content: { text: 'Hello' },
  };
}
