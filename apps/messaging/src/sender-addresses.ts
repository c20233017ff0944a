import type { ReadModelReader } from '@tollgate/ports';
import { numberKey, senderKey, type NumberRow, type SenderRow } from '@tollgate/projections';

/** Where the messages of a sender come from: its number or, without one, its e-mail address. */
export function senderAddresses(
  readModels: Pick<ReadModelReader, 'get'>,
): (accountId: string, senderId: string) => Promise<string | undefined> {
  return async (accountId, senderId) => {
    const sender = await readModels.get(senderKey(accountId, senderId));
    if (sender === undefined) return undefined;
    const { numberId, emailAddress } = sender as SenderRow;
    if (numberId === null) return emailAddress ?? undefined;
    const number = await readModels.get(numberKey(accountId, numberId));
    return (number as NumberRow | undefined)?.phoneNumber;
  };
}
