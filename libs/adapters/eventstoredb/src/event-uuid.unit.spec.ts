import { eventUuid } from './event-uuid';

const VERSION_8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the UUID of an event', () => {
  it('given ids and streams, then each event has its own, of version 8', () => {
    const uuids = ['team-1', 'team-2'].flatMap((stream) =>
      Array.from({ length: 100 }, (_, index) => eventUuid(stream, `01CMD/${index}`)),
    );

    expect(new Set(uuids).size).toBe(200);
    expect(uuids.filter((uuid) => !VERSION_8.test(uuid))).toEqual([]);
  });

  it('given an event, then its UUID never changes: stored events have it', () => {
    expect(eventUuid('team-1', '01CMD/0')).toBe('1e19af1d-1ee4-8923-b85c-dd717fd77172');
  });
});
