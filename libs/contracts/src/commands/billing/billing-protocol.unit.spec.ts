import type { MessageItem, TeamCommand } from '@tollgate/domain';
import {
  adjustBalance,
  charge,
  createSubAccount,
  deactivateSubAccount,
  issueApiKey,
  openTeam,
  refund,
  revokeApiKey,
  specTime,
  topUp,
  updateSubAccount,
} from '@tollgate/testing';
import fc from 'fast-check';
import { billingProtocol } from './billing-protocol';

const { encode, decode, keyOf } = billingProtocol;

const message: MessageItem = {
  type: 'message',
  id: 'msg_1',
  to: '+14155550100',
  channel: 'sms',
  messageType: 'text',
  environment: 'test',
  content: { text: 'Hello' },
};

/** One of every type: one that is missing here does not compile. */
const commands: Readonly<Record<TeamCommand['type'], TeamCommand>> = {
  OpenTeam: openTeam({ openingBalance: 0 }),
  TopUp: topUp({ amount: 1, reference: 'invoice 7' }),
  AdjustBalance: adjustBalance({ amount: -1, force: true }),
  CreateSubAccount: createSubAccount({ creditLimit: null, metadata: { deep: { at: [1] } } }),
  UpdateSubAccount: updateSubAccount({ creditLimit: 5, status: 'inactive', externalId: 'crm-1' }),
  DeactivateSubAccount: deactivateSubAccount(),
  IssueApiKey: issueApiKey(),
  RevokeApiKey: revokeApiKey(),
  Charge: charge({ amount: 0, item: message }),
  Refund: refund({ chargeId: 'chg_1', amount: 3, reason: 'sorry' }),
};

const origin = {
  keyId: 'key_1',
  bodyHash: 0xffff_ffff,
  fingerprint: 'A-_z',
  isRetry: true,
  correlationId: 'one two',
  causationId: 'other',
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
};

type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with a charge that has these fields instead of its own. */
function problemOf(fields: Fields, data: Fields = {}): string | undefined {
  const command = charge({ amount: 1 });
  const value = { version: 1, ...command, data: { ...command.data, ...data }, ...fields };
  return decode(JSON.stringify(value), specTime).problem;
}

describe('a command that is put on a topic', () => {
  it.each(Object.entries(commands))('is read as it was: %s', (_, command) => {
    expect(decode(encode(command), 0)).toEqual({ command });
  });

  it('lies under the id of its team', () => {
    expect(keyOf(commands.Charge)).toBe(commands.Charge.teamId);
  });

  it('keeps where it came from', () => {
    const command = { ...commands.Charge, ...origin };
    expect(decode(encode(command), 0)).toEqual({ command });
  });

  it('takes the time of its record when it has none', () => {
    const { at, ...rest } = commands.Charge;
    const value = JSON.stringify({ version: 1, ...rest });
    expect(decode(value, 7).command).toEqual({ ...rest, at: 7 });
    expect(decode(encode(commands.Charge), 7).command?.at).toBe(at);
  });
});

describe('a record that holds no command', () => {
  it.each(['', '{', 'undefined', '{"version":1,}', '\u0000'])('says so: %j', (value) => {
    expect(decode(value, 0)).toEqual({ problem: 'the value is not JSON' });
  });

  it.each(['null', '[]', '1', '"text"', 'true'])('is JSON of another kind: %s', (value) => {
    expect(decode(value, 0)).toEqual({ problem: 'the command must be object' });
  });

  it.each(['version', 'type', 'id', 'teamId', 'data'])('lacks its %s', (field) => {
    const problem = `the command must have required property '${field}'`;
    expect(problemOf({ [field]: undefined })).toBe(problem);
  });

  it.each([0, 2, '1', null])('is of another version: %j', (version) => {
    expect(problemOf({ version })).toBe('version must be equal to constant (1)');
  });

  it.each(['Steal', 'charge', '', null, 'constructor'])('is of an unknown type: %j', (type) => {
    const types = Object.keys(commands).join(', ');
    expect(problemOf({ type })).toBe(`type must be equal to one of the allowed values (${types})`);
  });
});

/** Fields, and what is said of them. */
type Broken = readonly (readonly [Fields, string])[];

const brokenEnvelopes: Broken = [
  [{ id: 'no id' }, 'id must match pattern "^[0-7][0123456789ABCDEFGHJKMNPQRSTVWXYZ]{25}$"'],
  [{ id: `8${'0'.repeat(25)}` }, 'id must match pattern'],
  [{ teamId: 1 }, 'teamId must be string'],
  [{ teamId: 'x'.repeat(301) }, 'teamId must NOT have more than 300 characters'],
  [{ at: -1 }, 'at must be >= 0'],
  [{ at: 1.5 }, 'at must be integer'],
  [{ at: null }, 'at must be integer'],
  [{ at: 8_640_000_000_000_001 }, 'at must be <= 8640000000000000'],
  [{ keyId: '' }, 'keyId must NOT have fewer than 1 characters'],
  [{ bodyHash: 0x1_0000_0000 }, 'bodyHash must be <= 4294967295'],
  [{ fingerprint: 'a"b' }, 'fingerprint must match pattern "^[A-Za-z0-9_-]+$"'],
  [{ isRetry: 'yes' }, 'isRetry must be boolean'],
  [{ correlationId: 'x'.repeat(129) }, 'correlationId must NOT have more than 128 characters'],
  [{ causationId: [] }, 'causationId must be string'],
  [{ traceparent: '00-1-2-3' }, 'traceparent must match pattern'],
  [{ data: null }, 'data must be object'],
  [{ data: [] }, 'data must be object'],
];

