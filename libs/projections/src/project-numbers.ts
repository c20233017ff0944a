import type { NumberEvent, SenderEvent } from '@tollgate/domain';
import type { Projectable } from './project';
import {
  numberClaimKey,
  numberKey,
  numbersByStatusIndex,
  numbersIndex,
  senderKey,
  type NumberClaimRow,
  type NumberRow,
} from './read-models';
import type { WriteSet } from './write-set';

export type OwnedNumberEvent = Extract<SenderEvent, { type: `Number${string}` }>;

type Of<Type extends OwnedNumberEvent['type']> = Projectable<
  Extract<OwnedNumberEvent, { type: Type }>
>;

/** What becomes of the numbers that an account owns. */
export function projectNumbers(projectable: Projectable<OwnedNumberEvent>, into: WriteSet): void {
  const { event, metadata, ownerId: accountId } = projectable;
  const { numberId } = event.data;
  const key = numberKey(accountId, numberId);
  const updatedAt = metadata.at;
  switch (event.type) {
    case 'NumberAdded':
      return add({ ...projectable, event }, into);
    case 'NumberRenamed':
      return into.merge(key, { name: event.data.name, updatedAt });
    case 'NumberAssigned':
      return assign({ ...projectable, event }, into);
    case 'NumberRenewed': {
      const { paidUntil } = event.data;
      into.merge(key, { paidUntil, status: 'active', suspendedBecause: null, updatedAt });
      return listStatus(accountId, numberId, 'active', into);
    }
    case 'NumberSuspended': {
      const suspendedBecause = event.data.reason;
      into.merge(key, { status: 'suspended', suspendedBecause, updatedAt });
      return listStatus(accountId, numberId, 'suspended', into);
    }
    case 'NumberReleased':
      return into.remove(key);
  }
}

/** Who holds a number, in the whole system. */
export function projectClaims(
  { event, ownerId: digits }: Projectable<NumberEvent>,
  into: WriteSet,
): void {
  const key = numberClaimKey(`+${digits}`);
  if (event.type === 'NumberClaimReleased') return into.remove(key);
  const row: NumberClaimRow = { numberId: event.data.numberId };
  into.put(key, row);
}

function add(
  { event, metadata: { at }, ownerId: accountId, sortKey }: Of<'NumberAdded'>,
  into: WriteSet,
): void {
  const { numberId, chargeId, name = null, ...terms } = event.data;
  const key = numberKey(accountId, numberId);
  const row: NumberRow = {
    ...terms,
    id: numberId,
    accountId,
    name,
    senderId: null,
    status: 'active',
    suspendedBecause: null,
    createdAt: at,
    updatedAt: at,
  };
  into.put(key, row);
  into.relist(key, 'number', [{ index: numbersIndex(accountId), sortKey }]);
  listStatus(accountId, numberId, row.status, into);
}

function assign(
  { event, metadata: { at: updatedAt }, ownerId: accountId }: Of<'NumberAssigned'>,
  into: WriteSet,
): void {
  const { numberId, senderId, previousSenderId } = event.data;
  into.merge(numberKey(accountId, numberId), { senderId, updatedAt });
  if (previousSenderId !== null) {
    into.merge(senderKey(accountId, previousSenderId), { numberId: null, updatedAt });
  }
  if (senderId !== null) into.merge(senderKey(accountId, senderId), { numberId, updatedAt });
}

function listStatus(
  accountId: string,
  numberId: string,
  status: NumberRow['status'],
  into: WriteSet,
): void {
  const index = numbersByStatusIndex(accountId, status);
  into.relist(numberKey(accountId, numberId), 'status', [{ index, sortKey: numberId }]);
}
