import { contactsStream, sendersStream } from '@tollgate/contracts';
import type { ContactEvent, Sealed } from '@tollgate/domain';
import { VaultUnavailable } from '@tollgate/ports';
import { aChannel, PlainSealing, senderCreated, subAccountId } from '@tollgate/testing';
import { RecordedEvents } from '../spec/recorded';
import { haveContacts, openEvents } from './opened-events';

const contactId = 'con_1';

describe('events that are opened', () => {
  let sealing: PlainSealing;
  const seal = (value: unknown): Sealed => sealing.sealed(contactId, value);

  beforeEach(() => {
    sealing = new PlainSealing();
  });

  async function opened(...events: ContactEvent[]): Promise<unknown[]> {
    const log = new RecordedEvents();
    for (const event of events) log.on(contactsStream(subAccountId), event);
    return (await openEvents(log.all, sealing)).map((event) => event.opened);
  }

  it('given sealed fields, then each holds what was sealed, and the rest stays', async () => {
    const address = seal({ identifier: '+1', countryCode: 'US' });
    const channel = aChannel('sms', 'ann', {
      address,
      label: seal('work'),
      metadata: seal({ a: 'b' }),
    });
    const event: ContactEvent = {
      type: 'ContactCreated',
      data: {
        contactId,
        channels: [channel],
        displayName: seal('Ann'),
        metadata: seal({ tier: 'gold' }),
      },
    };

    expect(await opened(event)).toEqual([
      {
        type: 'ContactCreated',
        data: {
          contactId,
          channels: [
            {
              ...channel,
              address: { identifier: '+1', countryCode: 'US' },
              label: 'work',
              metadata: { a: 'b' },
            },
          ],
          displayName: 'Ann',
          metadata: { tier: 'gold' },
        },
      },
    ]);
  });

  it('given fields that are absent or null, then they are so still', async () => {
    const data = { contactId, displayName: null, defaultChannel: null };
    const removed: ContactEvent = {
      type: 'ContactChannelRemoved',
      data: { contactId, channelId: 'chn_1', defaultChannelAfter: null },
    };
    const deleted: ContactEvent = { type: 'ContactDeleted', data: { contactId, subjects: ['a'] } };
    const updated: ContactEvent = { type: 'ContactUpdated', data };

    expect(await opened(updated, removed, deleted)).toEqual([updated, removed, deleted]);
  });

  it('given the key is gone, then there is nothing where it was needed', async () => {
    const channel = aChannel('sms', 'ann', {
      address: seal({ identifier: '+1' }),
      label: seal('work'),
    });
    const added: ContactEvent = { type: 'ContactChannelAdded', data: { contactId, channel } };
    const data = { contactId, displayName: seal('Ann'), metadata: seal({ a: 'b' }) };
    sealing.forget(contactId);

    expect(await opened(added, { type: 'ContactUpdated', data })).toEqual([
      { ...added, data: { contactId, channel: { ...channel, address: null, label: null } } },
      { type: 'ContactUpdated', data: { contactId, displayName: null, metadata: {} } },
    ]);
  });

  it('given what was sealed is not what belongs there, then it is as if it were gone', async () => {
    const channel = aChannel('sms', 'ann', { address: seal('+1'), metadata: seal([1, 'x']) });
    const added: ContactEvent = { type: 'ContactChannelAdded', data: { contactId, channel } };
    const data = { contactId, displayName: seal({ a: 1 }), metadata: seal({ a: 1, b: 'c' }) };

    expect(await opened(added, { type: 'ContactUpdated', data })).toMatchObject([
      { data: { channel: { address: null, metadata: { '1': 'x' } } } },
      { data: { displayName: null, metadata: { b: 'c' } } },
    ]);
  });

  it('given thousands, then so many at once are opened, and each text once', async () => {
    let underWay = 0;
    let underWayMax = 0;
    let count = 0;
    const log = new RecordedEvents();
    for (let n = 0; n < 2_000; n += 1) {
      const data = { contactId, displayName: `sealed ${n % 1_000}` };
      log.on(contactsStream(subAccountId), { type: 'ContactUpdated', data });
    }
    await openEvents(log.all, {
      open: async () => {
        count += 1;
        underWayMax = Math.max(underWayMax, (underWay += 1));
        await Promise.resolve();
        underWay -= 1;
      },
    });

    expect([count, underWayMax]).toEqual([1_000, 64]);
  });

  it('given the vault is away, then it is told', async () => {
    const log = new RecordedEvents().on(contactsStream(subAccountId), {
      type: 'ContactUpdated',
      data: { contactId, displayName: 'sealed' },
    });
    const away = { open: () => Promise.reject(new VaultUnavailable('away')) };

    await expect(openEvents(log.all, away)).rejects.toBeInstanceOf(VaultUnavailable);
  });

  it('given events of other streams, then there is nothing to open', async () => {
    const { all } = new RecordedEvents().on(sendersStream(subAccountId), senderCreated());

    expect(haveContacts(all)).toBe(false);
    expect(await openEvents(all, { open: () => Promise.reject(new Error()) })).toEqual(all);
  });
});
