import { HealthChecks } from './health-checks';
import { HealthServer } from './health-server';
import { Metrics } from './metrics';

const PORT = 0;

describe('the health of a service', () => {
  let problem: string | undefined;
  let checks: HealthChecks;

  afterEach(() => checks.stop());

  it('names everything that can not be reached, and nothing that can', async () => {
    checks = new HealthChecks([
      { name: 'Kafka', check: () => 'is away' },
      { name: 'Redis', check: () => Promise.reject(new Error('refused')) },
      { name: 'event store', check: () => undefined },
    ]);
    await checks.start();
    expect(checks.problem).toBe('Kafka: is away; Redis: no answer: refused');
  });

  it('gets well again by itself', async () => {
    problem = 'is away';
    checks = new HealthChecks([{ name: 'Kafka', check: () => problem }]);
    await checks.start();
    expect(checks.problem).toBeDefined();
    problem = undefined;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(checks.problem).toBeUndefined();
  });

  it('does not wait for ever for what hangs', async () => {
    checks = new HealthChecks([{ name: 'Redis', check: () => new Promise(() => undefined) }]);
    await checks.start();
    expect(checks.problem).toBe('Redis: no answer in time');
  });
});

describe('the health server', () => {
  let problem: string | undefined;
  let server: HealthServer;

  beforeEach(async () => {
    problem = undefined;
    server = new HealthServer({
      port: PORT,
      host: '127.0.0.1',
      notReady: () => problem,
      metrics: new Metrics('spec'),
    });
    await server.start();
  });

  afterEach(() => server.stop());

  const get = (path: string): Promise<Response> => fetch(`${server.url}${path}`);

  it('is alive, and ready unless something is wrong', async () => {
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/health/ready')).status).toBe(200);
    problem = 'Kafka: is away';
    const answer = await get('/health/ready');
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { status: 'unavailable', reason: problem },
    ]);
    expect((await get('/health/live')).status).toBe(200);
  });

  it('has metrics as Prometheus reads them, and nothing else', async () => {
    const text = await (await get('/metrics')).text();
    expect(text).toContain('# TYPE tollgate_commands_total counter');
    expect(text).toContain('service="spec"');
    expect((await get('/')).status).toBe(404);
  });
});
