import {
  presentFields,
  type SenderEmail,
  type SenderEvent,
  type SenderWebhook,
} from '@tollgate/domain';
import type { Projectable } from './project';
import { numberKey, senderKey, sendersIndex, sendersKey, type SenderRow } from './read-models';
import type { WriteSet } from './write-set';

export type SenderOnlyEvent = Exclude<SenderEvent, { type: `Number${string}` }>;

type Of<Type extends SenderOnlyEvent['type']> = Projectable<
  Extract<SenderOnlyEvent, { type: Type }>
>;

export function projectSenders(projectable: Projectable<SenderOnlyEvent>, into: WriteSet): void {
  const { event, metadata, ownerId: accountId } = projectable;
  const { senderId } = event.data;
  const key = senderKey(accountId, senderId);
  switch (event.type) {
    case 'SenderCreated':
      return create({ ...projectable, event }, into);
    case 'SenderUpdated':
      return update({ ...projectable, event }, into);
    case 'DefaultSenderSet':
      return into.merge(sendersKey(accountId), { defaultSenderId: senderId });
    case 'SenderDeleted':
      return into.remove(key);
    case 'WebhookSecretRegenerated': {
      const { secretVersion } = event.data;
      return into.merge(key, { secretVersion, updatedAt: metadata.at });
    }
  }
}

function create(
  { event, metadata: { at }, ownerId: accountId, sortKey }: Of<'SenderCreated'>,
  into: WriteSet,
): void {
  const { senderId, name, numberId = null, isDefault, smsOneway, voice, email = {} } = event.data;
  const key = senderKey(accountId, senderId);
  const row: SenderRow = {
    id: senderId,
    accountId,
    name,
    numberId,
    smsOneway,
    voice,
    ...noEmail,
    ...emailFields(email),
    ...webhookFields(event.data.webhook ?? null),
    createdAt: at,
    updatedAt: at,
  };
  into.put(key, row);
  into.relist(key, 'sender', [{ index: sendersIndex(accountId), sortKey }]);
  if (isDefault) into.merge(sendersKey(accountId), { defaultSenderId: senderId });
  if (numberId !== null) into.merge(numberKey(accountId, numberId), { senderId, updatedAt: at });
}

function update(
  { event, metadata, ownerId: accountId }: Of<'SenderUpdated'>,
  into: WriteSet,
): void {
  const { senderId, name, smsOneway, voice, email = {}, webhook } = event.data;
  into.merge(senderKey(accountId, senderId), {
    ...presentFields({ name, smsOneway, voice }),
    ...emailFields(email),
    ...(webhook === undefined ? {} : webhookFields(webhook)),
    updatedAt: metadata.at,
  });
}

type EmailFields = Pick<
  SenderRow,
  | 'emailAddress'
  | 'emailDomainId'
  | 'emailFromName'
  | 'emailReceivingEnabled'
  | 'emailCatchAllEnabled'
>;

const noEmail: EmailFields = {
  emailAddress: null,
  emailDomainId: null,
  emailFromName: null,
  emailReceivingEnabled: null,
  emailCatchAllEnabled: null,
};

function emailFields(email: SenderEmail): Partial<EmailFields> {
  return presentFields({
    emailAddress: email.address,
    emailDomainId: email.domainId,
    emailFromName: email.fromName,
    emailReceivingEnabled: email.receivingEnabled,
    emailCatchAllEnabled: email.catchAllEnabled,
  });
}

function webhookFields(given: SenderWebhook | null): Pick<SenderRow, 'webhook' | 'secretVersion'> {
  if (given === null) return { webhook: null, secretVersion: null };
  const { secretVersion, ...webhook } = given;
  return { webhook, secretVersion };
}
