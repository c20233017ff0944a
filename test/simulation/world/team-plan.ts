import {
  apiKeyIdOf,
  idAtRevision,
  mainAccountIdOf,
  subAccountIdOf,
  teamIdOf,
  type CommandMetadata,
  type TeamCommand,
  type TeamEvent,
} from '@tollgate/domain';
import type { IdSource } from '@tollgate/ports';
import {
  adjustBalance,
  charge,
  createSubAccount,
  deactivateSubAccount,
  issueApiKey,
  newApiKey,
  openTeam,
  refund,
  revokeApiKey,
  topUp,
  updateSubAccount,
} from '@tollgate/testing';
import type { Random } from './random';

type Kind = TeamCommand['type'] | 'Limit' | 'GuessedRefund';

const weights: Readonly<Partial<Record<Kind, number>>> = {
  Charge: 60,
  Refund: 10,
  GuessedRefund: 2,
  TopUp: 5,
  AdjustBalance: 3,
  Limit: 6,
  UpdateSubAccount: 4,
  IssueApiKey: 2,
  RevokeApiKey: 1,
  CreateSubAccount: 1,
  DeactivateSubAccount: 0.3,
  OpenTeam: 0.3,
};

interface Owned {
  readonly accountId: string;
  readonly id: string;
}

/** What may be asked for a team: few accounts, tight limits, little money. */
export class TeamPlan {
  readonly teamId: string;
  private readonly accounts: string[] = [];
  private readonly keys: Owned[] = [];
  private readonly charges: Owned[] = [];

  constructor(
    private readonly random: Random,
    private readonly ids: IdSource,
  ) {
    this.teamId = teamIdOf(ids.next());
  }

  opening(): TeamCommand[] {
    const mainAccountId = mainAccountIdOf(this.teamId.slice(3));
    const apiKey = newApiKey(apiKeyIdOf(this.ids.next()));
    const openingBalance = this.random.integer(0, 400);
    return [
      openTeam({ mainAccountId, openingBalance, apiKey }, this.envelope()),
      this.newAccount(),
      this.newAccount(),
    ];
  }

  learn(events: readonly TeamEvent[]): void {
    for (const { type, data } of events) {
      if (type === 'TeamOpened') this.accounts.push(data.mainAccountId);
      if (type === 'SubAccountCreated') this.accounts.push(data.accountId);
      if (type === 'ApiKeyIssued') this.keys.push({ id: data.keyId, accountId: data.accountId });
      if (type === 'AccountCharged') {
        this.charges.push({ id: data.chargeId, accountId: data.accountId });
      }
    }
  }

  next(): TeamCommand {
    return this.ofKind(this.random.ofWeighted(weights as Record<Kind, number>));
  }

  private ofKind(kind: Kind): TeamCommand {
    const { random } = this;
    const as = this.envelope();
    switch (kind) {
      case 'Charge':
        return this.newCharge(as);
      case 'Refund':
      case 'GuessedRefund':
        return this.newRefund(as, kind === 'GuessedRefund');
      case 'TopUp':
        return topUp({ amount: random.integer(1, 60) }, as);
      case 'AdjustBalance':
        return adjustBalance({ amount: random.integer(-60, 20) || 1 }, as);
      case 'CreateSubAccount':
        return this.newAccount();
      case 'OpenTeam':
        return openTeam({ apiKey: newApiKey(apiKeyIdOf(as.id)) }, as);
      default:
        return this.accountChange(kind, as);
    }
  }

  private accountChange(kind: Kind, as: CommandMetadata): TeamCommand {
    const accountId = this.anAccount();
    const status = this.random.of(['active', 'inactive', 'active'] as const);
    switch (kind) {
      case 'Limit':
        return updateSubAccount({ accountId, creditLimit: this.random.integer(0, 250) }, as);
      case 'UpdateSubAccount':
        return updateSubAccount({ accountId, status }, as);
      case 'IssueApiKey':
        return issueApiKey({ accountId, apiKey: newApiKey(apiKeyIdOf(as.id)) }, as);
      case 'RevokeApiKey': {
        const { id, accountId: owner } = this.random.of(this.keys);
        return revokeApiKey({ accountId: owner, apiKeyId: id }, as);
      }
      default:
        return deactivateSubAccount({ accountId }, as);
    }
  }

  private newCharge(as: CommandMetadata): TeamCommand {
    const amount = this.random.integer(1, 30);
    const key = this.random.isLucky(0.3) ? this.random.of(this.keys) : undefined;
    const accountId = key?.accountId ?? this.anAccount();
    return charge(
      { amount, accountId },
      { ...as, ...(key === undefined ? {} : { keyId: key.id }) },
    );
  }

  private newRefund(as: CommandMetadata, isGuess: boolean): TeamCommand {
    const { random } = this;
    const amount = random.isLucky(0.6) ? { amount: random.integer(1, 15) } : {};
    if (isGuess || this.charges.length === 0) {
      const chargeId = idAtRevision('chg', this.teamId, random.integer(0, 200));
      return refund({ chargeId, accountId: this.anAccount(), ...amount }, as);
    }
    const { id: chargeId, accountId } = random.of(this.charges);
    return refund({ chargeId, accountId, ...amount }, as);
  }

  private newAccount(): TeamCommand {
    const as = this.envelope();
    const apiKey = newApiKey(apiKeyIdOf(as.id));
    const creditLimit = this.random.isLucky(0.8) ? this.random.integer(1, 200) : null;
    return createSubAccount({ accountId: subAccountIdOf(as.id), creditLimit, apiKey }, as);
  }

  /** Most of them exist. */
  private anAccount(): string {
    return this.random.of([...this.accounts, ...this.accounts, 'sub_nobody']);
  }

  private envelope(): CommandMetadata {
    return {
      id: this.ids.next(),
      teamId: this.teamId,
      at: 0,
      bodyHash: this.random.integer(1, 1e9),
    };
  }
}
