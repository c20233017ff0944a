import { setTimeout as delay } from 'node:timers/promises';
import type { ChargeAnswer } from '../../e2e/support/answers';
import type { Answer, Api } from '../../e2e/support/api';
import { storedOf } from '../../e2e/support/stored-log';

const CHARGES = '/billing/v1/charges';
const PAUSE_MS = 5;

export type Charged = Answer<{ readonly charge: ChargeAnswer; readonly code?: string }>;

/** One cent, under a key that also shows in the log. */
export function chargeCent(api: Api, key: string): Promise<Charged> {
  return api.post(CHARGES, { amount: 1, reference: key, idempotencyKey: key });
}

/** What charges of a log say that they are for, in its order. */
export async function referencesIn(place: string): Promise<string[]> {
  const charges = await storedOf(place, 'AccountCharged');
  return charges.flatMap(({ event: { data } }) =>
    data.item.type === 'custom' && data.item.reference !== undefined ? [data.item.reference] : [],
  );
}

/** Charges one after the other until it is stopped, and knows which were accepted. */
export class SteadyCharges {
  readonly accepted: string[] = [];
  private isStopped = false;
  private readonly running: Promise<void>;

  constructor(
    private readonly api: Api,
    private readonly name: string,
  ) {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }

  private async run(): Promise<void> {
    for (let count = 0; !this.isStopped; count += 1) {
      const key = `${this.name}-${count}`;
      const answer = await chargeCent(this.api, key).catch(() => undefined);
      if (answer?.status === 201) this.accepted.push(key);
      await delay(PAUSE_MS);
    }
  }
}
