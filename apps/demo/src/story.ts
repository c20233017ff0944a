import { setTimeout as delay } from 'node:timers/promises';
import Zavudev from '@zavudev/sdk';
import { openTeam } from './operator';
import type { DemoSystem } from './systems/demo-system';

export const OPENING_BALANCE_CENTS = 5_000;
const SENDS_MAX = 2_000;
const PHONE = { near: '+14155550123', far: '+4915112345678', failing: '+15005550001' };
/** Ten segments. */
const LONG_TEXT = 'Your statement is ready. '.repeat(60).slice(0, 1_500);

export interface Customer {
  readonly name: string;
  readonly creditLimit: number | null;
  readonly id: string;
  readonly key: string;
  sent: number;
  blockedBy: string;
}

export type Say = (line: string) => void;

/** The story that the README tells, told through the unmodified official client. */
export class Story {
  /** With the key of the team's main account. */
  main!: Zavudev;
  readonly customers: Customer[] = [];

  constructor(
    private readonly system: DemoSystem,
    private readonly say: Say,
  ) {}

  async tell(): Promise<void> {
    await this.open();
    const [aurora, brook, cedar] = this.customers as [Customer, Customer, Customer];
    await this.sendUntilBlocked(aurora, { to: PHONE.near, text: 'Your appointment is at 10.' });
    await this.restart();
    await this.sendAndFail(brook);
    await this.revokeAKey(brook);
    await this.sendUntilBlocked(cedar, { to: PHONE.far, text: LONG_TEXT });
  }

  client(apiKey: string): Zavudev {
    return new Zavudev({ apiKey, baseURL: this.system.url });
  }

  async numbers(customer: Customer): Promise<Zavudev.SubAccountGetBalanceResponse> {
    return this.main.subAccounts.getBalance(customer.id);
  }

  private async open(): Promise<void> {
    const { url, operatorKey } = this.system;
    const { apiKey } = await openTeam(url, operatorKey, OPENING_BALANCE_CENTS);
    this.main = this.client(apiKey);
    this.say('A team with $50.00, and three sub-accounts that share it:');
    await this.addCustomer('Aurora Clinic', 100);
    await this.addCustomer('Brook Shop', 1_000);
    await this.addCustomer('Cedar Labs', null);
  }

  private async addCustomer(name: string, creditLimit: number | null): Promise<void> {
    const { subAccount } = await this.main.subAccounts.create({
      name,
      ...(creditLimit === null ? {} : { creditLimit }),
    });
    const { id, apiKey: key } = subAccount;
    if (key === undefined) throw new Error(`${name} came without a key`);
    this.customers.push({ name, creditLimit, id, key, sent: 0, blockedBy: '' });
    this.say(`  ${name}: ${creditLimit === null ? 'no cap' : `capped at ${dollars(creditLimit)}`}`);
  }

  private async sendUntilBlocked(
    customer: Customer,
    message: Zavudev.MessageSendParams,
  ): Promise<void> {
    const client = this.client(customer.key);
    for (let sent = 0; sent < SENDS_MAX; sent += 1) {
      try {
        await client.messages.send(message);
        customer.sent += 1;
      } catch (fault) {
        if (!(fault instanceof Zavudev.APIError) || fault.status !== 402) throw fault;
        customer.blockedBy = codeOf(fault);
        this.say(`${customer.name}: ${customer.sent} sent, then ${fault.message}`);
        return;
      }
    }
    throw new Error(`${customer.name} was never blocked`);
  }

  private async restart(): Promise<void> {
    const { restart } = this.system;
    if (restart === undefined) {
      this.say("(No restart in the middle: this system is not the demo's own.)");
      return;
    }
    const before = await this.main.balance.retrieve();
    await restart();
    const after = await this.main.balance.retrieve();
    if (before.balance !== after.balance) throw new Error('the restart changed the balance');
    this.say(`Killed and started again: the balance is still ${dollars(after.balance)}`);
  }

  private async sendAndFail(customer: Customer): Promise<void> {
    const client = this.client(customer.key);
    const { message } = await client.messages.send({ to: PHONE.failing, text: 'Hello?' });
    customer.sent += 1;
    const failed = await eventually(async () => {
      const { message: now } = await client.messages.retrieve(message.id);
      return now.status === 'failed' ? now : undefined;
    });
    await eventually(async () => {
      const { totalSpent } = await client.balance.retrieve();
      return totalSpent === 0 ? true : undefined;
    });
    this.say(`${customer.name}: a message failed (${failed.errorCode}) and was refunded`);
  }

  private async revokeAKey(customer: Customer): Promise<void> {
    const { apiKeys } = this.main.subAccounts;
    const { apiKey } = await apiKeys.create(customer.id, { name: 'Leaked' });
    await apiKeys.revoke(apiKey.id, { id: customer.id });
    const client = this.client(apiKey.key ?? '');
    const refused = await client.messages.send({ to: PHONE.near, text: 'Spam' }).catch(statusOf);
    if (refused !== 401) throw new Error(`a revoked key was answered with ${String(refused)}`);
    this.say(`${customer.name}: a key was revoked, and its next message refused with 401`);
  }
}

const EVENTUALLY_MS_MAX = 10_000;

async function eventually<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (const deadline = Date.now() + EVENTUALLY_MS_MAX; Date.now() < deadline; await delay(20)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error('the demo waited in vain');
}

function codeOf({ error }: InstanceType<typeof Zavudev.APIError>): string {
  return String((error as { code?: unknown } | undefined)?.code);
}

function statusOf(fault: unknown): unknown {
  return fault instanceof Zavudev.APIError ? fault.status : fault;
}

export function dollars(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`;
}
