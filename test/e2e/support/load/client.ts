import { setTimeout as delay } from 'node:timers/promises';
import type { BatchResult } from '../answers';
import { ConnectionLost, type Answer } from '../api';
import type { Random } from '../random';
import type { Gate } from './gate';
import type { History } from './history';
import { verdictOf, verdictOfCode, type Intent, type Verdict } from './intent';
import { chargeView, type ChargeIntent } from './intents';
import type { Plan } from './plan';

const RETRY_MS = 10;

export interface ClientOptions {
  readonly plan: Plan;
  readonly history: History;
  readonly gate: Gate;
  readonly random: Random;
}

/**
 * A careful client: one thing at a time, each asked for again with the same key until it knows
 * what became of it.
 */
export class Client {
  private isFinishing = false;

  constructor(private readonly options: ClientOptions) {}

  async run(): Promise<void> {
    const { plan } = this.options;
    while (!this.isFinishing) {
      const next = plan.next();
      if ('key' in next) await this.settle(next);
      else await this.settleBatch(next);
    }
  }

  /** Begins nothing new; what is begun is brought to its end. */
  finish(): void {
    this.isFinishing = true;
  }

  private async settle(intent: Intent): Promise<void> {
    const { plan, history } = this.options;
    for (;;) {
      const answer = await this.attempt([intent], (attempt) => intent.send(attempt));
      if (answer === undefined) continue;
      const verdict = verdictOf(intent, answer);
      history.told(intent, verdict);
      if (verdict.kind === 'accepted' && answer.status < 300) plan.learn(intent, answer.body);
      if (verdict.kind !== 'open') return;
      await delay(RETRY_MS);
    }
  }

  /** What stays open is sent as a batch again, or one by one: the keys hold for both. */
  private async settleBatch(charges: readonly ChargeIntent[]): Promise<void> {
    let open = charges;
    while (open.length > 0) {
      const sent = open;
      const body = { charges: sent.map((charge) => charge.body) };
      const answer = await this.attempt(sent, () =>
        sent[0]!.api.post('/billing/v1/charges/batch', body),
      );
      if (answer !== undefined) open = this.stillOpen(sent, answer);
      if (!this.options.random.isLucky(0.5)) continue;
      for (const charge of open) await this.settle(charge);
      return;
    }
  }

  private stillOpen(sent: readonly ChargeIntent[], answer: Answer): readonly ChargeIntent[] {
    if (answer.status === 503) return sent;
    if (answer.status !== 200) throw new Error(`a batch was answered with ${answer.status}`);
    const { results } = answer.body as { results: readonly BatchResult[] };
    return sent.filter((charge, place) => {
      const verdict = verdictOfResult(results[place]!);
      this.options.history.told(charge, verdict);
      return verdict.kind === 'open';
    });
  }

  /** Undefined when the answer was lost. */
  private async attempt(
    intents: readonly Intent[],
    send: (attempt: number) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    const { history, gate } = this.options;
    await gate.passed();
    const [first] = intents.map((intent) => history.outcomeOf(intent));
    const attempt = first!.attempts;
    intents.forEach((intent) => (history.outcomeOf(intent).attempts += 1));
    try {
      return await send(attempt);
    } catch (fault) {
      if (!(fault instanceof ConnectionLost)) throw fault;
      intents.forEach((intent) => history.lost(intent));
      await delay(RETRY_MS);
      return undefined;
    }
  }
}

function verdictOfResult(result: BatchResult): Verdict {
  return result.status === 'accepted'
    ? { kind: 'accepted', view: chargeView(result.charge) }
    : verdictOfCode(result.code);
}
