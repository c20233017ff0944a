import type { SenderCreated, SenderEmail } from '@tollgate/domain';
import type { SenderRow } from '@tollgate/projections';

/** The row of a sender that was made just now, before any read model shows it. */
export function createdSender(
  { data }: SenderCreated,
  accountId: string,
  createdAt: number,
): SenderRow {
  const { senderId, name, numberId = null, smsOneway, voice, email = {}, webhook } = data;
  return {
    id: senderId,
    accountId,
    name,
    numberId,
    smsOneway,
    voice,
    ...emailFields(email),
    webhook: webhook ?? null,
    secretVersion: webhook?.secretVersion ?? null,
    createdAt,
    updatedAt: createdAt,
  };
}

type EmailFields = Pick<
  SenderRow,
  | 'emailAddress'
  | 'emailDomainId'
  | 'emailFromName'
  | 'emailReceivingEnabled'
  | 'emailCatchAllEnabled'
>;

function emailFields(email: SenderEmail): EmailFields {
  return {
    emailAddress: email.address ?? null,
    emailDomainId: email.domainId ?? null,
    emailFromName: email.fromName ?? null,
    emailReceivingEnabled: email.receivingEnabled ?? null,
    emailCatchAllEnabled: email.catchAllEnabled ?? null,
  };
}
