import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { YAML11_SCHEMA, load } from 'js-yaml';
import { SERVICES, loadConfig, type Config, type ServiceName } from './config';

interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
  readonly deploy?: { readonly replicas?: number };
}

const root = join(__dirname, '..', '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const { services } = load(read('docker-compose.yml'), { schema: YAML11_SCHEMA }) as {
  readonly services: Readonly<Record<string, ComposeService>>;
};
const secret = /^\$\{TOLLGATE_(OPERATOR_KEY|KEY_SECRET):\?[^}]+\}$/;

/** What the containers get: `${NAME:-value}` becomes the value. */
function environmentOf(name: ServiceName): Record<string, string> {
  const entries = Object.entries(services[name]!.environment ?? {});
  return Object.fromEntries(
    entries.map(([variable, value]) => {
      if (secret.test(value)) return [variable, 'a secret of sixteen'];
      return [variable, value.replace(/^\$\{\w+:-(.*)\}$/, '$1')];
    }),
  );
}

/** The settings of a service, and the name of everything that was looked for. */
function settingsOf(name: ServiceName): { config: Config; asked: ReadonlySet<string> } {
  const asked = new Set<string>();
  const env = new Proxy(environmentOf(name), {
    get: (target, variable: string) => {
      asked.add(variable);
      return target[variable];
    },
  });
  return { config: loadConfig(name, env), asked };
}

describe('docker-compose.yml', () => {
  it.each(SERVICES)('sets nothing that the service does not read: %s', (name) => {
    const { asked } = settingsOf(name);
    expect(Object.keys(environmentOf(name)).filter((each) => !asked.has(each))).toEqual([]);
    expect(services[name]!.command).toEqual([name]);
  });

  it.each(SERVICES)('lets others reach the service, and its health check: %s', (name) => {
    const { host, healthPort } = settingsOf(name).config;
    expect(host).toBe('0.0.0.0');
    expect(read('tools/docker/healthcheck.js')).toContain(`TOLLGATE_HEALTH_PORT || ${healthPort}`);
    expect(read('Dockerfile')).toMatch(new RegExp(`^EXPOSE .*\\b${healthPort}\\b`, 'm'));
  });

  it('points the services at the ports on which the others listen', () => {
    const { kafka, eventStore, redis } = settingsOf('billing').config;
    const { KAFKA_ADVERTISED_LISTENERS: listener } = services['kafka']!.environment!;
    expect(listener).toBe(`PLAINTEXT://${kafka.brokers.join()}`);
    expect(eventStore).toBe('esdb://eventstore:2113?tls=false');
    expect(redis).toEqual(['redis://redis:6379']);
  });

  it('publishes the gateway alone, on the port on which it listens', () => {
    const published = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
    expect(published.map(([name]) => name)).toEqual(['gateway']);
    const { port } = settingsOf('gateway').config.gateway!;
    expect(services['gateway']!.ports).toEqual([expect.stringMatching(new RegExp(`:${port}$`))]);
  });

  it('starts nothing without the secrets, and has none in it', () => {
    const { environment } = services['gateway']!;
    expect(environment!['TOLLGATE_OPERATOR_KEY']).toMatch(secret);
    expect(environment!['TOLLGATE_KEY_SECRET']).toMatch(secret);
    expect(read('.env.example')).toMatch(/^TOLLGATE_OPERATOR_KEY=\nTOLLGATE_KEY_SECRET=$/m);
  });

  it('waits only for what has a health check', () => {
    for (const { depends_on: needed = {} } of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(needed)) {
        expect(condition).toBe('service_healthy');
        const own = services[name]!.image.startsWith('tollgate');
        expect(own || services[name]!.healthcheck !== undefined).toBe(true);
      }
    }
    expect(read('Dockerfile')).toContain('HEALTHCHECK');
  });

  it('has two billings, and the backends that the specs run against', () => {
    expect(services['billing']!.deploy!.replicas).toBe(2);
    const kinds = read('libs/testing/src/services/service-kinds.ts');
    for (const name of ['kafka', 'eventstore', 'redis']) {
      expect(kinds).toContain(`image: '${services[name]!.image}'`);
    }
  });
});
