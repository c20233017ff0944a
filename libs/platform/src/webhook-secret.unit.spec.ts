import { deriveWebhookSecret } from './webhook-secret';

describe("a webhook's secret", () => {
  it('is the same one whoever derives it, in this release and in the next', () => {
    const secret = deriveWebhookSecret('the key secret of a spec', 'snd_1', 1);
    expect(secret).toBe('whsec_KpUxqRcBMVA3dAIEXGLvpwuIU7xKxpD33sm1UYDetDY');
    expect(secret).toMatch(/^whsec_[A-Za-z0-9_-]{43}$/);
  });

  it('is another one for every sender, version and system', () => {
    const secrets = [
      deriveWebhookSecret('a', 'snd_1', 1),
      deriveWebhookSecret('a', 'snd_1', 2),
      deriveWebhookSecret('a', 'snd_1', 12),
      deriveWebhookSecret('a', 'snd_2', 1),
      deriveWebhookSecret('b', 'snd_1', 1),
    ];
    expect(new Set(secrets).size).toBe(secrets.length);
  });
});
