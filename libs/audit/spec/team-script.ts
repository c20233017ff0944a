import { messageStream, teamStream } from '@tollgate/contracts';
import {
  idAtRevision,
  type AccountCharged,
  type ChargeItem,
  type EventMetadata,
  type MessageEvent,
  type TeamEvent,
} from '@tollgate/domain';
import type { StoredLog } from './stored-log';

export const START_MS = Date.parse('2026-01-01T00:00:00Z');
const MINUTE_MS = 60_000;

let ids = 0;
export const nextCommandId = (): string => String((ids += 1)).padStart(26, '0');

export interface ChargeOptions {
  readonly keyId?: string;
  readonly commandId?: string;
  readonly item?: ChargeItem;
  /** Fields that are to be wrong. */
  readonly wrong?: Partial<AccountCharged['data']>;
}

/**
 * Writes the events of one team with right after-values, ids and chain, a minute apart, and asks
 * no questions: what the domain would refuse is written as well.
 */
export class TeamScript {
  readonly stream: string;
  readonly main: string;
  balance = 0;
  private now = START_MS;
  private readonly spent = new Map<string, number>();
  private readonly refunded = new Map<string, number>();

  constructor(
    readonly log: StoredLog,
    readonly teamId = `tm_${nextCommandId()}`,
  ) {
    this.stream = teamStream(teamId);
    this.main = `acc_${teamId}`;
  }

  get revision(): number {
    return this.log.lastRevision(this.stream);
  }

  open(amount: number): this {
    const { teamId, main: mainAccountId } = this;
    this.balance += amount;
    return this.write([
      { type: 'TeamOpened', data: { teamId, name: 'Team', currency: 'usd', mainAccountId } },
      {
        type: 'BalanceToppedUp',
        data: { topUpId: this.id('top', 1), amount, balanceAfter: this.balance },
      },
      this.keyIssued(mainAccountId),
    ]);
  }

  topUp(amount: number): this {
    this.balance += amount;
    const data = { topUpId: this.id('top'), amount, balanceAfter: this.balance };
    return this.write([{ type: 'BalanceToppedUp', data }]);
  }

  adjust(amount: number, forced = false): this {
    this.balance += amount;
    const after = { balanceAfter: this.balance, reason: 'bounced', forced };
    return this.write([
      { type: 'BalanceAdjusted', data: { adjustmentId: this.id('adj'), amount, ...after } },
    ]);
  }

  createAccount(accountId: string, creditLimit: number | null = null): this {
    return this.write([
      { type: 'SubAccountCreated', data: { accountId, name: 'Sub', creditLimit } },
      this.keyIssued(accountId),
    ]);
  }

  charge(accountId: string, amount: number, options: ChargeOptions = {}): string {
    const event = this.chargeEvent(accountId, amount);
    const { item = event.data.item, wrong = {} } = options;
    this.write([{ ...event, data: { ...event.data, item, ...wrong } }], options);
    return event.data.chargeId;
  }

  chargeEvent(accountId: string, amount: number, revision?: number): AccountCharged {
    const item = { type: 'custom', description: 'one thing' } as const;
    const chargeId = this.id('chg', revision);
    const data = { chargeId, accountId, amount, ...this.spend(accountId, amount), item };
    return { type: 'AccountCharged', data };
  }

  refund(accountId: string, chargeId: string, amount: number): this {
    const refundId = this.id('ref');
    const refundedAfter = (this.refunded.get(chargeId) ?? 0) + amount;
    this.refunded.set(chargeId, refundedAfter);
    const after = this.spend(accountId, -amount);
    const data = { refundId, chargeId, accountId, amount, refundedAfter, ...after };
    return this.write([{ type: 'ChargeRefunded', data }]);
  }

  message(id: string, accountId: string, types: readonly MessageEvent['type'][]): this {
    const ref = { messageId: id, accountId, teamId: this.teamId };
    for (const type of types) {
      const event = { type, data: { ...ref, providerMessageId: 'p', errorCode: 'e' } };
      this.log.append(messageStream(id), [[event as unknown as MessageEvent, this.metadata({})]]);
    }
    return this;
  }

  /** One append of one command. */
  write(events: readonly TeamEvent[], options: Partial<EventMetadata> = {}): this {
    const metadata = this.metadata(options);
    this.log.append(
      this.stream,
      events.map((event) => [event, metadata]),
    );
    return this;
  }

  private id(prefix: string, revision = this.revision + 1): string {
    return idAtRevision(prefix, this.teamId, revision);
  }

  private spend(accountId: string, amount: number) {
    const totalSpentAfter = (this.spent.get(accountId) ?? 0) + amount;
    this.spent.set(accountId, totalSpentAfter);
    this.balance -= amount;
    return { balanceAfter: this.balance, totalSpentAfter };
  }

  private metadata({ keyId, commandId = nextCommandId() }: Partial<EventMetadata>): EventMetadata {
    const at = (this.now += MINUTE_MS);
    return { commandId, at, ...(keyId === undefined ? {} : { keyId }) };
  }

  private keyIssued(accountId: string): TeamEvent {
    const keyId = `key_${accountId}`;
    const secret = { secretHash: `hash of ${keyId}`, prefix: 'tg_live_', environment: 'live' };
    const data = { keyId, accountId, name: 'Key', ...secret, environment: 'live' } as const;
    return { type: 'ApiKeyIssued', data };
  }
}

export const messageItem = (id: string): ChargeItem => ({
  type: 'message',
  id,
  to: '+15550100',
  channel: 'sms',
  messageType: 'text',
  environment: 'live',
  content: { text: 'hello' },
});
