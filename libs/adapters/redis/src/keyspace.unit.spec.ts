import { Keyspace } from './keyspace';

describe('names of one set of read models', () => {
  it('given a group, then its keys have its hash tag, and no other', () => {
    const keyspace = new Keyspace('v2-01KB');

    expect(keyspace.row('{team-1}/account/a')).toBe('tollgate:v2-01KB:row:{team-1}/account/a');
    expect(keyspace.parts('{team-1}/account/a')).toBe('tollgate:v2-01KB:parts:{team-1}/account/a');
    expect(keyspace.index('{team-1}/messages')).toBe('tollgate:v2-01KB:index:{team-1}/messages');
    expect(keyspace.revision('message-1', 'team-1')).toBe(
      'tollgate:v2-01KB:revision:{team-1}/message-1',
    );
  });

  it.each(['', 'rate', 'v2-*', 'v2-{a}', 'v2-a:b', 'v2-a b'])(
    'given the namespace %p, then refused',
    (namespace) => {
      expect(() => new Keyspace(namespace)).toThrow('not a namespace');
    },
  );
});
