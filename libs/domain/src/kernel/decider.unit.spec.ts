import { assert } from './assert';
import { accept, refuse } from './decider';

describe('decisions', () => {
  it('accept with events in order, or with none', () => {
    expect(accept('a', 'b')).toEqual({ kind: 'accepted', events: ['a', 'b'] });
    expect(accept()).toEqual({ kind: 'accepted', events: [] });
  });

  it('refuse with a value', () => {
    expect(refuse({ code: 'no' })).toEqual({ kind: 'refused', rejection: { code: 'no' } });
  });
});

describe('assert', () => {
  it('stops at a broken invariant and says which', () => {
    expect(() => assert(true, 'fine')).not.toThrow();
    expect(() => assert(false, 'balance')).toThrow('invariant broken: balance');
  });
});
