import type { ServiceKind } from './service-kinds';
import { sourceOf } from './sources';

const service: ServiceKind = {
  name: 'a service',
  variable: 'TOLLGATE_TEST_NOTHING',
  image: 'tollgate/no-such-image:0',
  ensureNative: () => undefined,
};

describe('the source of a real service', () => {
  afterEach(() => void delete process.env[service.variable]);

  it('is the address that was given, before anything else', () => {
    process.env[service.variable] = 'broker:9092';
    expect(sourceOf(service)).toEqual({ kind: 'address', address: 'broker:9092' });
  });

  it('is a program when no engine has the image', () => {
    expect(sourceOf(service)).toEqual({ kind: 'native' });
  });

  it('is missing for the reason why the program is', () => {
    const ensureNative = (): void => {
      throw new Error('found no java');
    };
    expect(() => sourceOf({ ...service, ensureNative })).toThrow('found no java');
  });
});
