import { InMemoryEventLog, InMemoryReadModels } from '@tollgate/adapter-in-memory';
import { projectEvents } from '@tollgate/projections';
import { kinds, places, soundTeam, verify } from '../spec/sound-team';
import { StoredLog } from '../spec/stored-log';
import { messageItem, nextCommandId, TeamScript } from '../spec/team-script';

async function readModelsOf(log: StoredLog): Promise<InMemoryReadModels> {
  const readModels = new InMemoryReadModels();
  await readModels.apply(projectEvents(log.records));
  return readModels;
}

describe('verifyLog on a sound log', () => {
  it('finds nothing, and counts what it read', async () => {
    const { log } = soundTeam();
    soundTeam(log, 'sub_2');
    const memory = new InMemoryEventLog();
    for (const { stream, revisionBefore, events } of log.appends) {
      await memory.append(stream, revisionBefore, events);
    }
    const progress: number[] = [];
    const report = await verify(log, {
      events: memory,
      readModels: await readModelsOf(log),
      onProgress: (events) => progress.push(events),
    });
    expect(report).toEqual({
      counts: { streams: 6, events: 34, charges: 10, refunds: 4, failedNotRefunded: 0 },
      isComplete: true,
      notCompared: 0,
      findingCount: 0,
      findings: [],
    });
    expect(progress).toEqual([34]);
  });

  it('counts failed messages whose charge was not given back', async () => {
    const script = new TeamScript(new StoredLog()).open(1_000_000);
    const id = `msg_${nextCommandId()}`;
    script.charge(script.main, 4_000, { item: messageItem(id) });
    script.message(id, script.main, ['MessageSent', 'MessageFailed']);
    const { counts, findingCount } = await verify(script.log);
    expect([counts.failedNotRefunded, findingCount]).toEqual([1, 0]);
  });

  it('takes a command id that returns after its window for a new one', async () => {
    const script = new TeamScript(new StoredLog()).open(1_000_000);
    const commandId = nextCommandId();
    script.charge(script.main, 1, { commandId });
    for (let minute = 0; minute < 49 * 60 + 6 * 60; minute += 1) script.charge(script.main, 1);
    script.charge(script.main, 1, { commandId });
    expect(kinds(await verify(script.log))).toEqual([]);
  });
});

describe('verifyLog on missing events', () => {
  it('names the gap', async () => {
    const { log, stream } = soundTeam();
    log.remove(stream, 5);
    const report = await verify(log);
    expect(report.findings[0]).toMatchObject({ kind: 'revision_gap', revision: 6 });
    expect(report.findings[0]?.message).toBe('stands where revision 5 should be');
  });

  it('names an append without its end', async () => {
    const { log, stream } = soundTeam();
    const script = new TeamScript(log).open(1_000_000);
    log.remove(script.stream, 2);
    const report = await verify(log);
    expect(script.stream).not.toBe(stream);
    expect(places(report)).toEqual(['chain_open@1']);
  });

  it('names a stream that is shorter than what was shown of it', async () => {
    const { log, stream } = soundTeam();
    const readModels = await readModelsOf(log);
    log.remove(stream, 13);
    expect(places(await verify(log, { readModels }))).toEqual(['read_model_ahead@12']);
  });
});
