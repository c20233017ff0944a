/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TypeScriptProcess } from '@tollgate/testing';
import type { RecordedEvent } from '@tollgate/ports';
import { DataFolder } from './data-folder';

const APPENDER = join(__dirname, '..', 'test', 'appender.ts');
const KILLS = 8;
const RUN_MS_MAX = 300;
/** As the program says it. */
const EVENTS_PER_APPEND = 20;

/** Highest acknowledged revision of each stream, from the lines `stream revision`. */
function acknowledged(lines: readonly string[], into: Map<string, number>): void {
  for (const line of lines) {
    const [stream, revision] = line.split(' ');
    if (revision !== undefined) into.set(stream!, Number(revision));
  }
}

describe('given a process that appends and is killed again and again', () => {
  const heads = new Map<string, number>();
  let path: string;
  let folder: DataFolder;
  let events: RecordedEvent[];

  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), 'tollgate-crash-'));
    for (let kill = 0; kill < KILLS; kill += 1) {
      const appender = new TypeScriptProcess(APPENDER, [path]);
      await appender.line(/^ready/);
      await delay(Math.random() * RUN_MS_MAX);
      await appender.kill();
      acknowledged(appender.lines, heads);
    }
    folder = await DataFolder.open(path, { readModelsVersion: 1 });
    events = [];
    for await (const batch of folder.events.readAll()) events.push(...batch);
  }, 60_000);

  afterAll(async () => {
    await folder.close();
    await rm(path, { recursive: true });
  });

  it('then every acknowledged event is there', async () => {
    expect(heads.size).toBeGreaterThan(0);
    for (const [stream, revision] of heads) {
      const last = events.filter((event) => event.stream === stream).pop();
      expect(last?.revision).toBeGreaterThanOrEqual(revision);
    }
  });

  it('then no append is torn and no event is missing', () => {
    const next = new Map<string, number>();
    const faults = events.filter(({ stream, revision, data, metadata }) => {
      const { n, of } = JSON.parse(data) as { n: number; of: number };
      const { place } = JSON.parse(metadata) as { place: number };
      const expected = next.get(stream) ?? 0;
      next.set(stream, revision + 1);
      return revision !== expected || n !== expected || place !== expected % of;
    });

    expect(faults).toEqual([]);
    expect([...next.values()].filter((count) => count % EVENTS_PER_APPEND !== 0)).toEqual([]);
  });

  it('then the log by stream and the log as a whole agree', async () => {
    for (const stream of new Set(events.map((event) => event.stream))) {
      const ids: string[] = [];
      for await (const batch of folder.events.readStream(stream)) {
        ids.push(...batch.map(({ id }) => id));
      }
      expect(ids).toEqual(events.filter((e) => e.stream === stream).map(({ id }) => id));
    }
  });
});
