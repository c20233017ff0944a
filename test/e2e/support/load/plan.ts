import type { Random } from '../random';
import type { Spender, System, Team } from '../system';
import type { ChargeAnswer, SubAccountAnswer } from '../answers';
import type { Intent } from './intent';
import {
  chargeIntent,
  limitIntent,
  messageIntent,
  refundIntent,
  subAccountIntent,
  topUpIntent,
  type ChargeIntent,
} from './intents';

/** A team that clients work on, and what they have learned of it. */
export interface BusyTeam extends Team {
  readonly spenders: Spender[];
}

interface Charged {
  readonly spender: Spender;
  readonly chargeId: string;
  readonly micros: number;
}

const CHARGE_MICROS_MAX = 30_000;
const BATCH_MAX = 20;
const SPENDERS_MAX = 40;
const REMEMBERED_MAX = 200;
const RECIPIENTS = [
  '+14155550123',
  '+14155550124',
  'someone@example.com',
  '+15005550001',
  '+15005550002',
  '+15005550003',
] as const;

/** Out of a hundred; what is left are single charges. */
const SHARES = { repeat: 8, refund: 10, message: 10, batch: 12, topUp: 4, limit: 2, account: 1 };
type Draw = keyof typeof SHARES | 'charge';

/** Draws what one client does next, from chance and from what it has been told. */
export class Plan {
  private count = 0;
  private readonly past: Intent[] = [];
  private readonly charged: Charged[] = [];

  constructor(
    private readonly name: string,
    private readonly system: Pick<System, 'operator' | 'api'>,
    private readonly teams: readonly BusyTeam[],
    private readonly random: Random,
  ) {}

  /** One intent, or several charges that go as a batch. */
  next(): Intent | readonly ChargeIntent[] {
    const team = this.random.of(this.teams);
    const drawn = this.draw();
    if (drawn === 'batch') return this.batch(this.random.of(team.spenders));
    const intent = drawn === 'repeat' ? this.random.of(this.past) : this.single(drawn, team);
    return this.remember(intent ?? this.charge(this.random.of(team.spenders)));
  }

  /** What the answer brought that later intents can use. */
  learn(intent: Intent, body: unknown): void {
    if (intent.kind === 'charge') {
      const { id, accountId, amountMicros } = (body as { charge: ChargeAnswer }).charge;
      this.learnCharge(accountId, { chargeId: id, micros: amountMicros });
    }
    if (intent.kind !== 'sub-account') return;
    const { id, apiKey } = (body as { subAccount: SubAccountAnswer }).subAccount;
    const team = this.teams.find(({ main }) => intent.key.endsWith(main.id));
    if (team === undefined || team.spenders.length >= SPENDERS_MAX) return;
    team.spenders.push({ id, api: this.system.api(apiKey) });
  }

  private learnCharge(accountId: string, charge: Omit<Charged, 'spender'>): void {
    for (const { spenders } of this.teams) {
      const spender = spenders.find(({ id }) => id === accountId);
      if (spender !== undefined) this.charged.push({ spender, ...charge });
    }
    if (this.charged.length > REMEMBERED_MAX) this.charged.shift();
  }

  private draw(): Draw {
    let rest = this.random.integer(1, 100);
    for (const [name, share] of Object.entries(SHARES)) {
      rest -= share;
      if (rest <= 0) return name as Draw;
    }
    return 'charge';
  }

  /** Undefined when there is nothing yet to do it to. */
  private single(drawn: Draw, team: BusyTeam): Intent | undefined {
    const { random } = this;
    const spender = random.of(team.spenders);
    switch (drawn) {
      case 'message':
        return messageIntent(spender.api, this.key(), random.of(RECIPIENTS));
      case 'refund':
        return this.refund();
      case 'topUp': {
        const topUp = { teamId: team.id, amount: random.integer(1, 200) };
        return topUpIntent(this.system.operator, this.key(), topUp);
      }
      case 'limit':
        return this.limit(team, spender);
      case 'account': {
        const limit = random.isLucky(0.5) ? random.integer(1, 100) : null;
        return subAccountIntent(team.main.api, `${this.key()} of ${team.main.id}`, limit);
      }
      default:
        return this.charge(spender);
    }
  }

  private batch(spender: Spender): readonly ChargeIntent[] {
    const count = this.random.integer(2, BATCH_MAX);
    return Array.from({ length: count }, () => this.charge(spender));
  }

  private charge({ api }: Spender): ChargeIntent {
    return chargeIntent(api, this.key(), this.random.integer(1, CHARGE_MICROS_MAX));
  }

  /** Sometimes of more than what is left of the charge. */
  private refund(): Intent | undefined {
    if (this.charged.length === 0) return undefined;
    const { spender, chargeId, micros } = this.random.of(this.charged);
    const part = this.random.integer(1, micros);
    return refundIntent(spender.api, this.key(), { chargeId, micros: part });
  }

  private limit(team: BusyTeam, { id }: Spender): Intent | undefined {
    if (id === team.main.id) return undefined;
    const creditLimit = this.random.integer(1, 1_000);
    return limitIntent(team.main.api, this.key(), { accountId: id, creditLimit });
  }

  private remember(intent: Intent): Intent {
    if (!intent.isRepeatable || this.past.includes(intent)) return intent;
    this.past.push(intent);
    if (this.past.length > REMEMBERED_MAX) this.past.shift();
    return intent;
  }

  private key(): string {
    this.count += 1;
    return `${this.name}-${this.count}`;
  }
}
