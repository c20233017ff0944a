/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pinoLog } from '@tollgate/platform';
import { openStorage } from './open-storage';

const log = pinoLog('silent');

describe('the storage of a data folder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-storage-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** A folder with two events in the log, and read models that show so many. */
  async function fill(shown: number): Promise<void> {
    const storage = await openStorage(folder, log);
    const event = { type: 'Counted', data: '{}', metadata: '{}' };
    await storage.events.append('team-1', -1, [
      { ...event, id: 'a/0' },
      { ...event, id: 'a/1' },
    ]);
    await storage.readModels.apply([
      {
        stream: 'team-1',
        group: 'team-1',
        firstRevision: 0,
        lastRevision: 1,
        position: shown,
        writes: [],
      },
    ]);
    await storage.close();
  }

  it.each([0, 1, 2])('opens when the read models show %p of two events', async (shown) => {
    await fill(shown);
    const storage = await openStorage(folder, log);
    expect(storage.events.head).toBe(2);
    await storage.close();
  });

  it('does not open when they show more than the log holds, and lets the folder go', async () => {
    await fill(3);
    await expect(openStorage(folder, log)).rejects.toThrow('put the whole log back');
    await expect(openStorage(folder, log)).rejects.toThrow(folder);
    rmSync(join(folder, 'read-models'), { recursive: true });
    await (await openStorage(folder, log)).close();
  });

  it('is for one at a time', async () => {
    const storage = await openStorage(folder, log);
    await expect(openStorage(folder, log)).rejects.toThrow('in use');
    await storage.close();
    await (await openStorage(folder, log)).close();
  });
});
