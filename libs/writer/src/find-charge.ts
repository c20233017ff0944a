import { decodeEvent, idInStream } from '@tollgate/contracts';
import { revisionInId, type RecordedCharge, type Refund } from '@tollgate/domain';
import type { EventLookup } from './event-lookup';

/**
 * The refund with the charge that it names, when the log has that charge. What the command itself
 * says of the charge counts for nothing.
 */
export async function withCharge(
  command: Refund,
  revisionMax: number,
  lookup: EventLookup,
): Promise<Refund> {
  const { accountId, chargeId, amount, reason } = command.data;
  const revision = revisionInId('chg', idInStream(lookup.stream), chargeId);
  const charge =
    revision === undefined || revision > revisionMax ? undefined : await chargeAt(revision, lookup);
  return {
    ...command,
    data: {
      accountId,
      chargeId,
      ...(amount === undefined ? {} : { amount }),
      ...(reason === undefined ? {} : { reason }),
      ...(charge === undefined ? {} : { charge }),
    },
  };
}

async function chargeAt(
  revision: number,
  lookup: EventLookup,
): Promise<RecordedCharge | undefined> {
  const recorded = await lookup.at(revision);
  if (recorded?.type !== 'AccountCharged') return undefined;
  const { event } = decodeEvent(recorded);
  if (event.type !== 'AccountCharged') return undefined;
  return { revision, accountId: event.data.accountId, amount: event.data.amount };
}