const brokenData: Broken = [
  [{ amount: undefined }, "data must have required property 'amount'"],
  [{ amount: '1' }, 'data.amount must be integer'],
  [{ amount: 0.5 }, 'data.amount must be integer'],
  [{ amount: -1 }, 'data.amount must be >= 0'],
  [{ amount: 2 ** 53 }, 'data.amount must be <= 9007199254740991'],
  [{ accountId: 'a"b' }, 'data.accountId must match pattern "^[A-Za-z0-9_]+$"'],
  [{ item: 'custom' }, 'data.item must be object'],
  [{ item: {} }, "data.item must have required property 'type'"],
  [
    { item: { type: 'gift' } },
    'data.item.type must be equal to one of the allowed values (message, phone_number, custom)',
  ],
  [{ item: { type: 'custom', to: 'x' } }, 'data.item must NOT have additional properties (to)'],
  [
    { item: { type: 'custom', reference: 'x'.repeat(256) } },
    'data.item.reference must NOT have more than 255 characters',
  ],
];

const byRule = (rows: Broken): (readonly [string, Fields])[] =>
  rows.map(([fields, rule]) => [rule, fields]);

describe('a broken field', () => {
  it.each(byRule(brokenEnvelopes))('of the envelope is named: %s', (rule, fields) => {
    expect(problemOf(fields)).toContain(rule);
    expect(problemOf(fields)).not.toContain(';');
  });

  it.each(byRule(brokenData))('of the data is named with its place: %s', (problem, data) => {
    expect(problemOf({}, data)).toBe(problem);
  });

  it('that nobody knows is refused, so that a slip of the pen changes nothing', () => {
    expect(problemOf({ keyID: 'x' })).toBe(
      'the command must NOT have additional properties (keyID)',
    );
    expect(problemOf({}, { Amount: 1 })).toBe('data must NOT have additional properties (Amount)');
    const value = encode(commands.Charge).replace('{', '{"__proto__":{"keyId":"key_1"},');
    expect(decode(value, 0).problem).toContain('(__proto__)');
  });

  it('is one of several that are told, and those not without end', () => {
    const problem = problemOf({ version: 2, id: 1, teamId: 1, at: 'now', keyId: 1, bodyHash: -1 });
    expect(problem?.split('; ')).toHaveLength(5);
    const named = problemOf({ ['x'.repeat(1_000_000)]: 1 });
    expect(named?.length).toBeLessThan(300);
  });

  it('is no way to tell a refund what was charged: the log alone knows', () => {
    const data = { ...commands.Refund.data, charge: { revision: 1, accountId: 'a', amount: 5 } };
    const value = encode({ ...commands.Refund, data } as TeamCommand);
    const problem = 'data must NOT have additional properties (charge)';
    expect(decode(value, 0)).toEqual({ problem });
  });

  it("is the id of a team that could be no team's, when one is opened", () => {
    const open = { ...commands.OpenTeam, teamId: 'no "team"' };
    const pattern = 'teamId must match pattern "^[A-Za-z0-9_]+$"';
    expect(decode(encode(open), 0)).toEqual({ problem: pattern });
    const wanted = { ...commands.TopUp, teamId: 'no "team"' };
    expect(decode(encode(wanted), 0)).toEqual({ command: wanted });
  });
});

describe('reading a record', () => {
  const isEither = (value: string): boolean => {
    const { command, problem } = decode(value, 0);
    return (command === undefined) !== (problem === undefined) && problem !== '';
  };

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), isEither));
  });

  it('never throws, whatever the JSON', () => {
    fc.assert(fc.property(fc.json(), isEither));
  });

  it('never throws for commands with fields of any kind', () => {
    const fields = [...Object.keys(origin), 'version', 'type', 'id', 'teamId', 'at', 'data'];
    const broken = fc.dictionary(fc.constantFrom(...fields), fc.jsonValue());
    const command = fc.constantFrom(...Object.values(commands));
    const brokenData = fc.dictionary(fc.constantFrom('item', 'apiKey', 'amount'), fc.jsonValue());
    fc.assert(
      fc.property(command, broken, brokenData, (whole, envelope, data) =>
        isEither(
          JSON.stringify({ version: 1, ...whole, data: { ...whole.data, ...data }, ...envelope }),
        ),
      ),
    );
  });
});
