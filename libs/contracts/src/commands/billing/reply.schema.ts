import type { TeamKind } from '@tollgate/domain';
import { replySchemaOf } from '../reply.schema';
import { rejections } from './rejection.schemas';

/** What became of a command of a team. */
export const replySchema = replySchemaOf<TeamKind>({
  title: 'Reply',
  rejections,
  events: {
    TeamOpened: true,
    BalanceToppedUp: true,
    BalanceAdjusted: true,
    SubAccountCreated: true,
    SubAccountUpdated: true,
    CreditLimitSet: true,
    SubAccountSuspended: true,
    SubAccountReactivated: true,
    SubAccountDeactivated: true,
    ApiKeyIssued: true,
    ApiKeyRevoked: true,
    AccountCharged: true,
    ChargeRefunded: true,
  },
});
