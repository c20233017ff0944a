import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CarrierUnavailable, type CarrierMessage, type CarrierUpdate } from '@tollgate/ports';
import { testRecipients } from './outcomes';
import { SandboxCarrier } from './sandbox-carrier';

function messageTo(to: string, id = 'msg_1'): CarrierMessage {
  return {
    type: 'message',
    id,
    to,
    channel: to.includes('@') ? 'email' : 'sms',
    messageType: 'text',
    environment: 'live',
    content: { text: 'Hello' },
    accountId: 'sub_1',
  };
}

/** A carrier whose waits are noted instead of waited for. */
function newCarrier(): { carrier: SandboxCarrier; waits: number[] } {
  const waits: number[] = [];
  const sleep = async (delayMs: number): Promise<void> => void waits.push(delayMs);
  return { carrier: new SandboxCarrier({ sleep }), waits };
}

async function updates(
  carrier: SandboxCarrier,
  message: CarrierMessage,
): Promise<readonly CarrierUpdate[]> {
  const told: CarrierUpdate[] = [];
  for await (const update of carrier.deliver(message)) told.push(update);
  return told;
}

const sent: CarrierUpdate = { status: 'sent', providerMessageId: 'sandbox-msg_1' };
const delivered: CarrierUpdate = { status: 'delivered' };

describe('the sandbox carrier', () => {
  it.each(['+14155551234', 'someone@example.com', '123456789', 'toString'])(
    'delivers to %s',
    async (to) => {
      const { carrier, waits } = newCarrier();
      expect(await updates(carrier, messageTo(to))).toEqual([sent, delivered]);
      expect(waits).toEqual([20, 50]);
    },
  );

  it('refuses a number that does not exist', async () => {
    expect(await updates(newCarrier().carrier, messageTo('+15005550001'))).toEqual([
      { status: 'failed', errorCode: 'invalid_number', errorMessage: expect.any(String) },
    ]);
  });

  it('loses a message on its way', async () => {
    expect(await updates(newCarrier().carrier, messageTo('+15005550002'))).toEqual([
      sent,
      { status: 'failed', errorCode: 'undelivered', errorMessage: expect.any(String) },
    ]);
  });

  it('is away twice for each message', async () => {
    const { carrier } = newCarrier();
    for (const id of ['msg_1', 'msg_2']) {
      const message = messageTo('+15005550003', id);
      await expect(updates(carrier, message)).rejects.toThrow(CarrierUnavailable);
      await expect(updates(carrier, message)).rejects.toThrow(CarrierUnavailable);
    }
    const told = await updates(carrier, messageTo('+15005550003'));
    expect(told).toEqual([sent, delivered]);
  });

  it('takes its time', async () => {
    const { carrier, waits } = newCarrier();
    expect(await updates(carrier, messageTo('+15005550004'))).toEqual([sent, delivered]);
    expect(waits).toEqual([20, 5_000]);
  });

  it('knows suppressed e-mail addresses, in capitals too', async () => {
    expect(await updates(newCarrier().carrier, messageTo('Bounce@Sandbox.test'))).toMatchObject([
      { status: 'failed', errorCode: 'EMAIL_RECIPIENT_SUPPRESSED' },
    ]);
  });

  it.each(['+14155551234', '+15005550001', '+15005550002'])(
    'tells the same again of a message to %s',
    async (to) => {
      const { carrier } = newCarrier();
      const first = await updates(carrier, messageTo(to));
      expect(await updates(carrier, messageTo(to))).toEqual(first);
      expect(await updates(newCarrier().carrier, messageTo(to))).toEqual(first);
    },
  );

  it('waits for real when nothing else is asked for', async () => {
    const carrier = new SandboxCarrier({ sentMs: 1, endMs: 1 });
    expect(await updates(carrier, messageTo('+14155551234'))).toEqual([sent, delivered]);
  });
});

it('the README names every test recipient', () => {
  const readme = readFileSync(path.join(__dirname, '../README.md'), 'utf8');
  for (const [recipient, { failure }] of Object.entries(testRecipients)) {
    expect(readme).toContain(`| \`${recipient}\` `);
    expect(readme).toContain(failure?.errorCode ?? 'delivered');
  }
});
