import { ConfigInvalid } from '@tollgate/platform';
import { loadConfig } from './config';

describe('settings', () => {
  it('given none, then the defaults hold', () => {
    expect(loadConfig({})).toMatchObject({
      port: 2_113,
      host: '127.0.0.1',
      tls: undefined,
      credentials: undefined,
      faultsPort: undefined,
      logLevel: 'warn',
    });
  });

  it('given all, then they are taken', () => {
    const config = loadConfig({
      DEVSTORE_PORT: '0',
      DEVSTORE_DATA_DIR: '/data',
      DEVSTORE_TLS_CERT: '/cert.pem',
      DEVSTORE_TLS_KEY: '/key.pem',
      DEVSTORE_USER: 'admin',
      DEVSTORE_PASSWORD: 'secret',
      DEVSTORE_FAULTS_PORT: '2114',
    });

    expect(config).toMatchObject({
      port: 0,
      dataDir: '/data',
      tls: { certFile: '/cert.pem', keyFile: '/key.pem' },
      credentials: { user: 'admin', password: 'secret' },
      faultsPort: 2_114,
    });
  });

  it('given faults, then all are named', () => {
    const env = {
      DEVSTORE_PORT: 'x',
      DEVSTORE_TLS_CERT: '/cert.pem',
      DEVSTORE_PASSWORD: 'secret',
      TOLLGATE_LOG_LEVEL: 'loud',
    };

    expect(() => loadConfig(env)).toThrow(ConfigInvalid);
    for (const name of ['PORT must', 'TLS_KEY must', 'USER must', 'LOG_LEVEL must']) {
      expect(() => loadConfig(env)).toThrow(name);
    }
  });
});
