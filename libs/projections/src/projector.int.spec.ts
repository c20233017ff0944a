import { InMemoryEventLog, InMemoryReadModels } from '@tollgate/adapter-in-memory';
import { messageStream, teamStream } from '@tollgate/contracts';
import { teamIdOf, type MessageItem } from '@tollgate/domain';
import { RevisionGap, type RecordedEvent } from '@tollgate/ports';
import {
  FaultyEventLog,
  PlainSealing,
  aTeamWith,
  commandIdAt,
  mainAccountId,
  specTime,
  subAccountId,
  teamId,
} from '@tollgate/testing';
import { EntryWiseReadModels } from '../spec/entry-wise-read-models';
import { RecordedEvents, silent, type Told } from '../spec/recorded';
import { projectEvents } from './project-events';
import { Projector } from './projector';
import { messageKey, teamKey } from './read-models';

const sealing = new PlainSealing();
const otherTeamId = teamIdOf(commandIdAt(99));
const itemNumbered = (n: number): MessageItem => ({
  type: 'message',
  id: `msg_${n}`,
  to: '+14155550100',
  channel: 'sms',
  messageType: 'text',
  environment: 'live',
  content: {},
});

/** The same events, told of the other team. */
function ofTheOther({ event, metadata }: Told): Told {
  const names = { [teamId]: otherTeamId, [subAccountId]: 'sub_2', [mainAccountId]: 'acc_2' };
  const json = Object.entries({ ...names, key_: 'key_2', msg_: 'msg_2' }).reduce(
    (text, [from, to]) => text.replaceAll(from, to),
    JSON.stringify(event),
  );
  return { event: JSON.parse(json) as Told['event'], metadata };
}

/** Two teams whose charges alternate with what becomes of the first one's messages. */
function twoTeams(charges: number): RecordedEvent[] {
  const history = aTeamWith(1_000);
  for (let n = 0; n < charges; n += 1) history.charged(1, subAccountId, itemNumbered(n));
  const past = [...history];
  const one = new RecordedEvents(teamId).team(past.slice(0, 5));
  const two = new RecordedEvents(otherTeamId).team(past.slice(0, 5).map(ofTheOther));
  past.slice(5).forEach((told, n) => {
    const message = { messageId: `msg_${n}`, accountId: subAccountId, teamId };
    one.team([told]);
    one.message({ type: 'MessageSent', data: { ...message, providerMessageId: 'p' } }, specTime);
    two.team([ofTheOther(told)]);
    one.message({ type: 'MessageDelivered', data: message }, specTime);
  });
  const all = interleaved(one.all, two.all);
  return all.map((event, index) => ({ ...event, position: index + 1 }));
}

function interleaved<Item>(left: readonly Item[], right: readonly Item[]): Item[] {
  return left.flatMap((item, index) => {
    const other = right[index];
    return other === undefined ? [item] : [item, other];
  });
}

