import { InMemoryReadModels } from '@tollgate/adapter-in-memory';
import { idInStream } from '@tollgate/contracts';
import { ReadModelsUnavailable, type EventReader, type ReadModelReader } from '@tollgate/ports';
import { accountKey, groupsOf, messageKey, projectEvents, teamKey } from '@tollgate/projections';
import { kinds, soundTeam, verify } from '../spec/sound-team';
import { readerOf, StoredLog } from '../spec/stored-log';

async function readModelsOf(log: StoredLog): Promise<InMemoryReadModels> {
  const readModels = new InMemoryReadModels();
  await readModels.apply(projectEvents(log.records));
  return readModels;
}

describe('verifyLog on read models', () => {
  const withRow = (
    readModels: ReadModelReader,
    changed: string,
    change: (row: Record<string, unknown>) => Record<string, unknown>,
  ): ReadModelReader => ({
    get: async (key) => {
      const row = await readModels.get(key);
      return key === changed && row !== undefined ? change(row) : row;
    },
    list: (index, request) => readModels.list(index, request),
    sortKeys: (index, request) => readModels.sortKeys(index, request),
    revisionOf: (stream) => readModels.revisionOf(stream),
    waitFor: () => Promise.resolve(true),
  });

  it('names a balance that is off by one micro', async () => {
    const { log, stream, teamId, balance } = soundTeam();
    const readModels = withRow(await readModelsOf(log), teamKey(teamId), (row) => ({
      ...row,
      balance: Number(row['balance']) + 1,
    }));
    expect((await verify(log, { readModels })).findings).toEqual([
      {
        kind: 'read_model_mismatch',
        stream,
        revision: 13,
        message: `balance of ${teamKey(teamId)} is ${balance + 1}, not ${balance}`,
      },
    ]);
  });

  it.each([
    ['totalSpent', 999_999],
    ['creditLimit', null],
    ['status', 'suspended'],
    ['teamId', 'tm_other'],
  ])('names a wrong %s of an account', async (field, value) => {
    const { log, teamId } = soundTeam();
    const readModels = withRow(await readModelsOf(log), accountKey(teamId, 'sub_1'), (row) => ({
      ...row,
      [field]: value,
    }));
    expect(kinds(await verify(log, { readModels }))).toEqual(['read_model_mismatch']);
  });

  it('names a message that is shown to be where it is not', async () => {
    const { log, teamId } = soundTeam();
    const { stream } = log.records.find(({ type }) => type === 'MessageDelivered')!;
    const key = messageKey(teamId, idInStream(stream));
    const readModels = withRow(await readModelsOf(log), key, (row) => ({
      ...row,
      status: 'failed',
    }));
    const report = await verify(log, { readModels });
    expect(report.findings).toMatchObject([{ kind: 'read_model_mismatch', stream, revision: 1 }]);
  });

  it('says that a read model is behind, and does not compare it', async () => {
    const { log, stream } = soundTeam();
    const readModels = new InMemoryReadModels();
    await readModels.apply(projectEvents(log.records.slice(0, 9)));
    const report = await verify(log, { readModels });
    expect(report.findings.filter((it) => it.stream === stream)).toEqual([
      { kind: 'read_model_behind', stream, revision: 13, message: 'shows revision 8 of 13' },
    ]);
    expect(new Set(kinds(report))).toEqual(new Set(['read_model_behind']));
  });

  it('looks again at what may still be catching up', async () => {
    const { log } = soundTeam();
    const readModels = new InMemoryReadModels();
    await readModels.apply(projectEvents(log.records.slice(0, 9)));
    const mayCatchUp = async (): Promise<boolean> => {
      await readModels.apply(projectEvents(log.records));
      return true;
    };
    expect((await verify(log, { readModels, mayCatchUp })).findings).toEqual([]);
  });

  it('tells once of a row that still differs when it can not be catching up any more', async () => {
    const { log, teamId } = soundTeam();
    let looks = 0;
    const readModels = withRow(await readModelsOf(log), teamKey(teamId), (row) => {
      looks += 1;
      return { ...row, balance: 0 };
    });
    const mayCatchUp = (): Promise<boolean> => Promise.resolve(looks < 3);
    expect(kinds(await verify(log, { readModels, mayCatchUp }))).toEqual(['read_model_mismatch']);
    expect(looks).toBe(3);
  });

  it('asks for a stream by the group that it is kept with', async () => {
    const { log } = soundTeam();
    const inner = await readModelsOf(log);
    const asked = new Map<string, string | undefined>();
    const readModels = withRow(inner, '', (row) => row);
    readModels.revisionOf = (stream, group) => {
      asked.set(stream, group);
      return inner.revisionOf(stream);
    };
    await verify(log, { readModels });
    expect(asked).toEqual(groupsOf(log.records));
  });

  it('fails when the read models are away', async () => {
    const { log } = soundTeam();
    const readModels = withRow(await readModelsOf(log), '', (row) => row);
    readModels.revisionOf = () => Promise.reject(new ReadModelsUnavailable('away'));
    await expect(verify(log, { readModels })).rejects.toThrow(ReadModelsUnavailable);
  });

  it('names a revision that is no number', async () => {
    const { log } = soundTeam();
    const readModels = withRow(await readModelsOf(log), '', (row) => row);
    readModels.revisionOf = () => Promise.resolve(NaN);
    expect(new Set(kinds(await verify(log, { readModels })))).toEqual(
      new Set(['read_model_behind']),
    );
  });

  it('passes over a stream that goes on meanwhile', async () => {
    const script = soundTeam();
    const before = [...script.log.records];
    script.charge(script.main, 1);
    const events: EventReader = { ...script.log.reader(), readAll: readerOf(before).readAll };
    const readModels = await readModelsOf(script.log);
    const report = await verify(script.log, { events, readModels });
    expect([report.notCompared, report.findings]).toEqual([1, []]);
  });

  it('tells the log before the read models, and no more than it was asked to', async () => {
    const script = soundTeam();
    script.charge('sub_1', 1);
    const readModels = new InMemoryReadModels();
    const report = await verify(script.log, { readModels, findingsMax: 2 });
    expect(kinds(report)).toEqual(['limit_exceeded', 'read_model_behind']);
    expect(report.findingCount).toBe(4);
  });

  it('reads an empty log', async () => {
    const readModels = new InMemoryReadModels();
    const report = await verify(new StoredLog(), { readModels });
    expect(report).toMatchObject({ isComplete: true, findingCount: 0 });
  });
});
