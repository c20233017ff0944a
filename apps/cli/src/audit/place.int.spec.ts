import { runCli, runCliIn, type Finished } from '../../spec/run-cli';

const NOWHERE = '/nowhere/at/all';
const STORE = 'esdb://admin:secret@127.0.0.1:1?tls=false';

const verify = (...args: readonly string[]): Promise<Finished> =>
  runCli('audit', 'verify', ...args);

const verifyIn = (
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Finished> => runCliIn(env, 'audit', 'verify', ...args);

describe('where an audit reads', () => {
  it.each([
    [['--data', NOWHERE, '--eventstoredb', STORE], 'either --data or --eventstoredb, not both'],
    [['--redis', 'redis://:secret@host'], '--redis goes with --eventstoredb'],
    [['--eventstoredb', 'http://admin:secret@host'], '--eventstoredb must begin with esdb://'],
    [['--eventstoredb', STORE, '--redis', 'http://:secret@host'], '--redis must begin with redis'],
  ])('is said in one way, else nothing is read: %j', async (args, told) => {
    const { exitCode, out, err } = await verify(...args);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain(told);
    expect(err).not.toContain('secret');
  });

  it.each([
    [['--eventstoredb', 'esdb://admin:secret@host?tls=secret'], 'connection string'],
    [['--eventstoredb', STORE, '--redis', 'redis://:secret@host:secret'], 'address of Redis'],
  ])('is not quoted when it can not be read: %j', async (args, told) => {
    const { exitCode, err } = await verify(...args);
    expect(exitCode).toBe(1);
    expect(err).toContain(told);
    expect(err).not.toContain('secret');
  });

  it('needs no read models for a replay, and takes none', async () => {
    const args = ['--team', 'tm_1', '--at', '2026-01-01', '--eventstoredb', STORE];
    const { exitCode, err } = await runCli('audit', 'replay', ...args, '--redis', 'redis://host');
    expect(exitCode).toBe(2);
    expect(err).toContain("unknown option '--redis'");
  });
});

describe('where an audit reads, by environment', () => {
  const set = { TOLLGATE_EVENTSTOREDB: STORE, TOLLGATE_REDIS: 'redis://127.0.0.1:1' };

  it('is the event store that is set there', async () => {
    const { exitCode, err } = await verifyIn(set);
    expect(exitCode).toBe(1);
    expect(err).toContain('error: the event store at esdb://127.0.0.1:1 can');
  });

  it('is what was typed when both are given', async () => {
    const { err } = await verifyIn(set, '--data', NOWHERE);
    expect(err).toContain(`${NOWHERE} is not a data folder`);
    const other = await verifyIn({ TOLLGATE_DATA_DIR: NOWHERE }, '--eventstoredb', STORE);
    expect(other.err).toContain('error: the event store at esdb://127.0.0.1:1 can');
  });

  it('has to be said when both are set', async () => {
    const { exitCode, err } = await verifyIn({ ...set, TOLLGATE_DATA_DIR: NOWHERE });
    expect(exitCode).toBe(2);
    expect(err).toContain('TOLLGATE_DATA_DIR and TOLLGATE_EVENTSTOREDB are both set');
  });

  it('is the data folder where the variable is empty', async () => {
    const { err } = await verifyIn({ TOLLGATE_EVENTSTOREDB: '', TOLLGATE_DATA_DIR: NOWHERE });
    expect(err).toContain(`${NOWHERE} is not a data folder`);
  });
});
