import type { TeamCommand } from '@tollgate/domain';
import { CommandLogFull, CommandLogUnavailable, type Outcome } from '@tollgate/ports';
import { InProcessCommandLog } from './in-process-command-log';

const OUTCOME: Outcome = { status: 'unknown', commandId: 'c' };

function commands(count: number): readonly TeamCommand[] {
  return Array.from({ length: count }, () => ({}) as TeamCommand);
}

describe('in-process command log', () => {
  let finish: () => void;
  let log: InProcessCommandLog;

  beforeEach(async () => {
    const gate = new Promise<void>((resolve) => (finish = resolve));
    const handle = (_: string, taken: readonly TeamCommand[]): Promise<readonly Outcome[]> =>
      gate.then(() => taken.map(() => OUTCOME));
    log = new InProcessCommandLog({ commandsMax: 3 });
    await log.run(handle);
  });

  it('given commands, when they are submitted, then their outcomes come back', async () => {
    const submitted = log.submit('tm_1', commands(2));
    finish();

    expect(await submitted).toEqual([OUTCOME, OUTCOME]);
  });

  it('given as many commands as allowed, when one more comes, then it is full', async () => {
    const underWay = log.submit('tm_1', commands(3));
    const refused = log.submit('tm_2', commands(1));

    await expect(refused).rejects.toBeInstanceOf(CommandLogFull);
    await expect(refused).rejects.toMatchObject({ retryAfterMs: 1_000 });
    finish();
    await underWay;
    await expect(log.submit('tm_2', commands(3))).resolves.toHaveLength(3);
  });

  it('given a handler that fails, when the next comes, then its place is free again', async () => {
    const failing = new InProcessCommandLog({ commandsMax: 1 });
    await failing.run(() => Promise.reject(new Error('broken')));
    await expect(failing.submit('tm_1', commands(1))).rejects.toThrow('broken');
    await expect(failing.submit('tm_1', commands(1))).rejects.toThrow('broken');
  });

  it('given nobody who takes commands, when some come, then it is away', async () => {
    const submitted = new InProcessCommandLog().submit('tm_1', commands(1));
    await expect(submitted).rejects.toBeInstanceOf(CommandLogUnavailable);
  });

  it('given commands under way, when closed, then they end and no more are taken', async () => {
    const done: string[] = [];
    const underWay = log.submit('tm_1', commands(1)).then(() => done.push('handled'));
    const closed = log.close().then(() => done.push('closed'));
    await expect(log.submit('tm_1', commands(1))).rejects.toBeInstanceOf(CommandLogUnavailable);
    finish();
    await Promise.all([underWay, closed]);

    expect(done).toEqual(['handled', 'closed']);
  });
});
