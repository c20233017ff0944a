import type { SignatureVersion } from '@tollgate/domain';
import { webhookOf, type NumberRow, type SenderRow } from '@tollgate/projections';
import { present } from '../../http/present';

export interface WebhookView {
  readonly url: string;
  readonly events: readonly string[];
  readonly active: boolean;
  readonly signatureVersion: SignatureVersion;
  /** Only in the answer that makes it. */
  readonly secret?: string;
}

export interface SenderView {
  readonly id: string;
  readonly name: string;
  /** Empty for a sender without a number. */
  readonly phoneNumber: string;
  /** What it can send on now. */
  readonly channels: readonly string[];
  readonly isDefault: boolean;
  readonly emailAddress?: string;
  readonly emailReceivingEnabled?: boolean;
  readonly emailCatchAllEnabled?: boolean;
  readonly webhook?: WebhookView;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A sender with what is kept beside it. */
export interface KnownSender {
  readonly row: SenderRow;
  /** The number that it sends from; undefined when it has none. */
  readonly number: Pick<NumberRow, 'phoneNumber' | 'status' | 'capabilities'> | undefined;
  readonly isDefault: boolean;
}

/** @param secret of the webhook, for the one answer that shows it. */
export function senderView({ row, number, isDefault }: KnownSender, secret?: string): SenderView {
  const { emailAddress, emailReceivingEnabled, emailCatchAllEnabled } = row;
  return {
    id: row.id,
    name: row.name,
    phoneNumber: number?.phoneNumber ?? '',
    channels: channelsOfSender({ row, number }),
    isDefault,
    ...present({ emailAddress, emailReceivingEnabled, emailCatchAllEnabled }),
    ...present({ webhook: webhookView(row, secret) }),
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
  };
}

/** Computed, as in the mirrored API: a setting alone sends nothing. */
export function channelsOfSender({
  row,
  number,
}: Pick<KnownSender, 'row' | 'number'>): readonly string[] {
  const active = number?.status === 'active' ? number.capabilities : undefined;
  const can: Readonly<Record<string, boolean>> = {
    sms: active?.sms === true,
    sms_oneway: row.smsOneway,
    voice: row.voice && active?.voice === true,
    email: row.emailAddress !== null,
  };
  return Object.keys(can).filter((channel) => can[channel]);
}

function webhookView(row: SenderRow, secret: string | undefined): WebhookView | undefined {
  const webhook = webhookOf(row);
  if (webhook === null) return undefined;
  const { url, events, active, signatureVersion } = webhook;
  return { url, events, active, signatureVersion, ...present({ secret }) };
}