describe('a projector', () => {
  let stored: InMemoryEventLog;
  let log: FaultyEventLog;
  let models: EntryWiseReadModels;
  let projectors: Projector[];

  beforeEach(() => {
    stored = new InMemoryEventLog();
    log = new FaultyEventLog(stored);
    models = new EntryWiseReadModels();
    projectors = [];
  });

  afterEach(() => Promise.all(projectors.map((projector) => projector.stop())));

  async function append(events: readonly RecordedEvent[]): Promise<void> {
    for (const event of events) await stored.append(event.stream, event.revision - 1, [event]);
  }

  async function started(readModels = models): Promise<Projector> {
    const projector = new Projector({ events: log, readModels, sealing, log: silent });
    projectors.push(projector);
    await projector.start();
    return projector;
  }

  /** What a projector would show that never met with any trouble. */
  async function straight(): Promise<unknown> {
    const all: RecordedEvent[] = [];
    for await (const batch of stored.readAll()) all.push(...batch);
    const untroubled = new EntryWiseReadModels();
    await untroubled.apply(projectEvents(all));
    return untroubled.dump();
  }

  it('given a log, when it started, then everything in the log shows', async () => {
    await append(twoTeams(20));
    await started();

    expect(models.dump()).toEqual(await straight());
    expect(await models.checkpoint()).toBe(stored.head);
  });

  it('given it runs, when events are appended, then they show', async () => {
    const readModels = new InMemoryReadModels();
    const projector = new Projector({ events: log, readModels, sealing, log: silent });
    projectors.push(projector);
    await projector.start();
    await append(twoTeams(3));

    expect(await readModels.waitFor(teamStream(teamId), 7, 5_000)).toBe(true);
    expect(await readModels.get(teamKey(teamId))).toMatchObject({ balance: 997 });
  });

  it('given events that just came, when it is drained, then all of them show', async () => {
    const projector = await started();
    await append(twoTeams(20));
    await projector.drain(5_000);
    await projector.stop();

    expect(models.dump()).toEqual(await straight());
  });

  it('given a store that is away, when it is drained, then it waits no longer', async () => {
    const projector = await started();
    jest.spyOn(models, 'apply').mockRejectedValue(new Error('away'));
    await append(twoTeams(1));
    await projector.drain(50);

    expect(await models.checkpoint()).toBe(0);
  });

  it('given it stopped, when another starts, then it goes on from the checkpoint', async () => {
    const events = twoTeams(20);
    await append(events.slice(0, 30));
    await (await started()).stop();
    await append(events.slice(30));
    const reads = jest.spyOn(stored, 'subscribe');
    await started();

    expect(reads).toHaveBeenCalledWith(30, expect.any(Function));
    expect(models.dump()).toEqual(await straight());
  });

  it('given two at once, as in a fail-over, then what shows is the same', async () => {
    await append(twoTeams(20));
    await Promise.all([started(), started()]);

    expect(models.dump()).toEqual(await straight());
  });

  it('given a process that ends amid a batch, then the next one makes it whole', async () => {
    const events = twoTeams(4);
    await append(events.slice(0, 12));
    await (await started()).stop();
    const before = structuredClone({
      rows: models.rows,
      listed: models.listed,
      parts: models.parts,
      revisions: models.revisions,
    });
    await append(events.slice(12, 24));
    for (let survived = 0; survived < 14; survived += 1) {
      models = new EntryWiseReadModels();
      for (const [key, row] of before.rows) models.rows.set(key, row);
      for (const [key, row] of before.listed) models.listed.set(key, row);
      for (const [part, places] of before.parts) models.parts.set(part, places);
      for (const [key, revision] of before.revisions) models.revisions.set(key, revision);
      await crashAfter(survived, events.slice(12, 24));
      const rest = events.slice(24);
      await models.apply(projectEvents([...events.slice(12, 24), ...rest], models.revisions));
      const untroubled = new EntryWiseReadModels();
      await untroubled.apply(projectEvents(events));
      expect(models.dump()).toEqual(untroubled.dump());
    }
  });

  async function crashAfter(steps: number, events: readonly RecordedEvent[]): Promise<void> {
    let left = steps;
    models.beforeStep = () => {
      if ((left -= 1) < 0) throw new Error('the process ends here');
    };
    await models.apply(projectEvents(events, models.revisions)).catch(() => undefined);
    models.beforeStep = () => undefined;
  }

  it('given a crash amid a batch, then the checkpoint is not past what was applied', async () => {
    const events = twoTeams(4);
    await crashAfter(3, events);

    expect(models.revisions.size).toBeGreaterThan(0);
    expect(await models.checkpoint()).toBe(0);
  });

  it('given a store that is away for a while, then the same batch is applied later', async () => {
    await append(twoTeams(6));
    let failures = 3;
    models.beforeStep = () => {
      if ((failures -= 1) >= 0) throw new Error('the store is away');
    };
    await started();

    expect(models.dump()).toEqual(await straight());
  });

  it('given read models that lost a part, then that stream is read again, no other', async () => {
    const events = twoTeams(6);
    await append(events.slice(0, 20));
    await started();
    const lost = teamStream(otherTeamId);
    models.forget(lost, 2);
    const reads = jest.spyOn(stored, 'readStream');
    await append(events.slice(20));
    await (await started()).stop();

    expect(models.dump()).toEqual(await straight());
    expect(new Set(reads.mock.calls.map(([stream]) => stream))).toEqual(new Set([lost]));
  });

  it('given several parts were lost, then all are read again', async () => {
    const events = twoTeams(6);
    await append(events.slice(0, 18));
    await started();
    for (const stream of [teamStream(teamId), teamStream(otherTeamId)]) models.forget(stream);
    await append(events.slice(18));
    await started();

    expect(await models.revisionOf(teamStream(teamId))).toBe(10);
    expect(await models.revisionOf(teamStream(otherTeamId))).toBe(10);
    expect(models.rows.get(teamKey(teamId))).toMatchObject({ balance: 994 });
  });

  it('given a gap that can not be read yet, then the checkpoint waits for it', async () => {
    const events = twoTeams(6);
    await append(events.slice(0, 20));
    const first = await started();
    await first.stop();
    const before = await models.checkpoint();
    models.forget(teamStream(otherTeamId), 2);
    const positions: number[] = [];
    models.beforeStep = () => void models.checkpoint().then((at) => positions.push(at));
    await append(events.slice(20));
    log.failReads(2);
    await started();

    expect(models.dump()).toEqual(await straight());
    expect(positions.every((at) => at === before)).toBe(true);
    expect(await models.checkpoint()).toBe(stored.head);
  });

  it('given a gap that reading does not fill, then it is not tried without end', async () => {
    const late = twoTeams(2).filter(({ revision }) => revision > 2);
    let handled: Promise<void> = Promise.resolve();
    const broken = {
      readStream: async function* (): AsyncIterable<readonly RecordedEvent[]> {
        yield* [];
      },
      readAll: () => stored.readAll(),
      subscribe: (_: number, handle: (events: readonly RecordedEvent[]) => Promise<void>) => {
        handled = handle(late);
        return { caughtUp: () => handled, stop: async () => undefined };
      },
    };
    const projector = new Projector({ events: broken, readModels: models, sealing, log: silent });

    await expect(projector.start()).rejects.toBeInstanceOf(RevisionGap);
  });

  it('given a delivered message, when its charge comes again, then it stays so', async () => {
    const events = twoTeams(3);
    await models.apply(projectEvents(events));
    const charges = events.filter(({ stream }) => stream === teamStream(teamId));
    models.forget(teamStream(teamId), charges.length - 2);
    await models.apply(projectEvents(charges, models.revisions));

    expect(models.rows.get(messageKey(teamId, 'msg_0'))).toMatchObject({ status: 'delivered' });
    expect(await models.revisionOf(messageStream('msg_0'))).toBe(1);
  });
});
