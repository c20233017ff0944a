import { HttpWebhookClient, brokenUrlRule, type UrlRule } from '@tollgate/adapter-webhook-http';
import type { MessagingSettings } from '@tollgate/platform';

const RULES: Readonly<Record<UrlRule, string>> = {
  valid: 'must be a URL of at most 2,048 characters',
  https: 'must begin with https://',
  no_credentials: 'must not hold a user name or a password',
  public_host: 'must not lead to a private network',
};

export function webhookClientOf({ allowsPrivateWebhooks }: MessagingSettings): HttpWebhookClient {
  return new HttpWebhookClient({ allowPrivate: allowsPrivateWebhooks });
}

/** Tells why a webhook may not be sent to a URL; undefined for one that it may be sent to. */
export function webhookUrlProblemOf({
  allowsPrivateWebhooks: allowPrivate,
}: MessagingSettings): (url: string) => string | undefined {
  return (url) => {
    const rule = brokenUrlRule(url, { allowPrivate });
    return rule === undefined ? undefined : RULES[rule];
  };
}
