import { isSms, priceOf, type PriceList } from './price-list';

const list: PriceList = {
  currency: 'usd',
  sms: {
    default: 0.05,
    prefixes: { '1': 0.004, '1242': 0.03, '52': 0.02, '5255': 0.01, '1234567': 0.0000014 },
  },
  channels: { email: 0.0004, whatsapp: 0.007, in_app: 0 },
};

const sms = (to: string, segments = 1, channel = 'sms'): number | undefined =>
  priceOf({ channel, to, segments }, list);

describe('the price of an SMS', () => {
  it.each([
    ['+14155550100', 4_000],
    ['14155550100', 4_000],
    ['+12425550100', 30_000],
    ['+525555550100', 10_000],
    ['+525055550100', 20_000],
    ['+4930555010', 50_000],
    ['+5', 50_000],
    ['', 50_000],
  ])('to %p goes by the longest prefix', (to, micros) => expect(sms(to)).toBe(micros));

  it('looks at prefixes of up to seven digits', () => expect(sms('+12345670000')).toBe(1));

  it('is for each segment', () => {
    expect(sms('+14155550100', 3)).toBe(12_000);
    expect(sms('+12345670000', 3)).toBe(3);
  });

  it('is the same for one-way SMS', () => {
    expect(sms('+14155550100', 1, 'sms_oneway')).toBe(4_000);
    expect(['sms', 'sms_oneway', 'email', 'SMS'].map(isSms)).toEqual([true, true, false, false]);
  });

  it('is not looked up among what every object has', () => expect(sms('valueOf')).toBe(50_000));
});

describe('the price on another channel', () => {
  const other = (channel: string): number | undefined =>
    priceOf({ channel, to: 'a@example.com', segments: 4 }, list);

  it('is one for the message, however many segments', () => {
    expect(other('email')).toBe(400);
    expect(other('whatsapp')).toBe(7_000);
  });

  it('may be nothing', () => expect(other('in_app')).toBe(0));

  it('is unknown for a channel that the list does not offer', () => {
    for (const channel of ['telegram', '', 'constructor', 'toString', '__proto__']) {
      expect(other(channel)).toBeUndefined();
    }
  });
});
