import { setTimeout as delay } from 'node:timers/promises';
import type { BatchResult } from '../../../e2e/support/answers';
import { ConnectionLost, type Answer } from '../../../e2e/support/api';
import type { Intent } from '../../../e2e/support/load/intent';
import { chargeView, type ChargeIntent } from '../../../e2e/support/load/intents';
import type { Plan } from '../../../e2e/support/load/plan';
import type { Random } from '../../../e2e/support/random';
import type { Register } from './register';
import { toldBy, toldByCode, type Told } from './told';

const THINK_MS_MAX = 40;
const RETRY_MS_MAX = 400;
/** A client that asked for so long gives up, and never learns. */
const ASK_MS_MAX = 90_000;
/** How often a client does not ask again after it was not told: what is left must be bearable. */
const GIVE_UP = 0.1;

export interface ClientOptions {
  readonly plan: Plan;
  readonly register: Register;
  readonly random: Random;
  /** Called for every answer that decided something. */
  readonly onDecided: () => void;
}

/** One thing at a time, each asked for again with the same key until its outcome is known. */
export class Client {
  private isFinishing = false;

  constructor(private readonly options: ClientOptions) {}

  async run(): Promise<void> {
    const { plan, random } = this.options;
    while (!this.isFinishing) {
      const next = plan.next();
      if ('key' in next) await this.settle(next);
      else await this.settleBatch(next);
      await delay(random.integer(1, THINK_MS_MAX));
    }
  }

  /** Begins nothing new; what is begun is brought to its end. */
  finish(): void {
    this.isFinishing = true;
  }

  private async settle(intent: Intent): Promise<void> {
    const { plan } = this.options;
    for (const end = Date.now() + ASK_MS_MAX; Date.now() < end;) {
      const { length } = this.options.register.of(intent).answers;
      const answer = await this.attempt(() => intent.send(length));
      const told: Told = answer === undefined ? { kind: 'lost' } : toldBy(intent, answer);
      this.tell(intent, told);
      if (told.kind === 'accepted' && intent.kind !== 'sub-account' && answer!.status < 300) {
        plan.learn(intent, answer!.body);
      }
      if (!(await this.asksAgain(told))) return;
    }
  }

  /** What stays open is sent as a batch again, or one by one: the keys hold for both. */
  private async settleBatch(charges: readonly ChargeIntent[]): Promise<void> {
    let open = charges;
    for (const end = Date.now() + ASK_MS_MAX; open.length > 0 && Date.now() < end;) {
      const { api } = open[0]!;
      const body = { charges: open.map((charge) => charge.body) };
      const answer = await this.attempt(() => api.post('/billing/v1/charges/batch', body));
      open = open.filter((charge, place) => this.isOpen(charge, answer, place));
      if (open.length === 0 || !(await this.asksAgain({ kind: 'unknown' }))) return;
      if (!this.options.random.isLucky(0.5)) continue;
      for (const charge of open) await this.settle(charge);
      return;
    }
  }

  private isOpen(charge: ChargeIntent, answer: Answer | undefined, place: number): boolean {
    const told = toldInBatch(charge, answer, place);
    this.tell(charge, told);
    return isUnsettled(told);
  }

  private tell(intent: Intent, told: Told): void {
    this.options.register.tell(intent, told);
    if (told.kind === 'accepted' || told.kind === 'refused') this.options.onDecided();
  }

  private async asksAgain(told: Told): Promise<boolean> {
    const { random } = this.options;
    if (!isUnsettled(told) || random.isLucky(GIVE_UP)) return false;
    await delay(random.integer(1, RETRY_MS_MAX));
    return true;
  }

  /** Undefined when the answer was lost. */
  private async attempt(send: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await send();
    } catch (fault) {
      if (fault instanceof ConnectionLost) return undefined;
      throw fault;
    }
  }
}

const isUnsettled = ({ kind }: Told): boolean =>
  kind === 'unavailable' || kind === 'unknown' || kind === 'lost';

function toldInBatch(charge: ChargeIntent, answer: Answer | undefined, place: number): Told {
  if (answer === undefined) return { kind: 'lost' };
  if (answer.status !== 200) return toldBy(charge, answer);
  const result = (answer.body as { results: readonly BatchResult[] }).results[place]!;
  return result.status === 'accepted'
    ? { kind: 'accepted', view: chargeView(result.charge) }
    : toldByCode(result.code);
}
