import { ConfigInvalid } from '@tollgate/platform';
import { loadConfig } from './config';

describe('the settings of a stack', () => {
  it('have defaults for everything', () => {
    const { folder, ports, operatorKey, isBackendsOnly } = loadConfig({});
    expect(folder).toMatch(/\.stack$/);
    expect(ports.gateway).toMatchObject({ number: 8_080, isFixed: true });
    expect(ports.kafka).toMatchObject({ number: 9_092, isFixed: false });
    expect(ports.redis).toMatchObject({ number: 6_379, isFixed: false });
    expect(ports.eventStore).toMatchObject({ number: 2_113, isFixed: false });
    expect(ports.projectionHealth).toMatchObject({ number: 9_467, isFixed: false });
    expect([operatorKey, isBackendsOnly]).toEqual([undefined, false]);
  });

  it('hold a port that was chosen to be the only one that will do', () => {
    const { ports } = loadConfig({ TOLLGATE_STACK_REDIS_PORT: '7000' });
    expect(ports.redis).toMatchObject({ number: 7_000, isFixed: true });
  });

  it('take any free ports from 0, four for health', () => {
    const { ports } = loadConfig({ TOLLGATE_STACK_HEALTH_PORT: '0' });
    expect([ports.gatewayHealth.number, ports.projectionHealth.number]).toEqual([0, 0]);
  });

  it('leave the ports of services to others when these run elsewhere', () => {
    const { ports, isBackendsOnly } = loadConfig({}, ['--backends']);
    expect(isBackendsOnly).toBe(true);
    expect([ports.gateway.number, ports.billingHealth.number]).toEqual([0, 0]);
  });

  it('are all named when they break a rule', () => {
    const env = { TOLLGATE_PORT: 'x', TOLLGATE_OPERATOR_KEY: 'short', TOLLGATE_KEY_SECRET: 'x' };
    expect(() => loadConfig(env)).toThrow(ConfigInvalid);
    for (const name of Object.keys(env)) expect(() => loadConfig(env)).toThrow(name);
  });

  it('know no other arguments', () => {
    expect(() => loadConfig({}, ['--backend'])).toThrow('--backend');
  });
});
