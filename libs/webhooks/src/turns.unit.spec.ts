import fc from 'fast-check';
import { SimulatedTime, soon } from '../spec/simulated-time';
import { Turns, type EndTurn, type Lane } from './turns';

const limits = { callsMax: 4, hostCallsMax: 2, accountCallsMax: 3, waitingMax: 5, waitMs: 1_000 };

function newTurns(given: Partial<typeof limits> = {}): { turns: Turns; time: SimulatedTime } {
  const time = new SimulatedTime();
  return { turns: new Turns({ ...limits, ...given, timer: time.timer }), time };
}

/** Asks for turns, and notes who has had one in which order. */
class Asking {
  readonly begun: string[] = [];
  readonly refused: string[] = [];
  private readonly ends = new Map<string, EndTurn>();

  constructor(private readonly turns: Turns) {}

  async ask(name: string, lane: Lane): Promise<void> {
    void this.turns.take(lane).then((end) => {
      if (end === undefined) this.refused.push(name);
      else this.begun.push(name);
      if (end !== undefined) this.ends.set(name, end);
    });
    await soon();
  }

  async end(name: string): Promise<void> {
    this.ends.get(name)!();
    this.ends.delete(name);
    await soon();
  }
}

const lane = (host: string, accountId = host): Lane => ({ host, accountId });

describe('a turn', () => {
  it('is had at once while there are some', async () => {
    const asking = new Asking(newTurns().turns);
    for (const name of ['a', 'b', 'c', 'd']) await asking.ask(name, lane(name));
    expect(asking.begun).toEqual(['a', 'b', 'c', 'd']);
    await asking.ask('e', lane('e'));
    expect(asking.begun).toHaveLength(4);
    await asking.end('b');
    expect(asking.begun).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('is waited for by those who call one host, while others are called', async () => {
    const asking = new Asking(newTurns().turns);
    await asking.ask('slow 1', lane('slow', 'one'));
    await asking.ask('slow 2', lane('slow', 'other'));
    await asking.ask('slow 3', lane('slow', 'third'));
    await asking.ask('quick', lane('quick'));
    expect(asking.begun).toEqual(['slow 1', 'slow 2', 'quick']);
    await asking.end('slow 2');
    expect(asking.begun.at(-1)).toBe('slow 3');
  });

  it('is waited for by one account, however many hosts it calls', async () => {
    const asking = new Asking(newTurns().turns);
    for (const host of ['a', 'b', 'c', 'd']) await asking.ask(host, lane(host, 'one'));
    await asking.ask('e', lane('e', 'other'));
    expect(asking.begun).toEqual(['a', 'b', 'c', 'e']);
    await asking.end('a');
    expect(asking.begun.at(-1)).toBe('d');
  });

  it('goes round among those who wait', async () => {
    const asking = new Asking(newTurns({ callsMax: 1 }).turns);
    await asking.ask('first', lane('first'));
    for (const name of ['a1', 'a2', 'a3', 'b1', 'b2']) await asking.ask(name, lane(name[0]!));
    for (const name of ['first', 'a1', 'b1', 'a2', 'b2']) await asking.end(name);
    expect(asking.begun).toEqual(['first', 'a1', 'b1', 'a2', 'b2', 'a3']);
  });

  it('can be what two have waited for', async () => {
    const asking = new Asking(newTurns({ hostCallsMax: 1, accountCallsMax: 1 }).turns);
    await asking.ask('one', lane('a', 'x'));
    await asking.ask('same host', lane('a', 'y'));
    await asking.ask('same account', lane('b', 'x'));
    expect(asking.begun).toEqual(['one']);
    await asking.end('one');
    expect(asking.begun).toEqual(['one', 'same host', 'same account']);
  });

  it('is not had by more than may wait', async () => {
    const { turns } = newTurns({ hostCallsMax: 1, waitingMax: 2 });
    const asking = new Asking(turns);
    for (const name of ['1', '2', '3', '4']) await asking.ask(name, lane('slow', `of ${name}`));
    expect(asking).toMatchObject({ begun: ['1'], refused: ['4'] });
    await asking.end('1');
    await asking.ask('5', lane('slow', 'of 5'));
    expect(asking).toMatchObject({ begun: ['1', '2'], refused: ['4'] });
  });

  it('is not waited for longer than it may be', async () => {
    const { turns, time } = newTurns({ hostCallsMax: 1 });
    const asking = new Asking(turns);
    await asking.ask('1', lane('slow'));
    await asking.ask('2', lane('slow'));
    await time.pass(500);
    await asking.ask('3', lane('slow'));
    await time.pass(500);
    expect(asking).toMatchObject({ begun: ['1'], refused: ['2'] });
    await asking.end('1');
    expect(asking.begun).toEqual(['1', '3']);
    expect(time.alarmCount).toBe(0);
  });

  it('is nobody’s once it is over for all', async () => {
    const { turns, time } = newTurns({ hostCallsMax: 1 });
    const asking = new Asking(turns);
    for (const name of ['1', '2', '3']) await asking.ask(name, lane('slow'));
    turns.close();
    await asking.ask('4', lane('quick'));
    expect(asking.refused).toEqual(['2', '3', '4']);
    expect(time.alarmCount).toBe(0);
  });
});

describe('turns', () => {
  it('are never more than there may be, and come to all who wait', async () => {
    const step = fc.record({ host: fc.nat(3), account: fc.nat(2), ends: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { turns } = newTurns({ waitingMax: 100 });
        const running: { readonly lane: Lane; readonly end: EndTurn }[] = [];
        let begun = 0;
        const check = (): void => {
          const count = (key: keyof Lane, name: string): number =>
            running.filter((each) => each.lane[key] === name).length;
          expect(running.length).toBeLessThanOrEqual(limits.callsMax);
          for (const { lane: its } of running) {
            expect(count('host', its.host)).toBeLessThanOrEqual(limits.hostCallsMax);
            expect(count('accountId', its.accountId)).toBeLessThanOrEqual(limits.accountCallsMax);
          }
        };
        const endOne = async (): Promise<void> => {
          running.shift()?.end();
          await Promise.resolve();
          await Promise.resolve();
          check();
        };
        for (const { host, account, ends } of steps) {
          const its = lane(`h${host}`, `a${account}`);
          void turns.take(its).then((end) => {
            running.push({ lane: its, end: end! });
            begun += 1;
          });
          for (let count = 0; count < ends; count += 1) await endOne();
        }
        await Promise.resolve();
        while (running.length > 0) await endOne();
        expect(begun).toBe(steps.length);
      }),
      { numRuns: 200 },
    );
  });
});
