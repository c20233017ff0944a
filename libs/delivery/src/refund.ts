import { REASON_MAX } from '@tollgate/contracts';
import type { Refund } from '@tollgate/domain';
import type { Outcome } from '@tollgate/ports';
import { stepIdOf } from './caused-by';
import type { FailedMessage } from './failed-message';
import type { DeliveryPorts } from './ports';

/** The refund was not confirmed: ask again. */
export class RefundNotConfirmed extends Error {
  override readonly name = 'RefundNotConfirmed';
}

/**
 * Gives back what a failed message cost, or what is left of it. Safe to repeat: the command id
 * belongs to the message and, past the time that ids are remembered, nothing is left to refund;
 * nor is there ever of a message that was free. It names no API key, so that it works after the
 * key was revoked.
 * @throws RefundNotConfirmed it was refused, or nobody knows.
 */
export async function refund(message: FailedMessage, ports: DeliveryPorts): Promise<void> {
  const { teamId, chargeId } = message.ref;
  const [outcome] = await ports.commands.submit(teamId, [refundCommand(message, ports)]);
  if (isDone(outcome)) return;
  const why = outcome?.status === 'refused' ? outcome.rejection.code : 'outcome unknown';
  throw new RefundNotConfirmed(`refund of charge ${chargeId}: ${why}`);
}

function isDone(outcome: Outcome | undefined): boolean {
  if (outcome?.status === 'refused') return outcome.rejection.code === 'exceeds_charge';
  return outcome?.status === 'accepted';
}

function refundCommand(message: FailedMessage, ports: DeliveryPorts): Refund {
  const { messageId, teamId, accountId, chargeId } = message.ref;
  return {
    type: 'Refund',
    id: stepIdOf('refund', messageId, ports),
    teamId,
    at: ports.clock.now(),
    ...message.cause,
    data: { accountId, chargeId, reason: message.errorCode.slice(0, REASON_MAX) },
  };
}
