import { ConfigInvalid } from '@tollgate/platform';
import { SERVICES, loadConfig } from './config';
import { masked } from './masked';

const secrets = {
  TOLLGATE_OPERATOR_KEY: 'the-operators-own-key',
  TOLLGATE_KEY_SECRET: 'what-keys-are-derived-from',
};

function faultsOf(service: string | undefined, env: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig(service, env);
  } catch (fault) {
    if (fault instanceof ConfigInvalid) return fault.faults.map(({ name }) => name).sort();
    throw fault;
  }
  return [];
}

describe('the settings of a service', () => {
  it.each(SERVICES)('have defaults for everything but secrets: %s', (service) => {
    expect(loadConfig(service, secrets)).toMatchObject({
      service,
      kafka: { brokers: ['127.0.0.1:9092'], ssl: false, partitions: 24, sessionTimeoutMs: 10_000 },
      eventStore: 'esdb://127.0.0.1:2113?tls=false',
      redis: ['redis://127.0.0.1:6379'],
      healthPort: 9_464,
    });
  });

  it('ask for secrets of those who need them, and of nobody else', () => {
    expect(faultsOf('gateway', {})).toEqual(['TOLLGATE_KEY_SECRET', 'TOLLGATE_OPERATOR_KEY']);
    expect(faultsOf('messaging', {})).toEqual(['TOLLGATE_KEY_SECRET']);
    expect(faultsOf('billing', {})).toEqual([]);
    expect(faultsOf('projection', {})).toEqual([]);
  });

  it('name every fault at once', () => {
    const env = {
      ...secrets,
      TOLLGATE_INSTANCE: 'with spaces',
      TOLLGATE_KAFKA_SSL: 'yes',
      TOLLGATE_KAFKA_SASL_MECHANISM: 'kerberos',
      TOLLGATE_KAFKA_PARTITIONS: '0',
      TOLLGATE_LOG_LEVEL: 'loud',
      TOLLGATE_ANSWER_TIMEOUT_MS: '1',
    };
    expect(faultsOf('gateway', env)).toEqual(
      Object.keys(env)
        .filter((name) => !(name in secrets))
        .sort(),
    );
  });

  it.each([undefined, '', 'ledger'])('refuse the service %p', (service) => {
    expect(faultsOf(service, secrets)).toEqual(['the first argument']);
  });

  it('ask for a user and a password with a mechanism', () => {
    expect(faultsOf('billing', { TOLLGATE_KAFKA_SASL_MECHANISM: 'plain' })).toEqual([
      'TOLLGATE_KAFKA_SASL_PASSWORD',
      'TOLLGATE_KAFKA_SASL_USERNAME',
    ]);
  });

  it('are written without any secret', () => {
    const config = loadConfig('gateway', {
      ...secrets,
      TOLLGATE_CARRIER_URL: 'https://carrier.example/messages',
      TOLLGATE_CARRIER_SECRET: 'opensesame-opensesame',
      TOLLGATE_EVENTSTOREDB: 'esdb+discover://admin:opensesame@node1:2113,node2:2113?tls=true',
      TOLLGATE_REDIS: 'redis://:opensesame@one:6379, rediss://me:opensesame@two:6379',
      TOLLGATE_KAFKA_SASL_MECHANISM: 'scram-sha-512',
      TOLLGATE_KAFKA_SASL_USERNAME: 'tollgate',
      TOLLGATE_KAFKA_SASL_PASSWORD: 'opensesame',
    });
    const written = JSON.stringify(masked(config));
    for (const secret of ['opensesame', ...Object.values(secrets)]) {
      expect(written).not.toContain(secret);
    }
    expect(written).toContain('esdb+discover://***@node1:2113,node2:2113?tls=true');
    expect(written).toContain('rediss://***@two:6379');
    expect(config.redis).toHaveLength(2);
  });
});
