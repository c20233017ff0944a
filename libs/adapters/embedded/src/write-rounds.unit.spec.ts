import { setTimeout as delay } from 'node:timers/promises';
import { WriteRounds } from './write-rounds';

describe('rounds of writing', () => {
  let written: (readonly number[])[];

  beforeEach(() => {
    written = [];
  });

  async function write(changes: readonly number[]): Promise<void> {
    written.push([...changes]);
    await delay(2);
    if (changes.includes(13)) throw new Error('unlucky');
  }

  it('given changes of one turn, then they go together, in their order', async () => {
    const rounds = new WriteRounds(write);
    await Promise.all([1, 2, 3].map((change) => rounds.add(change)));
    await rounds.add(4);

    expect(written).toEqual([[1, 2, 3], [4]]);
  });

  it('given a round under way, then what comes meanwhile waits for it, and goes next', async () => {
    const rounds = new WriteRounds(write);
    const first = rounds.add(1);
    await delay(1);
    const others = [2, 3].map((change) => rounds.add(change));

    await first;
    await Promise.all(others);
    expect(written).toEqual([[1], [2, 3]]);
  });

  it('given more changes than a round takes, then the rest goes into the next', async () => {
    const rounds = new WriteRounds(write);
    await Promise.all(Array.from({ length: 2_500 }, (_, index) => rounds.add(index + 100)));

    expect(written.map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
  });

  it('given a round that fails, then its changes fail with it and the next goes on', async () => {
    const rounds = new WriteRounds(write);
    const failed = Promise.allSettled([rounds.add(1), rounds.add(13)]);
    await delay(1);

    await rounds.add(2);
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('given that it is closed, then what was taken is written and no more is taken', async () => {
    const rounds = new WriteRounds(write);
    const adding = rounds.add(1);
    await rounds.close();

    await adding;
    await expect(rounds.add(2)).rejects.toThrow('closed');
    expect(written).toEqual([[1]]);
  });

  it('given a write that never ends, then whoever waits is told, and all who come', async () => {
    const rounds = new WriteRounds<number>(() => new Promise(() => undefined), 20);
    const first = rounds.add(1);
    await delay(5);
    const second = rounds.add(2);

    await expect(first).rejects.toThrow('opened again');
    await expect(second).rejects.toThrow('opened again');
    await expect(rounds.add(3)).rejects.toThrow('opened again');
    await rounds.close();
  });
});
