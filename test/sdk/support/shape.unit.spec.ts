import type Zavudev from '@zavudev/sdk';
import { contact, contactChannel } from './shapes';

const channel: Zavudev.ContactChannel = {
  id: 'chn_01M878Z81JRQRMA5WW4S351D5G',
  channel: 'sms',
  identifier: '+14155550100',
  isPrimary: true,
  verified: false,
  createdAt: '2026-11-24T17:17:03.416Z',
};

describe('the shape of an answer', () => {
  it('finds nothing to say of a right one, with optional fields and without', () => {
    expect(contactChannel.problems(channel, 'a')).toEqual([]);
    expect(contactChannel.problems({ ...channel, label: 'work' }, 'a')).toEqual([]);
  });

  it.each([
    [{ id: 'chn_1' }, 'a.id is not an id with chn_'],
    [{ channel: 'fax' }, 'a.channel is none of sms'],
    [{ createdAt: '2026-11-24' }, 'a.createdAt is not an ISO time'],
    [{ isPrimary: 'yes' }, 'a.isPrimary is neither true nor false'],
    [{ verified: undefined }, 'a.verified is missing'],
    [{ label: null }, 'a.label is not a text'],
    [{ metadata: { order: 7 } }, 'a.metadata.order is no text'],
    [{ metrics: {} }, 'a.metrics is there'],
    [{ owner: 'acc_1' }, 'a.owner is not known to the client'],
  ])('names what is not as the client has it: %p', (wrong, problem) => {
    const problems = contactChannel.problems({ ...channel, ...wrong }, 'a');
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  it('looks into lists, and at what is no object at all', () => {
    const problems = contact.problems({ channels: [channel, { ...channel, id: 7 }] }, 'a');
    expect(problems).toContain('a.channels.1.id is not an id with chn_: 7');
    expect(contact.problems('text', 'a')).toEqual(['a is no object']);
    expect(contact.problems(null, 'a')).toEqual(['a is no object']);
  });
});
