import { Kafka, logLevel, type Admin } from 'kafkajs';
import { describeWithKafka } from './describe-with';

const IDLE_MS = 1000;
/** A client without the correction in `patches` comes to several hundred. */
const WAKE_UPS_MAX = 20;

interface RequestQueue {
  maybeThrottle(ms: number): void;
  push(request: object): void;
}

/** The part that is corrected, as the client builds one for every connection. */
const RequestQueue = jest.requireActual<new (options: object) => RequestQueue>(
  'kafkajs/src/network/requestQueue',
);

/** How many timers are started while nothing is asked of any client. */
async function timersWhileIdle(): Promise<number> {
  const startTimer = jest.spyOn(globalThis, 'setTimeout');
  // The wait is an interval, so that it isn't counted itself.
  await new Promise<void>((resolve) => {
    const interval = setInterval(() => {
      clearInterval(interval);
      resolve();
    }, IDLE_MS);
  });
  const count = startTimer.mock.calls.length;
  startTimer.mockRestore();
  return count;
}

describeWithKafka('the Kafka client, corrected', (kafka) => {
  const client = (): Kafka => new Kafka({ brokers: kafka().brokers, logLevel: logLevel.NOTHING });
  let admin: Admin;

  beforeAll(async () => {
    admin = client().admin();
    await admin.connect();
    await admin.listTopics();
  });

  afterAll(() => admin.disconnect());

  it('sleeps while nobody asks anything of it', async () => {
    expect(await timersWhileIdle()).toBeLessThan(WAKE_UPS_MAX);
  });

  it('wakes up for the next request', async () => {
    await expect(admin.listTopics()).resolves.toBeDefined();
  });

  it('sends everything that had to wait for its turn', async () => {
    const topic = `idle-client-${process.pid}-${Date.now()}`;
    await admin.createTopics({ topics: [{ topic }], waitForLeaders: true });
    const producer = client().producer({ maxInFlightRequests: 1 });
    await producer.connect();
    const sends = Array.from({ length: 50 }, (_, index) =>
      producer.send({ topic, messages: [{ value: String(index) }] }),
    );
    await Promise.all(sends);
    await producer.disconnect();
    expect(await admin.fetchTopicOffsets(topic)).toMatchObject([{ offset: '50' }]);
  });

  it('sends what waited while the broker asked for patience', () => {
    jest.useFakeTimers();
    const sendRequest = jest.fn();
    const queue = new RequestQueue({ logger: { debug: jest.fn() } });
    queue.maybeThrottle(300);
    queue.push({ entry: { correlationId: 1 }, expectResponse: true, sendRequest });
    jest.advanceTimersByTime(299);
    expect(sendRequest).not.toHaveBeenCalled();
    jest.advanceTimersByTime(2);
    expect(sendRequest).toHaveBeenCalledTimes(1);
    jest.useRealTimers();
  });
});
