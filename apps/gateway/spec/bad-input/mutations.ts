import type { Random } from './random';

const deep = (levels: number): string => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);

/** JSON that may stand where another value is expected. */
const STRANGE_JSON = [
  ...['null', 'true', 'false', '""', '" "', '"1"', '"null"', '[]', '{}', '[null]', '[[]]'],
  ...['0', '-0', '-1', '1e400', '-1e400', '1e-7', '0.00001', '0.5', '1.00005', '1e21'],
  ...['9007199254740993', '900000000000', '900000000001', '123456789012345678901234567890'],
  ...['"\\u0000"', '"\\ud800"', '"😀"', '"\\u202e"', '"../../etc"', '"\' OR 1=1 --"', '"${a}"'],
  ...['{"constructor":1}', '{"toString":null}', '{"length":-1}', '{"then":1}', '{"$ref":"#"}'],
  ...['{"constructor":{"prototype":1}}', '{"__proto__":{"a":1}}', '{"a":{"constructor":null}}'],
  ...['{"valueOf":1,"toJSON":2}', '[{"filename":1}]', '[{"filename":{"constructor":1}}]'],
  `"${'x'.repeat(70_000)}"`,
  `"${'x'.repeat(201)}"`,
  `[${'1,'.repeat(1_100)}1]`,
  deep(65),
  deep(5_000),
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
];

