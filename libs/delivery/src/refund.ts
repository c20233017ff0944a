import type { Refund } from '@tollgate/domain';
import type { Outcome } from '@tollgate/ports';
import { causedBy } from './caused-by';
import type { OrderedMessage } from './ordered-message';
import type { DeliveryPorts } from './ports';

/** The refund was not confirmed: ask again. */
export class RefundNotConfirmed extends Error {
  override readonly name = 'RefundNotConfirmed';
}

/**
 * Gives back what a failed message cost, or what is left of it. Safe to repeat: the command id
 * belongs to the message and, past the time that ids are remembered, nothing is left to refund.
 * It names no API key, so that it works after the key was revoked.
 * @throws RefundNotConfirmed it was refused, or nobody knows.
 */
export async function refund(
  message: OrderedMessage,
  reason: string,
  ports: DeliveryPorts,
): Promise<void> {
  if (message.amount === 0) return;
  const [outcome] = await ports.commands.submit(message.teamId, [
    refundCommand(message, reason, ports),
  ]);
  if (isDone(outcome)) return;
  const why = outcome?.status === 'refused' ? outcome.rejection.code : 'outcome unknown';
  throw new RefundNotConfirmed(`refund of charge ${message.chargeId}: ${why}`);
}

function isDone(outcome: Outcome | undefined): boolean {
  if (outcome?.status === 'refused') return outcome.rejection.code === 'exceeds_charge';
  return outcome?.status === 'accepted';
}

function refundCommand(message: OrderedMessage, reason: string, ports: DeliveryPorts): Refund {
  const { teamId, accountId, chargeId } = message;
  const { commandId: id, ...origin } = causedBy(message, 'refund', ports);
  return { type: 'Refund', id, teamId, ...origin, data: { accountId, chargeId, reason } };
}
