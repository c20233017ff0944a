import {
  decodeEvent,
  idInStream,
  type EncodedEvent,
  type RecordedBytes,
} from '@tollgate/contracts';
import { revisionInId, type RecordedCharge, type Refund } from '@tollgate/domain';
import type { EventLookup } from '../event-lookup';

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
  const recorded =
    revision === undefined || revision > revisionMax ? undefined : await lookup.at(revision);
  const data = {
    accountId,
    chargeId,
    ...(amount === undefined ? {} : { amount }),
    ...(reason === undefined ? {} : { reason }),
  };
  return { ...command, data: { ...data, ...chargeIn(recorded, revision) } };
}

/** The refund of a charge that was decided before it in the same batch. */
export function withChargeOfBatch(
  command: Refund,
  revisionBefore: number,
  events: readonly EncodedEvent[],
): Refund {
  const revision = revisionInId('chg', command.teamId, command.data.chargeId);
  if (revision === undefined || revision <= revisionBefore) return command;
  const charge = chargeIn(events[revision - revisionBefore - 1], revision);
  return { ...command, data: { ...command.data, ...charge } };
}

function chargeIn(
  recorded: RecordedBytes | undefined,
  revision: number | undefined,
): { readonly charge?: RecordedCharge } {
  if (recorded?.type !== 'AccountCharged' || revision === undefined) return {};
  const { event } = decodeEvent(recorded);
  if (event.type !== 'AccountCharged') return {};
  return { charge: { revision, accountId: event.data.accountId, amount: event.data.amount } };
}
