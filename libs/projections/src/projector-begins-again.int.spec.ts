import { InMemoryEventLog, InMemoryReadModels } from '@tollgate/adapter-in-memory';
import { PlainSealing, aTeamWith, subAccountId, teamId } from '@tollgate/testing';
import { ForgetfulReadModels } from '../spec/forgetful-read-models';
import { RecordedEvents, silent, type Told } from '../spec/recorded';
import { Projector } from './projector';
import { teamKey } from './read-models';

const WATCH_MS = 20;
const WAIT_MS_MAX = 5_000;

describe('given read models in a store that can lose them', () => {
  let log: InMemoryEventLog;
  let models: ForgetfulReadModels;
  let projector: Projector;
  let timesCaughtUp: number;
  let shown: number;

  beforeEach(async () => {
    log = new InMemoryEventLog();
    models = new ForgetfulReadModels(() => new InMemoryReadModels());
    timesCaughtUp = 0;
    shown = 0;
    const options = {
      paceMs: 0,
      watchMs: WATCH_MS,
      onCaughtUp: async () => void (timesCaughtUp += 1),
      onShown: (events: readonly unknown[]) => void (shown += events.length),
    };
    const sealing = new PlainSealing();
    const ports = { events: log, readModels: models, sealing, log: silent };
    projector = new Projector(ports, options);
    await append(aTeamWith(100).charged(1, subAccountId).charged(2, subAccountId));
    await projector.start();
  });

  afterEach(() => projector.stop());

  async function append(history: Iterable<Told>): Promise<void> {
    const { all } = new RecordedEvents(teamId).team([...history]);
    for (const event of all.slice(log.head)) {
      await log.append(event.stream, event.revision - 1, [event]);
    }
  }

  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + WAIT_MS_MAX; Date.now() < end;) {
      if (await isSo()) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error('it did not happen');
  }

  const balance = async (): Promise<unknown> => (await models.get(teamKey(teamId)))?.['balance'];

  it('when it is emptied while nothing happens, then all is built anew', async () => {
    await models.goBackTo(0);
    await until(async () => (await balance()) === 97);

    await until(() => timesCaughtUp === 2);
    expect(await models.checkpoint()).toBe(log.head);
  });

  it('when an older copy is put back, then only the rest is applied', async () => {
    await append(aTeamWith(100).charged(1).charged(2).charged(3).charged(4));
    await until(async () => (await balance()) === 90);
    const shownBefore = shown;
    await models.goBackTo(1);
    await until(async () => (await balance()) === 90);

    expect(shown - shownBefore).toBeLessThan(log.head);
  });

  it('when it is emptied and events come, then nothing is left out', async () => {
    await models.goBackTo(0);
    await append(aTeamWith(100).charged(1).charged(2).charged(3));
    await until(async () => (await balance()) === 94);

    expect(await models.checkpoint()).toBe(log.head);
  });

  it('when it stopped before it noticed, then it does not begin again', async () => {
    await models.goBackTo(0);
    await projector.stop();
    await new Promise((resolve) => setTimeout(resolve, 3 * WATCH_MS));

    expect(await balance()).toBeUndefined();
    expect(timesCaughtUp).toBe(1);
  });
});
