import { findOrSayWhyNot } from './availability';
import { KAFKA } from './service-kinds';
import type { Source } from './sources';

const notFound = (): Source => {
  throw new Error('found no java');
};

describe('a suite whose service cannot be had', () => {
  const ci = process.env.CI;
  const written = jest.spyOn(process.stderr, 'write');

  beforeEach(() => void written.mockReset().mockReturnValue(true));

  afterEach(() => {
    if (ci === undefined) delete process.env.CI;
    else process.env.CI = ci;
  });

  afterAll(() => written.mockRestore());

  it('fails in CI', () => {
    process.env.CI = 'true';
    const find = (): unknown => findOrSayWhyNot(KAFKA, notFound, 'the command log');
    expect(find).toThrow('no Kafka for "the command log": found no java');
  });

  it("is skipped on a developer's machine, which says which one, why and what would help", () => {
    delete process.env.CI;
    expect(findOrSayWhyNot(KAFKA, notFound, 'the command log')).toBeUndefined();
    const said = String(written.mock.calls[0]?.[0]);
    expect(said).toContain('SKIPPED, no Kafka for "the command log": found no java');
    expect(said).toContain('set TOLLGATE_TEST_KAFKA');
  });

  it('runs when the service is found, and says nothing', () => {
    const find = (): Source => ({ kind: 'native' });
    expect(findOrSayWhyNot(KAFKA, find, 'the command log')).toEqual({ kind: 'native' });
    expect(written).not.toHaveBeenCalled();
  });
});
