import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import {
  CommandLogFull,
  CommandLogUnavailable,
  LogUnavailable,
  type Outcome,
} from '@tollgate/ports';
import { faultsOfError, type Answer, type Sent } from '../spec/answer';
import { Cast, type Team } from '../spec/cast';
import { GatewayWorld, type Adapters } from '../spec/world';

const inMemory = (): Adapters => ({
  events: new InMemoryEventLog(),
  snapshots: new InMemorySnapshots(),
  readModels: new InMemoryReadModels(),
  clock: new ManualClock(),
  ids: new SequentialIds(),
});

let world: GatewayWorld;
let team: Team;
let requests: readonly Sent[];

beforeAll(async () => {
  world = await GatewayWorld.start(inMemory());
  team = await new Cast(world).team();
  const key = team.main.key.secret;
  const message = { to: '+14155550123', text: 'Hello' };
  requests = [
    { method: 'POST', url: '/billing/v1/charges', key, body: { amount: 1 } },
    { method: 'POST', url: '/v1/messages', key, body: message },
    { method: 'POST', url: '/v1/sub-accounts', key, body: { name: 'x' } },
  ];
});

afterEach(() => world.answerCommands());

afterAll(() => world.stop());

/** What each of the requests is answered, in the one shape of errors. */
async function answers(): Promise<Answer[]> {
  const answered = await Promise.all(requests.map((request) => world.send(request)));
  for (const { status, body } of answered) expect(faultsOfError(status, body)).toEqual([]);
  return answered;
}

const UNKNOWN: Outcome = { status: 'unknown', commandId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' };

describe('a command whose outcome the log does not tell', () => {
  it('is said to be unknown, with the id to ask again with', async () => {
    world.answerCommands(async () => [UNKNOWN]);
    for (const answer of await answers()) {
      expect(answer).toMatchObject({
        status: 503,
        headers: { 'retry-after': '1' },
        body: { code: 'outcome_unknown', details: { commandId: UNKNOWN.commandId } },
      });
    }
  });

  it('is not called refused in a batch', async () => {
    const unavailable: Outcome = { status: 'unavailable' };
    world.answerCommands(async () => [UNKNOWN, unavailable]);
    const [{ key }] = requests as [Sent];
    const body = { charges: [{ amount: 1 }, { amount: 1 }] };
    const url = '/billing/v1/charges/batch';
    expect(await world.send({ method: 'POST', url, key, body })).toMatchObject({
      status: 200,
      body: {
        results: [
          {
            status: 'unknown',
            code: 'outcome_unknown',
            details: { commandId: expect.any(String) },
          },
          { status: 'refused', code: 'unavailable' },
        ],
      },
    });
  });
});

describe('a command that was not taken', () => {
  it.each([
    ['the queue is full', new CommandLogFull(2_500), 'overloaded', '3'],
    ['the command log is away', new CommandLogUnavailable('closed'), 'unavailable', '1'],
    ['the event log is away', new LogUnavailable('closed'), 'unavailable', '1'],
  ])('is answered with when to try again: %s', async (_, fault, code, retryAfter) => {
    world.answerCommands(() => Promise.reject(fault));
    for (const answer of await answers()) {
      expect(answer).toMatchObject({
        status: 503,
        headers: { 'retry-after': retryAfter },
        body: { code },
      });
    }
  });

  it('by a fault of ours is answered with an id to look up, and no internals', async () => {
    world.answerCommands(() => Promise.reject(new Error('an internal of ours')));
    const answered = await answers();
    for (const answer of answered) {
      expect(answer).toMatchObject({ status: 500, body: { code: 'internal_error' } });
      expect(answer.text).not.toContain('an internal of ours');
      const { details } = answer.body as { details: { requestId: string } };
      expect(JSON.stringify(world.faults)).toContain(details.requestId);
    }
    expect(world.faults).toHaveLength(answered.length);
  });
});
