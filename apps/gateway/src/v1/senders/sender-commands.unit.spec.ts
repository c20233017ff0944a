import { changeOf, newSenderOf } from './sender-commands';

const url = 'https://hooks.example.com';
const anyUrl = (): undefined => undefined;

describe('a request for a sender', () => {
  it('says only what it was asked for', () => {
    expect(newSenderOf({ name: 'x' }, anyUrl)).toEqual({ name: 'x' });
    expect(
      newSenderOf(
        {
          name: 'x',
          phoneNumber: '+14155550100',
          setAsDefault: true,
          enableSmsOneway: true,
          enableVoice: false,
          emailAddress: 'a@b.co',
          emailFromName: 'A',
          emailReceivingEnabled: true,
          webhookUrl: url,
          webhookEvents: ['message.sent'],
        },
        anyUrl,
      ),
    ).toEqual({
      name: 'x',
      phoneNumber: '+14155550100',
      setAsDefault: true,
      smsOneway: true,
      voice: false,
      email: { address: 'a@b.co', fromName: 'A', receivingEnabled: true },
      webhook: { url, events: ['message.sent'] },
    });
  });

  it('has a URL for its webhook, and one that may be called', () => {
    const events = { name: 'x', webhookEvents: ['message.sent'] };
    expect(() => newSenderOf(events, anyUrl)).toThrow('webhookUrl: is required');
    const refuse = (): string => 'must not be private';
    expect(() => newSenderOf({ name: 'x', webhookUrl: url }, refuse)).toThrow(
      'webhookUrl: must not be private',
    );
  });
});

describe('a change of a sender', () => {
  it('says only what it was asked for', () => {
    expect(changeOf({}, anyUrl)).toEqual({});
    expect(changeOf({ name: 'y', emailCatchAllEnabled: true }, anyUrl)).toEqual({
      name: 'y',
      email: { catchAllEnabled: true },
    });
    expect(changeOf({ webhookActive: false }, anyUrl)).toEqual({ webhook: { active: false } });
    expect(changeOf({ webhookUrl: url }, anyUrl)).toEqual({ webhook: { url } });
    expect(() => changeOf({ webhookUrl: url }, () => 'no')).toThrow('webhookUrl: no');
  });

  it('takes a webhook away, whatever else it says of it', () => {
    const change = changeOf({ webhookUrl: null, webhookActive: true, name: 'y' }, anyUrl);
    expect(change).toEqual({ webhook: null, name: 'y' });
  });
});
