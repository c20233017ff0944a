import { idInStream, type DecodedEvent } from '@tollgate/contracts';
import { idAtRevision, revisionInId, type TeamEvent } from '@tollgate/domain';
import { AfterValue } from './after-value';
import { ChargeBook } from './charge-book';
import { CommandTrail } from './command-trail';
import type { Tell } from './finding';
import type { MessageRegister } from './message-register';
import { TeamLedger } from './team-ledger';
import { checkRules } from './team-rules';

type Of<Type extends TeamEvent['type']> = Extract<TeamEvent, { type: Type }>['data'];

/** Checks one team, event by event, against numbers of its own. */
export class TeamAudit {
  readonly ledger = new TeamLedger();
  readonly charges = new ChargeBook();
  readonly teamId: string;
  private readonly commands = new CommandTrail();
  private readonly balance = new AfterValue('the balance');
  private readonly spent = new Map<string, AfterValue>();

  constructor(
    stream: string,
    private readonly messages: MessageRegister,
    private readonly tell: Tell,
  ) {
    this.teamId = idInStream(stream);
  }

  follow({ event, metadata }: DecodedEvent, revision: number): void {
    const teamEvent = event as TeamEvent;
    this.commands.follow({ event: teamEvent, metadata, revision }, this.ledger, this.tell);
    checkRules(teamEvent, revision, this.ledger, this.tell);
    if (!this.isInPlace(teamEvent, revision) || !this.ledger.apply(teamEvent, metadata.at)) {
      this.tell('event_misplaced', revision, `${event.type} does not fit what came before it`);
    }
    this.checkOutcome(teamEvent, revision);
  }

  /** Conservation, at the end of the stream. */
  finish(revision: number): void {
    const { toppedUp, adjusted, charged, refunded, balance, accounts } = this.ledger;
    if (!this.balance.isRight || toppedUp + adjusted - (charged - refunded) !== balance) {
      const paid = `top-ups ${toppedUp} + adjustments ${adjusted} - charges ${charged}`;
      const message = `${paid} + refunds ${refunded} is not the balance that the stream ends with`;
      this.tell('conservation_broken', revision, message);
    }
    const spent = [...accounts.values()].reduce((sum, account) => sum + account.spent, 0);
    const isSpentRight = [...this.spent.values()].every((value) => value.isRight);
    if (isSpentRight && spent === charged - refunded) return;
    const message = `charges ${charged} - refunds ${refunded} is not what the accounts spent`;
    this.tell('conservation_broken', revision, message);
  }

  private isInPlace(event: TeamEvent, revision: number): boolean {
    if (event.type !== 'TeamOpened') return revision > 0;
    return revision === 0 && event.data.teamId === this.teamId;
  }

  /** What an event says of the state that it leaves. */
  private checkOutcome(event: TeamEvent, revision: number): void {
    if (!movesMoney(event)) return;
    this.balance.compare(event.data.balanceAfter, this.ledger.balance, revision, this.tell);
    switch (event.type) {
      case 'AccountCharged':
        return this.checkCharged(event.data, revision);
      case 'ChargeRefunded':
        return this.checkRefunded(event.data, revision);
      case 'BalanceToppedUp':
        return this.checkId('top', event.data.topUpId, revision);
      case 'BalanceAdjusted':
        return this.checkId('adj', event.data.adjustmentId, revision);
    }
  }

  private checkCharged(data: Of<'AccountCharged'>, revision: number): void {
    const { chargeId, accountId, amount, item } = data;
    this.checkId('chg', chargeId, revision);
    this.checkSpent(data, revision);
    this.charges.record(revision, accountId, amount);
    if (item.type !== 'message') return;
    const order = { team: this, accountId, revision };
    if (this.messages.order(item.id, order)) return;
    this.tell('message_unordered', revision, `message ${item.id} was ordered before`);
  }

  private checkRefunded(data: Of<'ChargeRefunded'>, revision: number): void {
    this.checkId('ref', data.refundId, revision);
    this.checkSpent(data, revision);
    const problem = this.problemOfRefund(data);
    if (problem !== undefined) this.tell('refund_mismatch', revision, problem);
  }

  private problemOfRefund(data: Of<'ChargeRefunded'>): string | undefined {
    const { chargeId, accountId, amount, refundedAfter } = data;
    const charged = revisionInId('chg', this.teamId, chargeId);
    const place = charged === undefined ? undefined : this.charges.find(charged);
    if (place === undefined) return `there is no charge ${chargeId}`;
    if (this.charges.accountAt(place) !== accountId) {
      return `charge ${chargeId} is not one of account ${accountId}`;
    }
    const refundable = this.charges.refundable(place);
    const refunded = this.charges.refund(place, amount);
    if (amount > refundable) {
      return `refunded ${amount} of charge ${chargeId}, of which ${refundable} was left`;
    }
    if (refunded === refundedAfter) return undefined;
    return `refunds of charge ${chargeId} are ${refunded}, written as ${refundedAfter}`;
  }

  private checkSpent(
    { accountId, totalSpentAfter }: { accountId: string; totalSpentAfter: number },
    revision: number,
  ): void {
    const account = this.ledger.accounts.get(accountId);
    if (account === undefined) return;
    let value = this.spent.get(accountId);
    if (value === undefined) {
      value = new AfterValue(`total spent of account ${accountId}`);
      this.spent.set(accountId, value);
    }
    value.compare(totalSpentAfter, account.spent, revision, this.tell);
  }

  private checkId(prefix: string, id: string, revision: number): void {
    if (revisionInId(prefix, this.teamId, id) === revision) return;
    const right = idAtRevision(prefix, this.teamId, revision);
    this.tell('id_mismatch', revision, `${id} should be ${right}`);
  }
}

type MoneyEvent = Extract<
  TeamEvent,
  { type: 'AccountCharged' | 'ChargeRefunded' | `Balance${string}` }
>;

function movesMoney(event: TeamEvent): event is MoneyEvent {
  const { type } = event;
  if (type === 'AccountCharged' || type === 'ChargeRefunded') return true;
  return type === 'BalanceToppedUp' || type === 'BalanceAdjusted';
}
