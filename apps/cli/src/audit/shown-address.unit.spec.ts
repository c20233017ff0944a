import { shownAddress } from './shown-address';

describe('an address', () => {
  it.each([
    ['esdb://admin:changeit@node-1:2113,node-2:2113?tls=true', 'esdb://node-1:2113,node-2:2113'],
    ['esdb+discover://admin:ch@nge/it?@cluster:2113', 'esdb+discover://cluster:2113'],
    ['rediss://:secret@cache:6380/2', 'rediss://cache:6380'],
    ['redis://127.0.0.1:6379', 'redis://127.0.0.1:6379'],
    ['secret', ''],
  ])('is shown without what opens it: %s', (address, shown) => {
    expect(shownAddress(address)).toBe(shown);
  });
});
