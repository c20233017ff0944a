import { MemoryCarrier } from '../spec/memory-carrier';
import { carrierByEnvironment } from './carrier-by-environment';

it('only messages of live keys reach the carrier that sends for real', async () => {
  const carriers = { live: new MemoryCarrier(), test: new MemoryCarrier() };
  const carrier = carrierByEnvironment(carriers);
  const message = {
    type: 'message',
    to: 'delivered',
    content: {},
    channel: 'sms',
    messageType: 'text',
    accountId: 'sub_1',
  } as const;
  for (const environment of ['live', 'test'] as const) {
    const updates = carrier.deliver({ ...message, environment, id: `msg_${environment}` });
    const told: string[] = [];
    for await (const { status } of updates) told.push(status);
    expect(told).toEqual(['sent', 'delivered']);
  }
  expect(carriers.live.sends).toEqual(['msg_live']);
  expect(carriers.test.sends).toEqual(['msg_test']);
});
