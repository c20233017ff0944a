import type {
  AccountCharged,
  BalanceAdjusted,
  BalanceToppedUp,
  ChargeRefunded,
} from '@tollgate/domain';
import type { Projectable } from './project';
import { projectOrder } from './project-messages';
import { accountKey, teamKey } from './read-models';
import type { WriteSet } from './write-set';

type MoneyEvent = AccountCharged | ChargeRefunded | BalanceToppedUp | BalanceAdjusted;

export function projectMoney(projectable: Projectable<MoneyEvent>, into: WriteSet): void {
  const { event, ownerId: teamId } = projectable;
  into.merge(teamKey(teamId), { balance: event.data.balanceAfter });
  if (event.type === 'BalanceToppedUp' || event.type === 'BalanceAdjusted') return;
  into.merge(accountKey(teamId, event.data.accountId), { totalSpent: event.data.totalSpentAfter });
  if (event.type === 'AccountCharged' && event.data.item.type === 'message') {
    projectOrder({ ...projectable, event }, event.data.item, into);
  }
}
