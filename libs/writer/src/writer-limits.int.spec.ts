import { InMemoryEventLog, InMemorySnapshots } from '@tollgate/adapter-in-memory';
import { type Charge, type CommandMetadata, type MessageItem, teamIdOf } from '@tollgate/domain';
import { APPEND_BYTES_MAX, APPEND_EVENTS_MAX, CommandLogFull } from '@tollgate/ports';
import {
  FaultyEventLog,
  charge,
  createSubAccount,
  deactivateSubAccount,
  issueApiKey,
  newApiKey,
  openTeam,
  subAccountId,
  teamId,
  topUp,
} from '@tollgate/testing';
import {
  Stage,
  countOf,
  expectSound,
  inShort,
  nextId,
  storedAppends,
  storedEvents,
  type StoredEvent,
} from '../spec/stage';

const aCharge = (amount: number, as: Partial<CommandMetadata> = {}): Charge =>
  charge({ amount }, { id: nextId(), ...as });

function aMessage(text: string): Charge {
  const id = nextId();
  const item: MessageItem = {
    type: 'message',
    id: `msg_${id}`,
    to: '+14155550100',
    channel: 'sms',
    messageType: 'text',
    environment: 'live',
    content: { text },
  };
  return charge({ amount: 1, item }, { id });
}

const bytesOf = (append: readonly StoredEvent[]): number =>
  append.reduce(
    (sum, { recorded: { data, metadata } }) =>
      sum + Buffer.byteLength(data) + Buffer.byteLength(metadata),
    0,
  );

