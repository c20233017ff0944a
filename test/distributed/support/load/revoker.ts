import { setTimeout as delay } from 'node:timers/promises';
import type { KeyAnswer } from '../../../e2e/support/answers';
import type { Answer } from '../../../e2e/support/api';
import { chargeIntent } from '../../../e2e/support/load/intents';
import type { BothGateways } from '../both-gateways';
import type { FleetSpender, FleetTeam } from '../fleet';
import type { Register } from './register';
import { toldBy, type Told } from './told';

const CHARGE_MICROS = 100;
const AT_ONCE = 6;
const RETRY_MS = 100;
const PAUSE_MS = 700;
/** Past it the keys of a round are left alone. */
const ROUND_MS_MAX = 60_000;

/** Issues keys, spends with them and revokes them while they are being spent with. */
export class Revoker {
  /** Revocations that were acknowledged. */
  revoked = 0;
  readonly acceptedAfterwards: string[] = [];
  private isFinishing = false;

  constructor(
    private readonly team: FleetTeam,
    private readonly owner: FleetSpender,
    private readonly register: Register,
  ) {}

  async run(): Promise<void> {
    for (let round = 0; !this.isFinishing; round += 1) {
      await this.round(round);
      await delay(PAUSE_MS);
    }
  }

  finish(): void {
    this.isFinishing = true;
  }

  private get keysPath(): string {
    return `/v1/sub-accounts/${this.owner.id}/api-keys`;
  }

  private async round(round: number): Promise<void> {
    const { api } = this.team.main;
    const issued = await untilDone(() =>
      api.post<{ apiKey: KeyAnswer }>(this.keysPath, { name: `key ${round}` }),
    );
    if (issued === undefined) return;
    const { id, key } = issued.apiKey;
    const withKey = this.owner.api.as(key);
    await this.spend(withKey, `before-${id}`);
    const during = this.spend(withKey, `during-${id}`);
    const answer = await untilDone(() => api.delete<object>(`${this.keysPath}/${id}`));
    if (answer !== undefined) {
      this.revoked += 1;
      const told = await this.spend(withKey, `after-${id}`);
      const accepted = told.filter(({ kind }) => kind === 'accepted');
      if (accepted.length > 0) this.acceptedAfterwards.push(id);
    }
    await during;
  }

  private spend(api: BothGateways, name: string): Promise<Told[]> {
    const { id } = this.owner;
    const charges = Array.from({ length: AT_ONCE }, async (_, count) => {
      const intent = chargeIntent(api, `${name}-${id}-${count}`, CHARGE_MICROS);
      const answer = await intent.send(0).catch(() => undefined);
      const told: Told = answer === undefined ? { kind: 'lost' } : toldBy(intent, answer);
      this.register.tell(intent, told);
      return told;
    });
    return Promise.all(charges);
  }
}

/** Undefined when it did not work out for a long time. */
async function untilDone<Body>(ask: () => Promise<Answer<Body>>): Promise<Body | undefined> {
  for (const end = Date.now() + ROUND_MS_MAX; Date.now() < end; await delay(RETRY_MS)) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined && answer.status < 300) return answer.body;
  }
  return undefined;
}
