import type { SenderWebhook } from '@tollgate/domain';
import type { SenderRow } from './read-models';

/** The webhook of a sender, with the version of the secret that counts now. */
export function webhookOf({ webhook, secretVersion }: SenderRow): SenderWebhook | null {
  return webhook === null || secretVersion === null ? null : { ...webhook, secretVersion };
}
