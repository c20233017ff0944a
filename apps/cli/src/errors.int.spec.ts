import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeApi } from '../spec/fake-api';
import { runCli } from '../spec/run-cli';

const api = new FakeApi();
let url = '';
let folder = '';

beforeAll(async () => {
  url = await api.start();
  folder = await mkdtemp(join(tmpdir(), 'tollgate-cli-'));
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true });
});

describe('what tollgate says when something is wrong', () => {
  it('names each field that breaks a rule', async () => {
    const errors = [
      { path: ['name'], message: 'must be at most 200 characters' },
      { path: ['metadata', 0], message: 'must be a string' },
    ];
    const body = { code: 'invalid_request', message: 'name: too long', details: { errors } };
    api.answer({ status: 400, body });
    const { exitCode, out, err } = await runCli(
      ...['teams', 'show', 'x', '--url', url, '--operator-key', 'op'],
    );
    expect([exitCode, out]).toEqual([1, '']);
    expect(err).toBe(
      [
        'error: name: too long (invalid_request)',
        '  name: must be at most 200 characters',
        '  metadata.0: must be a string',
        '',
      ].join('\n'),
    );
  });

  it('gives scripts the error as JSON', async () => {
    const body = { code: 'not_found', message: 'Team not found.' };
    api.answer({ status: 404, body });
    const { err } = await runCli(
      ...['teams', 'show', 'x', '--json', '--url', url, '--operator-key', 'op'],
    );
    expect(JSON.parse(err)).toEqual(body);
  });

  it('says where a key came from that is not accepted', async () => {
    await writeFile(join(folder, 'operator-key'), 'tg_operator_1\n');
    api.answer({ status: 401, body: { code: 'unauthorized', message: 'Invalid API key.' } });
    const { err } = await runCli('teams', 'list', '--url', url, '--data', folder);
    expect(err).toContain(`the key came from ${join(folder, 'operator-key')}`);
    expect(api.seen.at(-1)?.headers.authorization).toBe('Bearer tg_operator_1');
  });

  it('says where it looked for the operator key', async () => {
    const { exitCode, err } = await runCli('teams', 'list', '--data', join(folder, 'none'));
    expect(exitCode).toBe(1);
    expect(err).toContain('error: no operator key\n');
    expect(err).toContain('TOLLGATE_OPERATOR_KEY');
    expect(err).toContain(join(folder, 'none', 'operator-key'));
  });

  it('says how to come by an API key', async () => {
    const { exitCode, err } = await runCli('sub-accounts', 'list', '--url', url);
    expect(exitCode).toBe(1);
    expect(err).toContain('tollgate keys issue');
  });

  it('says how to start the server when nothing answers', async () => {
    const gone = new FakeApi();
    const nowhere = await gone.start();
    await gone.stop();
    const { exitCode, err } = await runCli(
      ...['teams', 'list', '--url', nowhere, '--operator-key', 'op'],
    );
    expect(exitCode).toBe(1);
    expect(err).toContain(
      `error: nothing answers at ${nowhere}\n  start the server with: npm start`,
    );
  });

  it('says when the address is not that of a Tollgate server', async () => {
    api.answer({ status: 502, body: '<html>' });
    const { exitCode, err } = await runCli(
      ...['teams', 'list', '--url', url, '--operator-key', 'op'],
    );
    expect([exitCode, err]).toEqual([1, expect.stringContaining('answered 502')]);
  });

  it.each([
    [['teams', 'create'], "missing required argument 'name'"],
    [['top-up', 'tm_1', '$5'], 'Give dollars with at most two decimals'],
    [['top-up', 'tm_1', '5', '--url', 'localhost'], 'must begin with http://'],
    [['keys', 'issue', 'tm_1'], "required option '--name <name>' not specified"],
    [['keys', 'issue', 'tm_1', '--name', 'x', '--environment', 'x'], 'Allowed choices'],
    [['team', 'list'], "unknown command 'team'"],
    [['audit', 'replay', '--team', 'tm_1', '--at', 'noon'], 'Give a time such as'],
  ])('ends %j with exit code 2', async (args, problem) => {
    const { exitCode, err } = await runCli(...args);
    expect(exitCode).toBe(2);
    expect(err).toContain(problem);
  });

  it('explains itself', async () => {
    const { exitCode, out } = await runCli('top-up', '--help');
    expect(exitCode).toBe(0);
    expect(out).toContain('--idempotency-key');
    expect(out).toContain('env: TOLLGATE_URL');
  });
});
