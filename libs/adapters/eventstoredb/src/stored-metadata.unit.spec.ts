import { withEventId, withoutEventId } from './stored-metadata';

const joined = (id: string, metadata: string): string =>
  withEventId({ id, metadata, type: 'T', data: '{}' });

describe('metadata with the id of its event', () => {
  it.each([
    ['01CMD/0', '{}'],
    ['01CMD/0', '{"at":1,"command":"01CMD"}'],
    ['an "id" with \\ and ž', '{"a":{"eventId":"other"}}'],
    ['01CMD/0', '{"eventId":"its own","b":[ 1.0 , -0, 1e2 ]}'],
    ['ends in a backslash\\', '{"2":1,"1":2}'],
  ])('given the id %s and %s, then both come back to the byte', (id, metadata) => {
    expect(withoutEventId(joined(id, metadata))).toEqual({ id, metadata });
  });

  it('given an id, then other programs find it as eventId', () => {
    expect(JSON.parse(joined('01CMD/0', '{"at":1}'))).toEqual({ eventId: '01CMD/0', at: 1 });
  });

  it.each(['', '[]', '5', ' {}', '{ "a":1}', 'null'])(
    'given %j, then it is refused',
    (metadata) => {
      expect(() => joined('01CMD/0', metadata)).toThrow(RangeError);
    },
  );

  it.each(['', '{}', '{"at":1}', '{"a":{"eventId":"x"}}'])(
    'given %j that others wrote, then there is no id in it',
    (stored) => expect(withoutEventId(stored)).toBeUndefined(),
  );
});
