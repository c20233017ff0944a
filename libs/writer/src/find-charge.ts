import { decodeEvent, teamStream } from '@tollgate/contracts';
import { revisionInId, type RecordedCharge, type Refund } from '@tollgate/domain';
import type { EventReader } from '@tollgate/ports';

/** The refund with the charge that it names, when the log has that charge. */
export async function withCharge(
  command: Refund,
  revisionMax: number,
  events: EventReader,
): Promise<Refund> {
  const { teamId } = command;
  const revision = revisionInId('chg', teamId, command.data.chargeId);
  if (revision === undefined || revision > revisionMax) return command;
  const charge = await chargeAt(teamId, revision, events);
  return charge === undefined ? command : { ...command, data: { ...command.data, charge } };
}

async function chargeAt(
  teamId: string,
  revision: number,
  events: EventReader,
): Promise<RecordedCharge | undefined> {
  for await (const [recorded] of events.readStream(teamStream(teamId), revision)) {
    if (recorded?.type !== 'AccountCharged') return undefined;
    const { event } = decodeEvent(recorded);
    if (event.type !== 'AccountCharged') return undefined;
    return { revision, accountId: event.data.accountId, amount: event.data.amount };
  }
  return undefined;
}
