import type { MessagingKind } from '@tollgate/domain';
import {
  CommandLogFull,
  CommandLogUnavailable,
  LogUnavailable,
  VaultUnavailable,
  type Outcome,
} from '@tollgate/ports';
import { faultsOfError, type Answer, type Sent } from '../spec/answer';
import { Stage } from '../spec/stage';

let stage: Stage;
let requests: readonly Sent[];

beforeAll(async () => {
  stage = await Stage.start();
  const { account, cast } = stage;
  const key = account.key.secret;
  const contact = await cast.contact(account.key, {
    channels: [{ channel: 'sms', identifier: '+14155550001' }],
  });
  const senderId = await cast.sender(account.key);
  const number = await cast.number(account.key);
  const channels = [{ channel: 'sms', identifier: '+14155550002' }];
  const url = `/v1/contacts/${contact.id}`;
  requests = [
    { method: 'POST', url: '/v1/contacts', key, body: { channels } },
    { method: 'PATCH', url, key, body: { displayName: 'x' } },
    { method: 'DELETE', url, key },
    { method: 'POST', url: `${url}/channels`, key, body: channels[0]! },
    { method: 'POST', url: `${url}/merge`, key, body: { sourceContactId: 'con_other' } },
    { method: 'POST', url: '/v1/senders', key, body: { name: 'x' } },
    { method: 'PATCH', url: `/v1/senders/${senderId}`, key, body: { name: 'x' } },
    { method: 'POST', url: `/v1/senders/${senderId}/webhook/secret`, key },
    { method: 'PATCH', url: `/v1/phone-numbers/${number.id}`, key, body: { name: 'x' } },
    { method: 'DELETE', url: `/v1/phone-numbers/${number.id}`, key },
    { method: 'POST', url: '/v1/phone-numbers', key, body: { phoneNumber: '+18005550100' } },
  ];
});

afterEach(() => stage.world.answerMessaging());

afterAll(() => stage.stop());

/** What each of the requests is answered, in the one shape of errors. */
async function answers(): Promise<Answer[]> {
  const answered = await Promise.all(requests.map((request) => stage.world.send(request)));
  for (const { status, body } of answered) expect(faultsOfError(status, body)).toEqual([]);
  return answered;
}

const UNKNOWN: Outcome<MessagingKind> = {
  status: 'unknown',
  commandId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
};

describe('a command of messaging', () => {
  it('whose outcome the log does not tell is said to be unknown, with the id', async () => {
    stage.world.answerMessaging(async () => [UNKNOWN]);
    for (const answer of await answers()) {
      expect(answer).toMatchObject({
        status: 503,
        headers: { 'retry-after': '1' },
        body: { code: 'outcome_unknown', details: { commandId: expect.any(String) } },
      });
    }
  });

  it('that could not be decided was not done', async () => {
    const outcomes = [{ status: 'unavailable' }, { status: 'undecidable', reason: 'x' }] as const;
    for (const outcome of outcomes) {
      stage.world.answerMessaging(async () => [outcome]);
      for (const answer of await answers()) {
        expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      }
    }
  });

  it.each([
    ['the queue is full', new CommandLogFull(2_500), 'overloaded', '3'],
    ['the command log is away', new CommandLogUnavailable('closed'), 'unavailable', '1'],
    ['the event log is away', new LogUnavailable('closed'), 'unavailable', '1'],
  ])('that was not taken is answered with when to try again: %s', async (_, fault, code, after) => {
    stage.world.answerMessaging(() => Promise.reject(fault));
    for (const answer of await answers()) {
      expect(answer).toMatchObject({
        status: 503,
        headers: { 'retry-after': after },
        body: { code },
      });
    }
  });
});

describe('keys of personal data that are away', () => {
  it('let nothing be sealed, and nothing happen', async () => {
    const away = (): never => {
      throw new VaultUnavailable('closed');
    };
    const sealing = {
      seal: async () => away(),
      open: async () => away(),
      recipientOf: async () => away(),
    };
    const other = await Stage.start({ sealing });
    const before = other.world.eventCount;
    const key = other.account.key.secret;
    for (const [url, body] of [
      ['/v1/messages', { to: '+14155550123', text: 'x' }],
      ['/v1/contacts', { channels: [{ channel: 'sms', identifier: '+14155550123' }] }],
    ] as const) {
      expect(await other.world.send({ method: 'POST', url, key, body })).toMatchObject({
        status: 503,
        headers: { 'retry-after': '1' },
        body: { code: 'unavailable' },
      });
    }
    expect(other.world.eventCount).toBe(before);
    expect(other.world.faults).toEqual([]);
    await other.stop();
  });
});
