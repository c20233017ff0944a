import { teamStream } from '@tollgate/contracts';
import { revisionInId, type SenderWebhook } from '@tollgate/domain';
import { senderKey, webhookOf, type SenderRow } from '@tollgate/projections';
import type { WebhookPorts } from './ports';
import type { WebhookEvent } from './webhook-event';

/** Who is to be told of an event, as senders say it now. */
export class Receivers {
  constructor(private readonly readModels: WebhookPorts['readModels']) {}

  /**
   * Whether the read models know of the message. From then on they know of the sender that it was
   * sent with, so that no sender can be missed which is not shown yet.
   * @throws ReadModelsUnavailable
   */
  async know({ teamId, chargeId }: WebhookEvent, withinMs: number): Promise<boolean> {
    const revision = revisionInId('chg', teamId, chargeId);
    if (revision === undefined) return true;
    return this.readModels.waitFor(teamStream(teamId), revision, withinMs);
  }

  /** Undefined when nobody is to be told, or not any more. @throws ReadModelsUnavailable */
  async find({ accountId, senderId, type }: WebhookEvent): Promise<SenderWebhook | undefined> {
    const row = await this.readModels.get(senderKey(accountId, senderId));
    const webhook = row === undefined ? null : webhookOf(row as SenderRow);
    return webhook?.active === true && webhook.events.includes(type) ? webhook : undefined;
  }
}

/** Calls to one host share it, whatever their ports and paths. */
export function hostOf({ url }: SenderWebhook): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}
