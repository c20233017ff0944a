import { LogCorrupt, type EventReader } from '@tollgate/ports';
import { kinds, places, soundTeam, verify } from '../spec/sound-team';

describe('verifyLog on tampered bytes', () => {
  it('names a changed amount', async () => {
    const { log, stream } = soundTeam();
    const record = log.at(stream, 6);
    record.data = record.data.replace('"amount":400000', '"amount":300000');
    const report = await verify(log);
    expect(report.findings[0]).toEqual({
      kind: 'chain_broken',
      stream,
      revision: 6,
      message: 'the append of revisions 6 to 6 is not what its link was made from',
    });
    expect(places(report)).toEqual([
      'chain_broken@6',
      'after_value_mismatch@6',
      'after_value_mismatch@6',
      'conservation_broken@13',
      'conservation_broken@13',
    ]);
  });

  it('names a changed after-value, whoever made the chain anew', async () => {
    const { log, stream } = soundTeam();
    const record = log.at(stream, 9);
    record.data = record.data.replace(/"balanceAfter":\d+/, '"balanceAfter":12345');
    log.rechain(stream);
    const report = await verify(log);
    expect(places(report)).toEqual(['after_value_mismatch@9']);
    expect(report.findings[0]?.message).toMatch(/^the balance is \d+, written as 12345$/);
  });

  it('names the append in which a byte was changed', async () => {
    const { log, stream } = soundTeam();
    const record = log.at(stream, 3);
    record.data = record.data.replace('"Sub"', '"Sup"');
    const report = await verify(log);
    expect(places(report)).toEqual(['chain_broken@4']);
    expect(report.findings[0]?.message).toContain('revisions 3 to 4');
  });

  it('finds any one character that was changed, wherever it is', async () => {
    const { log } = soundTeam();
    for (const record of log.records) {
      for (const part of ['type', 'data', 'metadata'] as const) {
        const before = record[part];
        for (let at = 0; at < before.length; at += 5) {
          record[part] = `${before.slice(0, at)}~${before.slice(at + 1)}`;
          const { findingCount } = await verify(log);
          expect([record.stream, record.revision, part, at, findingCount > 0]).toContain(true);
        }
        record[part] = before;
      }
    }
  });

  it('looks at what is stored, not at what a reader kept beside it', async () => {
    const { log, stream } = soundTeam();
    const record = log.at(stream, 5);
    record.decoded = { event: { type: 'TeamOpened', data: {} }, metadata: {} };
    expect(kinds(await verify(log))).toEqual([]);
  });

  it.each([
    ['JSON that can not be parsed', '{"chargeId":'],
    ['JSON that is no object', 'null'],
    ['an object without the fields of the event', '{}'],
  ])('goes on after %s', async (_, data) => {
    const { log, stream } = soundTeam();
    log.at(stream, 5).data = data;
    log.rechain(stream);
    const report = await verify(log);
    expect(places(report)).toContain('record_unreadable@5');
    expect(report.counts.events).toBe(17);
  });

  it('goes on after events and streams that it does not know', async () => {
    const { log, stream } = soundTeam();
    log.at(stream, 10).type = 'BalanceDoubled';
    log.rechain(stream);
    log.records.push({ ...log.at(stream, 0), stream: 'other-1', position: 99 });
    const report = await verify(log);
    expect(places(report)).toEqual(expect.arrayContaining(['event_unknown@10', 'event_unknown@0']));
  });

  it('names a record that the reader can not read, and says that it stopped there', async () => {
    const { log, stream } = soundTeam();
    const sound = log.reader();
    const events: EventReader = {
      ...sound,
      async *readAll() {
        for await (const batch of sound.readAll()) {
          yield batch;
          throw new LogCorrupt(stream, 3, 'checksum differs');
        }
      },
    };
    const report = await verify(log, { events });
    expect(report).toMatchObject({ isComplete: false, findingCount: 1 });
    expect(report.findings[0]).toMatchObject({
      kind: 'record_unreadable',
      stream,
      revision: 3,
      message: 'checksum differs',
    });
  });
});
