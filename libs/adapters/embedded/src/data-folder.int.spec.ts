/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventReader, EventToAppend, Log } from '@tollgate/ports';
import { TypeScriptProcess } from '@tollgate/testing';
import { DataFolder } from './data-folder';
import { DataFolderDamaged, DataFolderLocked, DataFolderMissing } from './data-folder.errors';

const APPENDER = join(__dirname, '..', 'test', 'appender.ts');
const EVENT: EventToAppend = { id: 'c/0', type: 'T', data: '{"a":1}', metadata: '{}' };
const VERSION = { readModelsVersion: 1 };

describe('data folder', () => {
  let parent: string;
  let path: string;
  const opened: { close(): Promise<void> }[] = [];

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'tollgate-folder-'));
    path = join(parent, 'data.d', 'tollgate');
  });

  afterEach(async () => {
    for (const folder of opened.splice(0)) await folder.close();
    rmSync(parent, { recursive: true });
  });

  async function open(options = {}): Promise<DataFolder> {
    const folder = await DataFolder.open(path, { ...VERSION, ...options });
    opened.push(folder);
    return folder;
  }

  async function close(): Promise<void> {
    await opened.pop()!.close();
  }

  it('given no folder, when opened, then it is made, for its owner alone', async () => {
    await open();

    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(JSON.parse(readFileSync(join(path, 'format.json'), 'utf8'))).toEqual({ format: 2 });
  });

  it('given an open folder, when opened again, then refused, naming the process', async () => {
    await open();
    const again = open();

    await expect(again).rejects.toBeInstanceOf(DataFolderLocked);
    await expect(again).rejects.toMatchObject({ path, pid: String(process.pid) });
  });

  it('given a closed folder, when opened again, then what was written is there', async () => {
    const { events } = await open();
    await events.append('team-1', -1, [EVENT]);
    await close();
    const again = await open();

    expect(await count(again.events)).toBe(1);
  });

  it('given another process, when it dies, then the folder is free', async () => {
    const other = new TypeScriptProcess(APPENDER, [path]);
    await other.line(/^ready/);
    await expect(open()).rejects.toMatchObject({ pid: String(other.pid) });
    await other.kill();

    await expect(open()).resolves.toBeInstanceOf(DataFolder);
  });

  it('given another process at work, when opened for reading, then its events show', async () => {
    const other = new TypeScriptProcess(APPENDER, [path]);
    try {
      await other.line(/ 59$/);
      const reader = await DataFolder.open(path, { readOnly: true });
      opened.push(reader);
      const first = await count(reader.events);
      await other.line(new RegExp(` ${first + 19}$`));

      expect(first).toBeGreaterThanOrEqual(60);
      expect(await count(reader.events)).toBeGreaterThan(first);
      expect(await reader.readModels.revisionOf('team-1')).toBe(-1);
    } finally {
      await other.kill();
    }
  });

  it('given no folder, when opened for reading, then it is missing and none is made', async () => {
    await expect(DataFolder.open(path, { readOnly: true })).rejects.toThrow(DataFolderMissing);
    expect(() => statSync(path)).toThrow('ENOENT');
  });

  describe('given a folder that is not as it was left', () => {
    beforeEach(async () => {
      const { events, readModels, snapshots } = await open();
      await events.append('team-1', -1, [EVENT]);
      await readModels.apply([
        {
          stream: 'team-1',
          group: 'team-1',
          firstRevision: 0,
          lastRevision: 0,
          position: 1,
          writes: [{ kind: 'put', key: 'row', row: { a: 1 } }],
        },
      ]);
      await snapshots.save('team-1', {
        version: 1,
        revision: 0,
        link: '',
        hash: '',
        head: '{}',
        parts: [],
      });
      await close();
    });

    it('when a later version wrote it, then it is refused', async () => {
      writeFileSync(join(path, 'format.json'), '{"format":3}');

      await expect(open()).rejects.toThrow(/has format 3; this version reads up to 2: update/);
      await expect(DataFolder.open(path, { readOnly: true })).rejects.toThrow('format 3');
    });

    it.each(['', 'nonsense', '{}', '{"format":"1"}', '{"format":0}'])(
      'when its format reads %p, then it is damaged',
      async (text) => {
        writeFileSync(join(path, 'format.json'), text);

        await expect(open()).rejects.toBeInstanceOf(DataFolderDamaged);
      },
    );

    it('when its format is gone, then it is damaged', async () => {
      rmSync(join(path, 'format.json'));

      await expect(open()).rejects.toThrow('format.json is missing');
    });

    it('when an earlier version wrote it, then it gets a vault and its format rises', async () => {
      writeFileSync(join(path, 'format.json'), '{"format":1}');
      rmSync(join(path, 'vault'), { recursive: true });
      const { vault } = await open();

      expect(await vault.keyOf('con_1')).toHaveLength(32);
      expect(readFileSync(join(path, 'format.json'), 'utf8')).toContain('2');
    });

    it('when its log was cut short, then it is damaged and nothing is changed', async () => {
      truncateSync(join(path, 'log', 'data.mdb'), 9_000);

      await expect(open()).rejects.toThrow(/log\/data.mdb: 9000 bytes, of \d+ written/);
      expect(statSync(join(path, 'log', 'data.mdb')).size).toBe(9_000);
    });

    it('when it could not be opened once, then it is free for the next try', async () => {
      writeFileSync(join(path, 'format.json'), '');
      await expect(open()).rejects.toBeInstanceOf(DataFolderDamaged);
      writeFileSync(join(path, 'format.json'), '{"format":2}');

      await expect(open()).resolves.toBeInstanceOf(DataFolder);
    });

    it('when a cache is damaged, then it starts anew and the log is whole', async () => {
      for (const cache of ['read-models', 'snapshots']) {
        writeFileSync(join(path, cache, 'data.mdb'), 'nonsense');
      }
      const warnings: unknown[] = [];
      const warn = (_: string, fields: unknown): void => void warnings.push(fields);
      const folder = await open({ log: { warn } as unknown as Log });

      expect(warnings).toMatchObject([{ cache: 'snapshots' }, { cache: 'read-models' }]);
      expect(await folder.snapshots.load('team-1')).toBeUndefined();
      expect(await folder.readModels.checkpoint()).toBe(0);
      expect(await count(folder.events)).toBe(1);
    });

    it('when the projections have another version, then read models are forgotten', async () => {
      const { readModels, snapshots, events } = await open({ readModelsVersion: 2 });

      expect(await readModels.get('row')).toBeUndefined();
      expect(await readModels.revisionOf('team-1')).toBe(-1);
      expect(await readModels.checkpoint()).toBe(0);
      expect(await snapshots.load('team-1')).toBeDefined();
      expect(await count(events)).toBe(1);
    });

    it('when the projections have the same version, then read models are there', async () => {
      const { readModels } = await open();

      expect(await readModels.get('row')).toEqual({ a: 1 });
      expect(await readModels.checkpoint()).toBe(1);
    });
  });
});

async function count(events: EventReader): Promise<number> {
  let total = 0;
  for await (const batch of events.readAll()) total += batch.length;
  return total;
}
