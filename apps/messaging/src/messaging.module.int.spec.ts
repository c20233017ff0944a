import { NestFactory } from '@nestjs/core';
import { InMemoryCheckpoints, InMemoryEventLog } from '@tollgate/adapter-in-memory';
import { encodeEvent, messageStream, teamStream } from '@tollgate/contracts';
import type { AccountCharged } from '@tollgate/domain';
import { NO_STREAM, type CarrierUpdate, type Outcome } from '@tollgate/ports';
import { nodeDigest } from '@tollgate/testing';
import { MessagingModule, MessagingService, type MessagingModuleOptions } from '.';

const item = {
  type: 'message',
  id: 'msg_1',
  to: '+15005550001',
  channel: 'sms',
  messageType: 'text',
  environment: 'live',
  content: { text: 'Hello' },
} as const;

const charge: AccountCharged = {
  type: 'AccountCharged',
  data: {
    chargeId: 'chg_1',
    accountId: 'sub_1',
    amount: 4_000,
    balanceAfter: 0,
    totalSpentAfter: 4_000,
    item,
  },
};

const accepted: Outcome = {
  status: 'accepted',
  events: [],
  commandId: 'x',
  at: 1,
  streamRevision: 1,
  isRepeat: false,
};

function newPorts(submit: jest.Mock): MessagingModuleOptions {
  const failed: CarrierUpdate = { status: 'failed', errorCode: 'no', errorMessage: 'No.' };
  return {
    events: new InMemoryEventLog(),
    commands: { submit },
    checkpoints: new InMemoryCheckpoints(),
    carrier: {
      async *deliver() {
        yield failed;
      },
    },
    digest: nodeDigest,
    clock: { now: () => 1 },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    options: { consumer: 'messaging-spec' },
  };
}

describe('the messaging module', () => {
  it('delivers between start and stop, and not before', async () => {
    const submit = jest.fn(async () => [accepted]);
    const ports = newPorts(submit);
    const { events, checkpoints } = ports;
    const module = MessagingModule.register(ports);
    const app = await NestFactory.createApplicationContext(module, { logger: false });
    const service = app.get(MessagingService);
    const metadata = { commandId: '01CMD000000000000000000001', at: 1 };
    await events.append(teamStream('tm_1'), NO_STREAM, [encodeEvent(charge, metadata, 0)]);
    await new Promise(setImmediate);
    expect(submit).not.toHaveBeenCalled();

    await service.start();
    await service.idle();
    expect(service.messageCount).toBe(0);
    await service.stop();

    const types: string[] = [];
    for await (const batch of events.readStream(messageStream(item.id))) {
      types.push(...batch.map(({ type }) => type));
    }
    expect(types).toEqual(['MessageFailed']);
    expect(submit).toHaveBeenCalledWith('tm_1', [
      expect.objectContaining({
        type: 'Refund',
        teamId: 'tm_1',
        data: { accountId: 'sub_1', chargeId: 'chg_1', reason: 'no' },
        causationId: metadata.commandId,
      }),
    ]);
    expect(await checkpoints.load('messaging-spec')).toBe(2);
    await app.close();
  });

  it('closes with the application when it was never started', async () => {
    const module = MessagingModule.register(newPorts(jest.fn()));
    const app = await NestFactory.createApplicationContext(module, { logger: false });
    await app.get(MessagingService).stop();
    await app.close();
  });
});
