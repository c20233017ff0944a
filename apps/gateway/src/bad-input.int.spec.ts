import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
  ManualClock,
  SequentialIds,
} from '@tollgate/adapter-in-memory';
import { faultsOf, type Sent } from '../spec/answer';
import { Mutations } from '../spec/bad-input/mutations';
import { routesOf, Sampler, type OpenApi, type Route } from '../spec/bad-input/open-api';
import { Random } from '../spec/bad-input/random';
import { Belongings } from '../spec/belongings';
import { Cast } from '../spec/cast';
import { GatewayWorld, OPERATOR_KEY, type Adapters } from '../spec/world';

const inMemory = (): Adapters => ({
  events: new InMemoryEventLog(),
  snapshots: new InMemorySnapshots(),
  readModels: new InMemoryReadModels(),
  clock: new ManualClock(),
  ids: new SequentialIds(),
});

const SEEDS = [1, 2, 3, 4];
const REQUESTS_A_SEED = 2_400;
/** Of these, those to contacts, senders, numbers, messages and carriers alone. */
const OF_MESSAGING_MIN = 5_000;
const OF_MESSAGING = /^\/(v1\/(contacts|senders|phone-numbers|messages|introspect)|carrier)/;
/** Requests after which the accounts are others: some requests deactivate them. */
const STOCK_LASTS = 250;
const TIMEOUT_MS = 300_000;

/** What requests are made of: whose keys, and which ids there are. */
interface Stock {
  readonly keys: readonly string[];
  readonly ids: readonly string[];
  readonly teamIds: readonly string[];
}

async function stock(world: GatewayWorld): Promise<Stock> {
  const cast = new Cast(world);
  const team = await cast.team();
  const other = await cast.team('Other');
  const account = await cast.account(team);
  const foreign = await cast.account(other);
  const spare = await cast.key(team, account.id);
  const test = await cast.key(team, account.id, 'test');
  const main = team.main.key.secret;
  const belongings = [
    await Belongings.of(account, 'account', cast),
    await Belongings.of(foreign, 'foreigner', cast),
    await Belongings.of(team.main, 'main', cast),
  ];
  return {
    keys: [main, main, main, account.key.secret, test.secret],
    ids: [account.id, foreign.id, team.main.id, spare.id, ...belongings.flatMap(({ all }) => all)],
    teamIds: [team.id, other.id, account.id],
  };
}

interface Asked extends Sent {
  readonly route: string;
}

class BadRequests {
  private readonly sampler: Sampler;
  private readonly mutations: Mutations;
  private readonly routes: readonly Route[];

  constructor(
    document: OpenApi,
    private readonly random: Random,
  ) {
    this.sampler = new Sampler(document, random);
    this.mutations = new Mutations(random);
    this.routes = routesOf(document);
  }

  next(stock: Stock): Asked {
    const { random, mutations } = this;
    const { method, path, operation } = random.pick(this.routes);
    const isOperator = path.startsWith('/operator/');
    const ids = isOperator ? stock.teamIds : stock.ids;
    const url = path.replace(/\{\w+\}/g, () => mutations.id(ids)) + mutations.query();
    const good = this.sampler.body(operation);
    return {
      route: `${method} ${path}`,
      method,
      url,
      key: isOperator ? OPERATOR_KEY : random.pick(stock.keys),
      ...(good === undefined ? {} : { body: mutations.body(good) }),
      headers: { 'idempotency-key': `key ${random.below(500)}`, ...mutations.headers() },
    };
  }
}

let ofMessaging = 0;
const asked = new Set<string>();

/** What of one request is not as promised, and its status. */
async function ask(request: Asked, world: GatewayWorld): Promise<[number, string[]]> {
  const before = world.eventCount;
  const answer = await world.send(request);
  if (OF_MESSAGING.test(request.url)) ofMessaging += 1;
  asked.add(request.route);
  const faults = faultsOf(answer);
  const isChanged = answer.status >= 400 && world.eventCount !== before;
  // Who may not spend holds a number for a moment: two events, and no change.
  const isHeld = request.route === 'POST /v1/phone-numbers' && answer.status !== 400;
  if (isChanged && !isHeld) faults.push('it changed the log');
  const broken = faults.length === 0 ? [] : [`${shown(request)}: ${faults.join(', ')}`];
  return [answer.status, broken];
}

function shown({ method, url, body, headers }: Sent): string {
  const text = body === undefined ? '' : body.toString().slice(0, 300);
  return `${method} ${url.slice(0, 200)} ${JSON.stringify(headers)} ${text}`;
}

describe.each(SEEDS)('bad input, generated from the OpenAPI document with seed %d', (seed) => {
  it(
    'is refused in the one shape of errors, never with 5xx, and changes nothing',
    async () => {
      const world = await GatewayWorld.start(inMemory());
      const { body: document } = await world.send<OpenApi>({ method: 'GET', url: '/docs-json' });
      const requests = new BadRequests(document, new Random(seed));
      let inStock = await stock(world);
      const broken: string[] = [];
      const counts = new Map<number, number>();
      for (let sent = 0; sent < REQUESTS_A_SEED; sent += 1) {
        if (sent % STOCK_LASTS === 0) inStock = await stock(world);
        const [status, faults] = await ask(requests.next(inStock), world);
        counts.set(status, (counts.get(status) ?? 0) + 1);
        broken.push(...faults);
      }
      await world.stop();
      expect(broken).toEqual([]);
      expect(world.faults).toEqual([]);
      // The generator is worth something only while its requests get far.
      expect(counts.get(200) ?? 0).toBeGreaterThan(REQUESTS_A_SEED / 30);
      expect(counts.get(201) ?? 0).toBeGreaterThan(REQUESTS_A_SEED / 100);
      expect(counts.get(400) ?? 0).toBeGreaterThan(REQUESTS_A_SEED / 5);
    },
    TIMEOUT_MS,
  );
});

describe('the generator', () => {
  it('asks every route, and those of messaging most', async () => {
    const world = await GatewayWorld.start(inMemory());
    const known = (await world.routes()).map(({ method, path }) => `${method} ${path}`);
    await world.stop();
    expect([...asked].sort()).toEqual(known.sort());
    expect(ofMessaging).toBeGreaterThanOrEqual(OF_MESSAGING_MIN);
  });
});
