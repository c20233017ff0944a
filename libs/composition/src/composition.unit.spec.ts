import type { CarrierMessage } from '@tollgate/ports';
import { carrierOf, webhookUrlProblemOf } from '.';

const message: CarrierMessage = {
  type: 'message',
  id: 'msg_1',
  accountId: 'sub_1',
  to: '+14155550123',
  channel: 'sms',
  messageType: 'text',
  environment: 'test',
  content: { text: 'Hello' },
};

describe('a carrier that is configured', () => {
  it('never gets the messages of test keys', async () => {
    const nowhere = { url: 'http://127.0.0.1:9/messages', secret: 'sixteen characters' };
    const bound = carrierOf({ carrier: nowhere, allowsPrivateWebhooks: false });
    const statuses: string[] = [];
    for await (const { status } of bound.carrier.deliver(message)) statuses.push(status);

    expect(statuses).toEqual(['sent', 'delivered']);
    await bound.close();
  });
});

describe('the URL of a webhook', () => {
  const problemOf = webhookUrlProblemOf({ carrier: undefined, allowsPrivateWebhooks: false });
  const privateToo = webhookUrlProblemOf({ carrier: undefined, allowsPrivateWebhooks: true });

  it.each([
    ['http://example.com', 'must begin with https://'],
    ['https://127.0.0.1/hook', 'must not lead to a private network'],
    ['https://user:secret@example.com', 'must not hold a user name or a password'],
    ['hook', 'must be a URL of at most 2,048 characters'],
  ])('is refused with the rule that it breaks: %s', (url, problem) => {
    expect(problemOf(url)).toBe(problem);
  });

  it('may be private where that is allowed', () => {
    expect(privateToo('http://127.0.0.1:8080/hook')).toBeUndefined();
    expect(problemOf('https://example.com/hook')).toBeUndefined();
  });
});
