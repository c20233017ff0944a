/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import {
  mkdtempSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { VaultUnavailable } from '@tollgate/ports';
import { TypeScriptProcess } from '@tollgate/testing';
import { DataFolder } from './data-folder';
import { DataFolderDamaged } from './data-folder.errors';
import type { LmdbVault } from './lmdb-vault';

const KEY_MAKER = join(__dirname, '..', 'test', 'key-maker.ts');
const KILLS = 4;
const RUN_MS_MAX = 300;
const KEY_BYTES = 32;

describe('the vault of a data folder', () => {
  let path: string;
  let folder: DataFolder | undefined;

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'tollgate-vault-'));
  });

  afterEach(async () => {
    await close();
    rmSync(path, { recursive: true });
  });

  async function open(): Promise<LmdbVault> {
    folder = await DataFolder.open(path, { readModelsVersion: 1 });
    return folder.vault;
  }

  async function close(): Promise<void> {
    await folder?.close();
    folder = undefined;
  }

  const inVault = (name: string): string => join(path, 'vault', name);

  /** Names of the folder's files that hold these bytes. */
  const filesWith = (bytes: Uint8Array): string[] =>
    readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => {
      const file = join(path, name);
      return statSync(file).isFile() && readFileSync(file).includes(Buffer.from(bytes));
    });

  it('given a key, then it is in one file, which its owner alone can read', async () => {
    const key = await (await open()).keyOf('con_1');

    expect(filesWith(key)).toEqual([join('vault', 'keys')]);
    for (const name of readdirSync(join(path, 'vault'))) {
      expect(statSync(inVault(name)).mode & 0o777).toBe(0o600);
    }
  });

  it('given destroyed keys, then no file of the folder holds a byte of them', async () => {
    const vault = await open();
    const subjects = Array.from({ length: 50 }, (_, index) => `con_${index}`);
    const keys = await Promise.all(subjects.map((subject) => vault.keyOf(subject)));
    await Promise.all(subjects.slice(1).map((subject) => vault.destroy(subject, Date.now())));

    expect(keys.slice(1).flatMap((key) => filesWith(key.subarray(0, 8)))).toEqual([]);
    expect(filesWith(keys[0]!)).toEqual([join('vault', 'keys')]);
  });

  it('given a place that was used, then no other key comes there', async () => {
    const vault = await open();
    await vault.keyOf('con_1');
    await vault.destroy('con_1', Date.now());
    await vault.keyOf('con_1');

    const keys = readFileSync(inVault('keys'));
    expect(keys).toHaveLength(2 * KEY_BYTES);
    expect(keys.subarray(0, KEY_BYTES).every((byte) => byte === 0)).toBe(true);
  });

  it('given a destruction that was cut off halfway, then the key is gone', async () => {
    const vault = await open();
    await vault.keyOf('con_1');
    const other = await vault.keyOf('con_2');
    await close();
    const keys = readFileSync(inVault('keys'));
    writeFileSync(inVault('keys'), keys.fill(0, 0, KEY_BYTES));
    const again = await open();

    expect(await again.find('con_1')).toBeUndefined();
    expect(await again.find('con_2')).toEqual(other);
    const next = await again.keyOf('con_1');
    expect(await again.find('con_1')).toEqual(next);
    await again.destroy('con_1', Date.now());
    expect(await again.find('con_1')).toBeUndefined();
  });

  it('given a key whose bytes went bad, then that is told, and the others work', async () => {
    const vault = await open();
    await vault.keyOf('con_1');
    const other = await vault.keyOf('con_2');
    await close();
    const keys = readFileSync(inVault('keys'));
    keys[3]! ^= 1;
    writeFileSync(inVault('keys'), keys);
    const again = await open();

    await expect(again.find('con_1')).rejects.toBeInstanceOf(VaultUnavailable);
    await expect(again.keyOf('con_1')).rejects.toThrow('the key of con_1 can not be read');
    expect(await again.find('con_2')).toEqual(other);
    await again.destroy('con_1', Date.now());
    expect(await again.find('con_1')).toBeUndefined();
  });

  it('given a closed vault, then it makes no keys', async () => {
    const vault = await open();
    await close();

    await expect(vault.destroy('con_1', Date.now())).rejects.toBeInstanceOf(VaultUnavailable);
  });

  describe('given files that are not as they were left', () => {
    beforeEach(async () => {
      const vault = await open();
      for (const subject of ['con_1', 'con_2']) await vault.keyOf(subject);
      await close();
    });

    it('when the vault is gone, then it is damaged; an empty vault is a new one', async () => {
      rmSync(join(path, 'vault'), { recursive: true });
      await expect(open()).rejects.toBeInstanceOf(DataFolderDamaged);
      await expect(open()).rejects.toThrow('vault is missing');

      mkdirSync(join(path, 'vault'));
      expect(await (await open()).find('con_1')).toBeUndefined();
    });

    it('when one of its files is gone, then the folder is damaged', async () => {
      const data = readFileSync(inVault('data.mdb'));
      rmSync(inVault('data.mdb'));
      await expect(open()).rejects.toThrow('vault/data.mdb is missing');

      writeFileSync(inVault('data.mdb'), data);
      rmSync(inVault('keys'));
      await expect(open()).rejects.toThrow('vault/keys: 0 keys, of 2 written');
    });

    it('when its keys were cut short, then the folder is damaged', async () => {
      truncateSync(inVault('keys'), KEY_BYTES);

      await expect(open()).rejects.toBeInstanceOf(DataFolderDamaged);
    });
  });

  it('given a process that is killed again and again, then what it was told holds', async () => {
    const lines: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const maker = new TypeScriptProcess(KEY_MAKER, [path]);
      await maker.line(/^made/);
      await delay(Math.random() * RUN_MS_MAX);
      await maker.kill();
      lines.push(...maker.lines);
    }
    const vault = await open();
    const keys = new Map<string, string>();
    const erased: string[] = [];
    for (const [what, subject, key] of lines.map((line) => line.split(' '))) {
      if (what === 'made' && key?.length === 2 * KEY_BYTES) keys.set(subject!, key);
      if (what !== 'destroyed' || !keys.has(subject!)) continue;
      erased.push(keys.get(subject!)!);
      keys.delete(subject!);
    }
    const kept = [...keys].filter(([subject]) => Number(subject.slice('con_'.length)) % 4 !== 0);

    expect(erased.length).toBeGreaterThan(0);
    expect(erased.filter((key) => filesWith(Buffer.from(key, 'hex')).length > 0)).toEqual([]);
    for (const [subject, key] of kept) {
      expect(Buffer.from((await vault.find(subject))!).toString('hex')).toBe(key);
    }
  }, 60_000);
});
