import type { Checkpoints, Log } from '@tollgate/ports';
import { ManualTimer } from '@tollgate/testing';
import { CheckpointSaver } from './checkpoint-saver';
import { Progress } from './progress';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function newSaver(save: Checkpoints['save'] = async () => undefined): {
  saver: CheckpointSaver;
  progress: Progress;
  manual: ManualTimer;
  saved: number[];
} {
  const saved: number[] = [];
  const checkpoints: Checkpoints = {
    load: async () => 0,
    save: async (consumer, position) => {
      await save(consumer, position);
      saved.push(position);
    },
  };
  const manual = new ManualTimer();
  const progress = new Progress(0);
  const options = { consumer: 'messaging', timer: manual.timer, checkpointMs: 200 };
  return {
    saver: new CheckpointSaver(checkpoints, progress, options, silent),
    progress,
    manual,
    saved,
  };
}

describe('the checkpoint', () => {
  it('is saved once for many changes', async () => {
    const { saver, progress, manual, saved } = newSaver();
    for (let position = 1; position <= 50; position += 1) {
      progress.pass(position);
      saver.request();
    }
    await manual.pass(199);
    expect(saved).toEqual([]);
    await manual.pass(1);
    expect(saved).toEqual([50]);
  });

  it('is not saved when it did not move', async () => {
    const { saver, manual, saved } = newSaver();
    saver.request();
    await manual.pass(200);
    await saver.close();
    expect(saved).toEqual([]);
  });

  it('is saved again after a save that failed', async () => {
    let failures = 1;
    const { saver, progress, manual, saved } = newSaver(async () => {
      failures -= 1;
      if (failures >= 0) throw new Error('disk full');
    });
    progress.pass(3);
    saver.request();
    await manual.pass(200);
    expect(saved).toEqual([]);
    await manual.pass(200);
    expect(saved).toEqual([3]);
  });

  it('is saved in order, even when saving is slow', async () => {
    const waiting: (() => void)[] = [];
    const slow = newSaver(() => new Promise((resolve) => waiting.push(resolve)));
    slow.progress.pass(1);
    slow.saver.request();
    await slow.manual.pass(200);
    slow.progress.pass(2);
    slow.saver.request();
    await slow.manual.pass(200);
    expect(waiting).toHaveLength(1);
    waiting[0]!();
    const closed = slow.saver.close();
    await slow.manual.pass(0);
    waiting[1]!();
    await closed;
    expect(slow.saved).toEqual([1, 2]);
  });

  it('is saved when closing, and not afterwards', async () => {
    const { saver, progress, manual, saved } = newSaver();
    progress.pass(3);
    await saver.close();
    progress.pass(4);
    saver.request();
    await manual.pass(1_000);
    expect(saved).toEqual([3]);
  });
});