const STRANGE_NAMES = [
  ...['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'toJSON', 'then', 'length'],
  ...['', ' ', 'id', 'accountId', 'teamId', 'balance', 'status', 'a.b', 'a[0]', '😀', '\u0000'],
];

const STRANGE_IDS = [
  ...['%00', '%20', '%2F', '..%2f..', '%F0%9F%98%80', '__proto__', 'constructor', '*', ':id', '-1'],
  ...['con_', 'chn_', 'snd_', 'pn_', '+', '%2B', '+14155550123', '%2B1415%20555', '\u{1f600}'],
  ...['undefined', 'null', 'tm_', 'sub_', 'acc_', 'msg_', 'chg_', '%zz', '%ff', '%', "'", '~', '$'],
  ...['x'.repeat(300), 'x'.repeat(301), '%E2%82%AC'.repeat(300), 'chg_0000000009KDMY7Z'],
  ...['sub_01M86CY63ESJK53FB4CXECR1GB', 'tm_01M86CY63ESJK53FB4CXECR1GB'],
];

const STRANGE_QUERIES = [
  ...['', 'limit=', 'cursor=', 'limit=0', 'limit=1', 'limit=101', 'limit=1e1', 'limit=%00'],
  ...['limit=1&limit=2', 'cursor=a&cursor=b', 'cursor=!!!', 'cursor=MDAwMDAwMDAwMDAwMDAwMQ'],
  ...['cursor=%F0%9F%98%80', 'cursor=%zz', 'status=x', 'status=queued', 'to=&channel=', 'a[b]=c'],
  ...['countryCode=US', 'countryCode=us&contains=555&limit=3', 'countryCode=USA', 'countryCode='],
  ...['countryCode=DE&type=mobile&capabilities=sms,voice', 'countryCode=%00%00&type=tollFree'],
  ...[
    'countryCode=US&countryCode=US',
    'countryCode=US&capabilities=fax',
    'countryCode=US&limit=51',
  ],
  ...[
    'search=',
    'search=555',
    'search=%F0%9F%98%80',
    'search=%00',
    'search=..%2F',
    'search=a&limit=1',
  ],
  ...[
    'search=Jos%C3%A9%20x',
    'search=%2B1',
    'search=%ED%A0%80',
    'search=a&search=b',
    'search=text',
  ],
  ...['tag=', 'tag=a%2Cb', 'tag=a&tag=b', 'tag=,', 'tag[]=a', 'phoneNumber=+1', 'phoneNumber=%2B1'],
  ...[
    'phoneNumber=a&search=b',
    'search=a&cursor=MSAwMDAgYQ',
    'to=+14155550123',
    'to=%2B1&status=sent',
  ],
  ...[
    'status=sending&channel=email',
    'status=suspended',
    'status=pending&limit=1',
    'channel=voice',
  ],
  `search=${'x'.repeat(201)}`,
  `search=${'%20a'.repeat(60)}`,
  `search=${'9'.repeat(200)}`,
  ...['__proto__=1', 'constructor=1', '__proto__[a]=1', 'x=1', '&&&', '=', '%=%', '?', '#'],
  `cursor=${'x'.repeat(3_000)}`,
  `${'a=1&'.repeat(500)}`,
];

const STRANGE_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { 'idempotency-key': '' },
  { 'idempotency-key': 'k'.repeat(256) },
  { 'idempotency-key': '\u00ff' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': '' },
  { 'content-encoding': 'gzip' },
  { 'x-stainless-retry-count': '1' },
  { 'x-stainless-retry-count': 'many' },
  { 'zavu-sender': 'snd_1' },
  { traceparent: '00-zz' },
  { 'x-correlation-id': '\u00e9 '.repeat(100) },
  { accept: 'text/html' },
  { expect: '' },
];

type Fields = Record<string, unknown>;

/** Makes good requests bad, or at least strange. */
export class Mutations {
  constructor(private readonly random: Random) {}

  /** The text of a body with up to three things done to it; some bodies stay good. */
  body(good: Fields): string | Buffer {
    const { random } = this;
    if (random.chance(0.2)) return JSON.stringify(good);
    const fields = { ...good };
    const raw: string[] = [];
    for (let left = random.below(3); left >= 0; left -= 1) this.change(fields, raw);
    let text = JSON.stringify(fields);
    raw.forEach((json, place) => (text = text.replace(`"raw ${place}"`, () => json)));
    return random.chance(0.15) ? this.damaged(text) : text;
  }

  id(known: readonly string[]): string {
    const { random } = this;
    return random.chance(0.6) && known.length > 0 ? random.pick(known) : random.pick(STRANGE_IDS);
  }

  query(): string {
    return this.random.chance(0.4) ? `?${this.random.pick(STRANGE_QUERIES)}` : '';
  }

  headers(): Readonly<Record<string, string>> {
    return this.random.chance(0.2) ? this.random.pick(STRANGE_HEADERS) : {};
  }

  /** One field goes, comes, or gets another value; `raw` holds JSON that no object can. */
  private change(fields: Fields, raw: string[]): void {
    const { random } = this;
    const name = random.pick([...Object.keys(fields), 'name']);
    const [inner, ...others] = [fields[name]].flat();
    if (Array.isArray(fields[name]) && isFields(inner) && random.chance(0.6)) {
      const changed = { ...inner };
      fields[name] = [changed, ...others];
      return this.change(changed, raw);
    }
    const json = (): string => `raw ${raw.push(random.pick(STRANGE_JSON)) - 1}`;
    switch (random.below(4)) {
      case 0:
        delete fields[name];
        return;
      case 1:
        fields[random.pick(STRANGE_NAMES)] = json();
        return;
      case 2:
        fields[name] = [fields[name]];
        return;
      default:
        fields[name] = json();
    }
  }

  private damaged(text: string): string | Buffer {
    const { random } = this;
    const at = random.below(text.length);
    switch (random.below(7)) {
      case 0:
        return text.slice(0, at);
      case 5:
        // Every name twice: the second one counts.
        return text.replace(/^\{(.+)\}$/s, '{$1,$1}');
      case 1:
        return text + text;
      case 2:
        return `\ufeff${text}`;
      case 3:
        return Buffer.from(text, 'utf16le');
      case 4:
        return random.pick(STRANGE_JSON);
      default:
        return Buffer.from(text).fill(random.below(256), at, at + 1);
    }
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