describe('given a team with money', () => {
  let stage: Stage<FaultyEventLog>;

  beforeEach(async () => {
    const events = new FaultyEventLog(new InMemoryEventLog());
    stage = new Stage(events, new InMemorySnapshots(), { queueMax: 5_000 });
    await stage.send(openTeam({ openingBalance: 1_000_000 }, { id: nextId() }));
  });

  afterEach(() => expectSound(stage.events, teamId));

  describe('and an account with a limit', () => {
    beforeEach(() => stage.send(createSubAccount({ creditLimit: 1_370 }, { id: nextId() })));

    it('when 1,000 charges come at once and 137 fit, then exactly 137 pass', async () => {
      const sent = Array.from({ length: 1_000 }, () => stage.sendOne(aCharge(10)));
      const counts = countOf(inShort(await Promise.all(sent)));

      expect(counts).toEqual(
        new Map([
          ['accepted', 137],
          ['credit_limit_reached', 863],
        ]),
      );
      const last = (await storedEvents(stage.events, teamId)).pop()!;
      expect(last.event).toMatchObject({ data: { totalSpentAfter: 1_370 } });
    });

    it('when they come in waves of all sizes, then still exactly 137 pass', async () => {
      const sent: Promise<readonly string[]>[] = [];
      for (let size = 1; size <= 45; size += 1) {
        const wave = Array.from({ length: size }, () => aCharge(10));
        sent.push(stage.send(...wave).then(inShort));
        if (size % 4 === 0) await new Promise(setImmediate);
      }

      expect(countOf((await Promise.all(sent)).flat()).get('accepted')).toBe(137);
    });
  });

  it('when the balance is what limits, then it is spent to the last micro', async () => {
    await stage.send(createSubAccount({}, { id: nextId() }));
    const sent = Array.from({ length: 1_000 }, () => stage.sendOne(aCharge(7_300)));
    const outcomes = await Promise.all([...sent, stage.sendOne(aCharge(100))]);

    expect(countOf(inShort(outcomes)).get('accepted')).toBe(136 + 1);
    expect((await stage.sendOne(aCharge(7_100))).status).toBe('accepted');
    expect(inShort(await stage.send(aCharge(1)))).toEqual(['insufficient_balance']);
  });

  describe('and an account without a limit', () => {
    beforeEach(() => stage.send(createSubAccount({}, { id: nextId() })));

    it('when more events come than one append takes, then several appends take them', async () => {
      const count = APPEND_EVENTS_MAX + 500;
      const commands = Array.from({ length: count }, () => aCharge(1));
      const outcomes = await stage.send(...commands);

      expect(outcomes.map((outcome) => 'commandId' in outcome && outcome.commandId)).toEqual(
        commands.map(({ id }) => id),
      );
      const [, , ...appends] = await storedAppends(stage.events, teamId);
      const sizes = appends.map((append) => append.length);
      expect(sizes.reduce((sum, size) => sum + size)).toBe(count);
      expect(sizes.length).toBeLessThanOrEqual(3);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(APPEND_EVENTS_MAX);
    });

    it.each([
      ['latin', 'x', 100_000],
      ['three bytes a letter', '漢', 60_000],
      ['two bytes a letter, of all sizes', 'é', undefined],
    ])(
      'when long texts come (%s), then no append has too many bytes',
      async (_, letter, length) => {
        const commands = Array.from({ length: 40 }, (__, n) =>
          aMessage(letter.repeat(length ?? 8_500 * (n + 1))),
        );
        const outcomes = await stage.send(...commands);

        expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
        const appends = await storedAppends(stage.events, teamId);
        expect(Math.max(...appends.map(bytesOf))).toBeLessThanOrEqual(APPEND_BYTES_MAX);
        expect(appends.length).toBeLessThan(2 + 40);
      },
    );

    it('when a command is too big for any append, then it alone is refused', async () => {
      const outcomes = await stage.send(
        aCharge(1),
        aMessage('x'.repeat(APPEND_BYTES_MAX - 100)),
        aMessage('漢'.repeat(APPEND_BYTES_MAX / 3)),
        aCharge(1),
      );

      expect(inShort(outcomes)).toEqual(['accepted', 'too_many', 'too_many', 'accepted']);
      expect(outcomes[1]).toMatchObject({ rejection: { what: 'bytes in one command' } });
    });

    it('when the biggest command that fits comes amid others, then it is accepted', async () => {
      const big = aMessage('x'.repeat(APPEND_BYTES_MAX - 600));
      const outcomes = await stage.send(aCharge(1), aCharge(1), big, aCharge(1));

      expect(inShort(outcomes)).toEqual(Array(4).fill('accepted'));
      const [, , ...appends] = await storedAppends(stage.events, teamId);
      expect(appends.map((append) => append.length)).toEqual([2, 1, 1]);
    });

    it('when a command has many events, then they stay in one append', async () => {
      const keys = Array.from({ length: 999 }, () => {
        const id = nextId();
        return issueApiKey({ apiKey: newApiKey(`key_${id}`) }, { id });
      });
      await stage.send(...keys);
      const charges = (): Charge[] => Array.from({ length: 1_600 }, () => aCharge(1));
      const id = nextId();
      const outcomes = await stage.send(
        ...charges(),
        deactivateSubAccount({}, { id }),
        ...charges(),
      );

      expect(countOf(inShort(outcomes))).toEqual(
        new Map([
          ['accepted', 1_601],
          ['account_inactive', 1_600],
        ]),
      );
      const appends = await storedAppends(stage.events, teamId);
      const withIt = appends.filter((append) =>
        append.some((one) => one.metadata.commandId === id),
      );
      expect(withIt).toHaveLength(1);
      expect(withIt[0]!.filter((one) => one.metadata.commandId === id)).toHaveLength(1_001);
    });

    it('when the queue of the team is full, then nothing more is taken', async () => {
      let open: () => void = () => undefined;
      stage.events.onAppend(() => new Promise<void>((resolve) => (open = resolve)));
      const underWay = stage.send(aCharge(1));
      for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
      const waiting = stage.send(...Array.from({ length: 4_999 }, () => aCharge(1)));
      const tooMany = stage.send(aCharge(1), aCharge(1));

      await expect(tooMany).rejects.toBeInstanceOf(CommandLogFull);
      await expect(tooMany).rejects.toMatchObject({ retryAfterMs: 1_000 });
      const last = stage.sendOne(aCharge(1));
      stage.events.onAppend(() => undefined);
      open();
      const outcomes = [...(await underWay), ...(await waiting), await last];
      expect(countOf(inShort(outcomes))).toEqual(new Map([['accepted', 5_001]]));
    });
  });

  describe('and commands that should never have come', () => {
    it.each<[string, Partial<CommandMetadata>]>([
      ['has no command id', { id: '"' }],
      ['has an id in small letters', { id: nextId().toLowerCase() }],
      ['is of another team', { teamId: teamIdOf(nextId()) }],
      ['has no time', { at: Number.NaN }],
      ['has a body hash that is too large', { bodyHash: 2 ** 32 }],
      ['has a fingerprint that ends the text', { fingerprint: 'a","link":"b' }],
    ])('when one %s, then nothing of its submission is taken', async (_, wrong) => {
      const commands = [topUp({ amount: 1 }, { id: nextId() }), aCharge(1, wrong)];

      await expect(stage.writer.submit(teamId, commands)).rejects.toThrow(RangeError);
      expect(await storedEvents(stage.events, teamId)).toHaveLength(3);
    });

    it('when one breaks the decider, then the others do not notice', async () => {
      await stage.send(createSubAccount({}, { id: nextId() }));
      const broken = { ...aCharge(1), data: undefined } as unknown as Charge;
      const cyclic: Record<string, unknown> = {};
      cyclic['self'] = cyclic;
      const unwritable = aMessage('');
      Object.assign((unwritable.data.item as MessageItem).content!, cyclic);
      const sent = [[aCharge(1), aCharge(2)], [broken], [aCharge(3), unwritable, aCharge(4)]];
      const outcomes = await Promise.all(sent.map((commands) => stage.send(...commands)));

      expect(outcomes.map(inShort)).toEqual([
        ['accepted', 'accepted'],
        ['undecidable'],
        ['accepted', 'undecidable', 'accepted'],
      ]);
      const amounts = (await storedEvents(stage.events, teamId)).slice(5);
      expect(
        amounts.map(({ event }) => (event as { data: { amount: number } }).data.amount),
      ).toEqual([1, 2, 3, 4]);
      expect(amounts[3]!.event).toMatchObject({ data: { accountId: subAccountId } });
    });
  });
});
