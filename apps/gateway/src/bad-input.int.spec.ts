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
const REQUESTS_A_SEED = 1_500;
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
  return {
    keys: [main, main, main, account.key.secret, test.secret],
    ids: [
      account.id,
      foreign.id,
      team.main.id,
      spare.id,
      await cast.message(team.main.key),
      await cast.message(account.key),
      await cast.charge(team.main.key, 12.5),
      await cast.charge(foreign.key, 1),
    ],
    teamIds: [team.id, other.id, account.id],
  };
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

  next(stock: Stock): Sent {
    const { random, mutations } = this;
    const { method, path, operation } = random.pick(this.routes);
    const isOperator = path.startsWith('/operator/');
    const ids = isOperator ? stock.teamIds : stock.ids;
    const url = path.replace(/\{\w+\}/g, () => mutations.id(ids)) + mutations.query();
    const good = this.sampler.body(operation);
    return {
      method,
      url,
      key: isOperator ? OPERATOR_KEY : random.pick(stock.keys),
      ...(good === undefined ? {} : { body: mutations.body(good) }),
      headers: { 'idempotency-key': `key ${random.below(500)}`, ...mutations.headers() },
    };
  }
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
        const request = requests.next(inStock);
        const before = world.eventCount;
        const answer = await world.send(request);
        const faults = faultsOf(answer);
        if (answer.status >= 400 && world.eventCount !== before) faults.push('it changed the log');
        counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
        if (faults.length > 0) broken.push(`${shown(request)}: ${faults.join(', ')}`);
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
