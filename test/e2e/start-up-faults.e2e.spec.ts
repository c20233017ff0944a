import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  cpSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Folders, contentOf } from './support/folders';
import { SmallDisk } from './support/mounts';
import { expectRefusal, tryToStart } from './support/run';
import { System } from './support/system';

const LOG_FILE = join('log', 'data.mdb');

jest.setTimeout(300_000);

describe('a system that can not start', () => {
  const folders = new Folders();
  /** A folder with a team and some charges, on which nobody works. */
  let original: string;

  beforeAll(async () => {
    original = await folders.empty();
    const system = await System.start({ dataDir: original });
    const { main } = await system.openTeam(10_000);
    for (let charge = 0; charge < 20; charge += 1) {
      await main.api.expect(201, main.api.post('/billing/v1/charges', { amount: 1 }));
    }
    await system.server.stop();
    await system.end();
  });

  afterAll(() => folders.remove());

  describe('because of another one', () => {
    let first: System;

    beforeAll(async () => {
      first = await System.start();
    });

    afterAll(() => first.end());

    it('on its data folder names the folder and its owner, who goes on', async () => {
      const ended = await tryToStart(first.dataDir);
      expectRefusal(ended, first.dataDir, `in use by process ${first.server.pid}`);
      expect((await first.operator.get('/operator/v1/teams')).status).toBe(200);
      await first.openTeam(100);
    });

    it('on its port names the address', async () => {
      const { port, host } = new URL(first.server.url);
      const ended = await tryToStart(await folders.empty(), { TOLLGATE_PORT: port });
      expectRefusal(ended, host, 'in use');
    });
  });

  describe('because of its data folder', () => {
    const damages: readonly [string, (file: string) => void][] = [
      ['cut to half', (file) => truncateSync(file, Math.floor(statSync(file).size / 2))],
      ['cut to its first page', (file) => truncateSync(file, 4_096)],
      ['cut to a few bytes', (file) => truncateSync(file, 100)],
      ['overwritten at the start', (file) => overwrite(file, 0, randomBytes(8_192))],
      ['another kind of file', (file) => writeFileSync(file, 'hello\n'.repeat(10_000))],
    ];

    it.each(damages)('whose log is %s says so, and changes nothing', async (_, damage) => {
      const folder = await folders.copyOf(original);
      damage(join(folder, LOG_FILE));
      const before = contentOf(folder);
      expectRefusal(await tryToStart(folder), folder);
      expect(contentOf(folder)).toEqual(before);
    });

    const losses: readonly [string, (file: string) => void][] = [
      ['emptied', (file) => truncateSync(file, 0)],
      ['lost', (file) => rmSync(file)],
      ['lost with its folder', (file) => rmSync(dirname(file), { recursive: true })],
    ];

    it.each(losses)('whose log is %s does not begin anew', async (_, lose) => {
      const folder = await folders.copyOf(original);
      lose(join(folder, LOG_FILE));
      expectRefusal(await tryToStart(folder), folder, 'read-models');
      expectRefusal(await tryToStart(folder), folder, 'read-models');
    });

    it('whose log was put back from an older copy does not go on with less', async () => {
      const folder = await folders.copyOf(original);
      const system = await System.start({ dataDir: folder });
      await system.openTeam(100);
      await system.server.stop();
      await system.end();
      cpSync(join(original, LOG_FILE), join(folder, LOG_FILE));
      expectRefusal(await tryToStart(folder), folder, 'put the whole log back');
      rmSync(join(folder, 'read-models'), { recursive: true });
      expect(await tryToStart(folder)).toMatchObject({ code: 0 });
    });

    it('that a later version wrote asks for an update', async () => {
      const folder = await folders.copyOf(original);
      writeFileSync(join(folder, 'format.json'), '{"format":99}\n');
      const before = contentOf(folder);
      expectRefusal(await tryToStart(folder), folder, 'format 99', 'update');
      expect(contentOf(folder)).toEqual(before);
    });

    it('whose format record can not be read says so', async () => {
      const folder = await folders.copyOf(original);
      writeFileSync(join(folder, 'format.json'), '');
      expectRefusal(await tryToStart(folder), folder, 'format.json');
    });

    it('that is a file says so', async () => {
      const file = join(await folders.empty(), 'file');
      writeFileSync(file, '');
      expectRefusal(await tryToStart(file), file);
    });

    it('that can only be read says so', async () => {
      const disk = SmallDisk.mount(16 * 1024 * 1024);
      if (disk === undefined) return;
      try {
        const folder = join(disk.path, 'data');
        cpSync(original, folder, { recursive: true });
        disk.forbidWriting();
        expectRefusal(await tryToStart(folder), folder, 'read-only');
        expectRefusal(await tryToStart(join(disk.path, 'new')), disk.path);
      } finally {
        disk.unmount();
      }
    });

    it('that belongs to somebody else says so', async () => {
      if (process.getuid?.() === 0) {
        process.stderr.write('NOT TESTED: root may open every folder\n');
        return;
      }
      const folder = await folders.copyOf(original);
      chmodSync(folder, 0o500);
      expectRefusal(await tryToStart(folder), folder, 'permission denied');
      chmodSync(folder, 0o700);
    });

    it.each(['operator-key', 'key-secret'])('whose %s is empty says so', async (name) => {
      const folder = await folders.copyOf(original);
      writeFileSync(join(folder, name), '\n');
      expectRefusal(await tryToStart(folder, { TOLLGATE_OPERATOR_KEY: '' }), name);
    });

    it('starts when only caches are damaged, and fills them again', async () => {
      const folder = await folders.copyOf(original);
      for (const cache of ['read-models', 'snapshots']) {
        overwrite(join(folder, cache, 'data.mdb'), 0, randomBytes(8_192));
      }
      const system = await System.start({ dataDir: folder });
      const teams = await system.operator.get('/operator/v1/teams');
      expect(teams.body).toMatchObject({ items: [{ balance: 10_000 - 20 }] });
      expect(await system.server.stop()).toBe(0);
      await system.end();
    });
  });

  describe('because of its settings', () => {
    it('names all that are wrong at once', async () => {
      const ended = await tryToStart(await folders.empty(), {
        TOLLGATE_PORT: '70000',
        TOLLGATE_RATE_LIMIT_PER_MINUTE: 'many',
        TOLLGATE_LOG_LEVEL: 'loud',
        TOLLGATE_OPERATOR_KEY: 'short',
      });
      expectRefusal(
        ended,
        'TOLLGATE_PORT',
        'TOLLGATE_RATE_LIMIT_PER_MINUTE',
        'TOLLGATE_LOG_LEVEL',
        'TOLLGATE_OPERATOR_KEY',
      );
      expect(ended.err).not.toContain('short');
    });

    it('names the price list when that can not be read, or makes no sense', async () => {
      const file = join(await folders.empty(), 'prices.json');
      const env = { TOLLGATE_PRICE_LIST: file };
      expectRefusal(await tryToStart(await folders.empty(), env), file);
      writeFileSync(file, '{"currency":"usd"}');
      expectRefusal(await tryToStart(await folders.empty(), env), file, 'sms');
    });

    it('names the host when that is not one of this machine', async () => {
      const ended = await tryToStart(await folders.empty(), { TOLLGATE_HOST: '192.0.2.1' });
      expectRefusal(ended, '192.0.2.1');
    });
  });
});

function overwrite(file: string, position: number, bytes: Buffer): void {
  const fd = openSync(file, 'r+');
  writeSync(fd, bytes, 0, bytes.length, position);
  closeSync(fd);
}
