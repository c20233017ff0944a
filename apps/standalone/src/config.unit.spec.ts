import { isAbsolute, resolve } from 'node:path';
import { ConfigInvalid } from '@tollgate/platform';
import { loadConfig } from './config';
import { DEFAULT_PRICE_LIST } from '@tollgate/gateway';

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
  } catch (fault) {
    if (fault instanceof ConfigInvalid) return fault.faults.map(({ name }) => name);
    throw fault;
  }
  return [];
}

describe('the settings', () => {
  it('have defaults that the README names', () => {
    expect(loadConfig({})).toEqual({
      port: 8_080,
      host: '127.0.0.1',
      dataDir: resolve('.tollgate'),
      operatorKey: undefined,
      rateLimitPerMinute: 600,
      priceListPath: DEFAULT_PRICE_LIST,
      messaging: { carrier: undefined, allowsPrivateWebhooks: false },
      logLevel: 'warn',
    });
  });

  it('come from the environment, paths made absolute', () => {
    const config = loadConfig({
      TOLLGATE_PORT: '0',
      TOLLGATE_HOST: '::1',
      TOLLGATE_DATA_DIR: 'some/folder',
      TOLLGATE_OPERATOR_KEY: 'sixteen-characters',
      TOLLGATE_RATE_LIMIT_PER_MINUTE: '0',
      TOLLGATE_PRICE_LIST: 'prices.json',
      TOLLGATE_LOG_LEVEL: 'silent',
    });
    expect(config).toMatchObject({ port: 0, host: '::1', rateLimitPerMinute: 0 });
    expect(config).toMatchObject({ operatorKey: 'sixteen-characters', logLevel: 'silent' });
    expect(isAbsolute(config.dataDir) && isAbsolute(config.priceListPath)).toBe(true);
  });

  it('that are empty count as not given', () => {
    const names = ['PORT', 'HOST', 'DATA_DIR', 'OPERATOR_KEY', 'PRICE_LIST', 'LOG_LEVEL'];
    const env = Object.fromEntries(names.map((name) => [`TOLLGATE_${name}`, ' ']));
    expect(loadConfig(env)).toEqual(loadConfig({}));
  });

  it('that are wrong are named all at once, and without the operator key', () => {
    const env = {
      TOLLGATE_PORT: '65536',
      TOLLGATE_RATE_LIMIT_PER_MINUTE: '-1',
      TOLLGATE_LOG_LEVEL: 'loud',
      TOLLGATE_OPERATOR_KEY: 'too-short',
    };
    expect([...faultsOf(env)].sort()).toEqual(Object.keys(env).sort());
    expect(() => loadConfig(env)).toThrow(expect.not.stringContaining('too-short'));
  });

  it.each(['80a', '1e3', '0x50', '8080.5', '-1', '65536', 'NaN'])('refuse the port %p', (port) => {
    expect(faultsOf({ TOLLGATE_PORT: port })).toEqual(['TOLLGATE_PORT']);
  });

  it('can not be changed once they are read', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true);
  });
});
