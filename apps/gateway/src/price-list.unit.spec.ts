import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_PRICE_LIST, readPriceList } from './price-list';

const sound = {
  currency: 'usd',
  sms: { default: 0.05, prefixes: { '1': 0.0075 } },
  channels: { email: 0.0008 },
};

describe('a price list', () => {
  let folder: string;
  let file: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-prices-'));
    file = join(folder, 'prices.json');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  function read(content: unknown): unknown {
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return readPriceList(file);
  }

  it('comes with the system', () => {
    expect(readPriceList(DEFAULT_PRICE_LIST)).toMatchObject({ currency: 'usd' });
  });

  it('is taken as it is when it is sound', () => {
    expect(read(sound)).toEqual(sound);
  });

  it('may name no prefix, and no channel but SMS', () => {
    const smallest = { currency: 'usd', sms: { default: 0, prefixes: {} }, channels: {} };
    expect(read(smallest)).toEqual(smallest);
  });

  const wrong: readonly [string, unknown, string][] = [
    ['no JSON', '{"currency":', 'JSON'],
    ['null', null, 'JSON object'],
    ['a list', [], 'JSON object'],
    ['a text', '"usd"', 'JSON object'],
    ['another currency', { ...sound, currency: 'eur' }, 'currency'],
    ['no SMS', { ...sound, sms: undefined }, 'sms'],
    ['null for SMS', { ...sound, sms: null }, 'sms'],
    ['no channels', { ...sound, channels: undefined }, 'channels'],
    ['null for channels', { ...sound, channels: null }, 'channels'],
    ['no default', { ...sound, sms: { prefixes: {} } }, 'sms.default'],
    ['no prefixes', { ...sound, sms: { default: 1 } }, 'sms.prefixes'],
    ['a list of prefixes', { ...sound, sms: { default: 1, prefixes: [1] } }, 'sms.prefixes'],
    ['a plus', { ...sound, sms: { default: 1, prefixes: { '+1': 1 } } }, 'sms.prefixes'],
    ['a price below zero', { ...sound, channels: { email: -0.01 } }, 'channels.email'],
    ['a price below a micro', { ...sound, channels: { email: 0.000_000_1 } }, 'channels.email'],
    ['a price past all reason', { ...sound, channels: { email: 1_001 } }, 'channels.email'],
    ['a price in words', { ...sound, channels: { email: '0.01' } }, 'channels.email'],
    ['null for a price', { ...sound, channels: { email: null } }, 'channels.email'],
  ];

  it.each(wrong)('with %s is refused, and the file and the place named', (_, content, place) => {
    expect(() => read(content)).toThrow(file);
    expect(() => read(content)).toThrow(place);
  });

  it('that is not there is named', () => {
    const missing = join(folder, 'missing.json');
    expect(() => readPriceList(missing)).toThrow(`price list ${missing}`);
  });
});
