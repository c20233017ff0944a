import fc from 'fast-check';
import { brokenPromises } from './check-books';
import { Doer, type Deed } from './deeds';
import { DurableWorld } from './durable-world';
import { Lifetime } from './lifetime';
import { MessagingProcess } from './messaging-process';

/*
 * Messages are sent and fail, numbers are bought, renewed, suspended and released, by processes
 * that die at any call that they make to the outside, heard or not. When the last one has done all
 * that there was to do, money, messages and numbers are in step.
 */

interface Life {
  readonly lastCall: number;
  readonly isHeard: boolean;
}

interface Scenario {
  readonly deeds: readonly { readonly deed: Deed; readonly isRepeated: boolean }[];
  readonly lives: readonly Life[];
}

const account = fc.constantFrom(0, 1) as fc.Arbitrary<0 | 1>;
const number = fc.constantFrom(0, 1, 2) as fc.Arbitrary<0 | 1 | 2>;
const recipient = fc.integer({ min: 0, max: 3 }).map((n) => `+1415555020${n}`);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send'), account, to: recipient }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('buy'), account, number }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('buy-again'), place: fc.integer({ min: 0, max: 9 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release'), account, number }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('top-up'),
      amount: fc.integer({ min: 1, max: 10_000_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait'), days: fc.integer({ min: 1, max: 40 }) }),
  },
) as fc.Arbitrary<Deed>;

const scenarios: fc.Arbitrary<Scenario> = fc.record({
  deeds: fc.array(fc.record({ deed, isRepeated: fc.boolean() }), { minLength: 1, maxLength: 15 }),
  lives: fc.array(fc.record({ lastCall: fc.integer({ min: 2, max: 60 }), isHeard: fc.boolean() }), {
    maxLength: 8,
  }),
});

/** One process after the other, as each dies. */
class Processes {
  private process: MessagingProcess | undefined;
  private lifetime = new Lifetime(0);
  private readonly lives: Life[];

  constructor(
    private readonly world: DurableWorld,
    lives: readonly Life[],
  ) {
    this.lives = [...lives];
  }

  /** False when the process died of it. */
  async attempt(act: (process: MessagingProcess) => Promise<unknown>): Promise<boolean> {
    this.process ??= await this.born();
    const died = this.lifetime.ended.then(() => false);
    const done = act(this.process).then(() => true);
    const isAlive = await Promise.race([done, died]);
    if (!isAlive) {
      this.process.abandon();
      this.process = undefined;
    }
    return isAlive;
  }

  private async born(): Promise<MessagingProcess> {
    for (;;) {
      const life = this.lives.shift();
      this.lifetime =
        life === undefined ? new Lifetime() : new Lifetime(life.lastCall, life.isHeard);
      const process = new MessagingProcess(this.world, this.lifetime);
      const died = this.lifetime.ended.then(() => false);
      if (await Promise.race([process.start().then(() => true), died])) return process;
    }
  }
}

const MINUTE_MS = 60_000;

async function play({ deeds, lives }: Scenario): Promise<string[]> {
  const world = new DurableWorld();
  await world.start();
  const doer = new Doer(world);
  const processes = new Processes(world, lives);
  while (!(await processes.attempt((process) => doer.open(process))));
  for (const { deed: each, isRepeated } of deeds) {
    const act = doer.prepare(each);
    const isDone = await processes.attempt(act);
    if (!isDone && isRepeated) await processes.attempt(act);
    await processes.attempt((process) => process.idle());
  }
  // What nobody heard the end of is settled a minute later.
  for (let rounds = 0; rounds < 3; rounds += 1) {
    world.clock.advance(2 * MINUTE_MS);
    while (!(await processes.attempt((process) => process.idle())));
  }
  await processes.attempt((process) => process.stop());
  await world.stop();
  return brokenPromises(world, doer.told);
}

it('keeps money, messages and numbers in step', async () => {
  const property = fc.asyncProperty(scenarios, async (scenario) => {
    expect(await play(scenario)).toEqual([]);
  });
  await fc.assert(property, { numRuns: 100 });
}, 120_000);
