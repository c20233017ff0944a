import { InMemoryEventLog, InMemoryReadModels } from '@tollgate/adapter-in-memory';
import { contactsStream } from '@tollgate/contracts';
import type { ContactEvent } from '@tollgate/domain';
import { VaultUnavailable } from '@tollgate/ports';
import {
  aPrimary,
  aTeamWith,
  contactId,
  PlainSealing,
  subAccountId,
  teamId,
} from '@tollgate/testing';
import { RecordedEvents, silent } from '../spec/recorded';
import { Projector } from './projector';
import { contactKey, teamKey } from './read-models';

const stream = contactsStream(subAccountId);
const key = contactKey(subAccountId, contactId);

describe('a projector of contacts', () => {
  let sealing: PlainSealing;
  let log: InMemoryEventLog;
  let readModels: InMemoryReadModels;
  let recorded: RecordedEvents;
  let projectors: Projector[];

  beforeEach(async () => {
    sealing = new PlainSealing();
    log = new InMemoryEventLog();
    readModels = new InMemoryReadModels();
    projectors = [];
    const address = sealing.sealed(contactId, { identifier: '+14155550100' });
    const channels = [aPrimary('sms', 'ann', { address })];
    recorded = new RecordedEvents();
    recorded.on(stream, {
      type: 'ContactCreated',
      data: { contactId, channels, displayName: sealing.sealed(contactId, 'Ann') },
    });
    await append();
  });

  afterEach(() => Promise.all(projectors.map((projector) => projector.stop())));

  async function append(event?: ContactEvent): Promise<void> {
    if (event !== undefined) recorded.on(stream, event);
    for (const each of recorded.all.slice(log.head)) {
      await log.append(each.stream, each.revision - 1, [each]);
    }
  }

  async function started(open: Pick<PlainSealing, 'open'> = sealing): Promise<Projector> {
    const projector = new Projector({ events: log, readModels, sealing: open, log: silent });
    projectors.push(projector);
    await projector.start();
    return projector;
  }

  it('given sealed events, when they are followed, then the rows can be read', async () => {
    await started();

    expect(await readModels.get(key)).toMatchObject({ displayName: 'Ann' });
  });

  it('given a deletion, when the read models are built anew, then nothing comes back', async () => {
    sealing.forget(contactId);
    await started();
    expect(await readModels.get(key)).toMatchObject({ displayName: null });
    await append({ type: 'ContactDeleted', data: { contactId, subjects: [contactId] } });

    expect(await readModels.waitFor(stream, 1, 5_000)).toBe(true);
    expect(await readModels.get(key)).toBeUndefined();
  });

  it('given the vault is away for a while, when it is back, then nothing is left out', async () => {
    let failures = 2;
    await started({
      open: async (sealed) => {
        if ((failures -= 1) >= 0) throw new VaultUnavailable('away');
        return sealing.open(sealed);
      },
    });

    expect(await readModels.get(key)).toMatchObject({ displayName: 'Ann' });
  });

  it('given events that the read models lack, when read again, then they are opened', async () => {
    const [created] = recorded.all;
    recorded.on(stream, { type: 'ContactUpdated', data: { contactId, defaultChannel: 'sms' } });
    await append();
    const late = {
      readStream: (name: string, from?: number) => log.readStream(name, from),
      readAll: () => log.readAll(created!.position),
      subscribe: (_: number, handle: Parameters<typeof log.subscribe>[1]) =>
        log.subscribe(created!.position, handle),
    };
    const projector = new Projector({ events: late, readModels, sealing, log: silent });
    projectors.push(projector);
    await projector.start();

    expect(await readModels.get(key)).toMatchObject({ displayName: 'Ann', defaultChannel: 'sms' });
  });

  it('given a vault that is away, when nothing is sealed, then the rest goes on', async () => {
    log = new InMemoryEventLog();
    recorded = new RecordedEvents().team(aTeamWith(100));
    await append();
    await started({ open: () => Promise.reject(new VaultUnavailable('away')) });

    expect(await readModels.get(teamKey(teamId))).toMatchObject({ balance: 100 });
  });
});
