import { ConfigInvalid, Environment } from './environment';
import { messagingSettings, type MessagingSettings } from './messaging-settings';

function settings(env: Readonly<Record<string, string>>): MessagingSettings {
  const from = new Environment(env);
  const read = messagingSettings(from);
  from.check();
  return read;
}

const SECRET = 'sixteen characters';

describe('settings of messaging', () => {
  it('are a sandbox and public webhooks by default', () => {
    expect(settings({})).toEqual({ carrier: undefined, allowsPrivateWebhooks: false });
  });

  it('name a carrier with its secret', () => {
    const url = 'https://carrier.example/messages';
    const env = { TOLLGATE_CARRIER_URL: url, TOLLGATE_CARRIER_SECRET: SECRET };
    expect(settings(env).carrier).toEqual({ url, secret: SECRET });
  });

  it.each([
    [{ TOLLGATE_CARRIER_URL: 'https://a.example' }, 'TOLLGATE_CARRIER_SECRET'],
    [{ TOLLGATE_CARRIER_URL: 'no url', TOLLGATE_CARRIER_SECRET: SECRET }, 'TOLLGATE_CARRIER_URL'],
    [{ TOLLGATE_CARRIER_URL: 'ftp://a', TOLLGATE_CARRIER_SECRET: SECRET }, 'TOLLGATE_CARRIER_URL'],
    [{ TOLLGATE_WEBHOOKS_ALLOW_PRIVATE: 'yes' }, 'TOLLGATE_WEBHOOKS_ALLOW_PRIVATE'],
  ])('that break a rule are named: %j', (env, name) => {
    expect(() => settings(env)).toThrow(ConfigInvalid);
    expect(() => settings(env)).toThrow(name);
  });
});
