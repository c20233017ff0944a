import {
  phoneNumberIdOf,
  mainAccountIdOf,
  messageIdOf,
  subAccountIdOf,
  teamIdOf,
  type CommandMetadata,
  type MessageItem,
  type NewApiKey,
  type NumberOrder,
  type TeamCommand,
} from '@tollgate/domain';
import type { NumberBought } from '@tollgate/ports';
import { commandIdAt } from '@tollgate/testing';
import type { DurableWorld } from './durable-world';
import type { MessagingProcess } from './messaging-process';

export const TEAM = teamIdOf(commandIdAt(1));
export const ACCOUNTS = [mainAccountIdOf(commandIdAt(1)), subAccountIdOf(commandIdAt(2))] as const;
export const PHONE_NUMBERS = ['+14155550101', '+14155550102', '+14155550103'] as const;

const OPENING = 40_000_000;
const MESSAGE = 100_000;
const MONTHLY = 3_000_000;
const UPFRONT = 5_000_000;
const DAY_MS = 24 * 60 * 60_000;

export type Deed =
  | { readonly kind: 'send'; readonly account: 0 | 1; readonly to: string }
  | { readonly kind: 'buy'; readonly account: 0 | 1; readonly number: 0 | 1 | 2 }
  /** An earlier order once more, as the same request, whatever it was answered. */
  | { readonly kind: 'buy-again'; readonly place: number }
  | { readonly kind: 'release'; readonly account: 0 | 1; readonly number: 0 | 1 | 2 }
  | { readonly kind: 'top-up'; readonly amount: number }
  | { readonly kind: 'wait'; readonly days: number };

/** What buyers were told, by the id that their order had. */
export type Told = Map<string, NumberBought & { readonly orderId: string }>;

const key = (n: number): NewApiKey => ({
  keyId: `key_${commandIdAt(n)}`,
  name: 'Default',
  secretHash: String(n).repeat(64),
  prefix: 'tg_live_',
  environment: 'live',
});

/** Does deeds in whatever process lives; the same deed again is the same request. */
export class Doer {
  readonly told: Told = new Map();
  private readonly orders: ((process: MessagingProcess) => Promise<void>)[] = [];
  private count = 10;

  constructor(private readonly world: DurableWorld) {}

  async open(process: MessagingProcess): Promise<void> {
    const origin = { teamId: TEAM, at: this.world.clock.now() };
    await this.bill(process, {
      ...origin,
      id: commandIdAt(1),
      type: 'OpenTeam',
      data: {
        name: 'Acme',
        mainAccountId: ACCOUNTS[0],
        openingBalance: OPENING,
        apiKey: key(1),
      },
    });
    await this.bill(process, {
      ...origin,
      id: commandIdAt(2),
      type: 'CreateSubAccount',
      data: { accountId: ACCOUNTS[1], name: 'Sub', creditLimit: OPENING / 2, apiKey: key(2) },
    });
  }

  /** A deed with everything that a repeat of it has in common with the first try. */
  prepare(deed: Deed): (process: MessagingProcess) => Promise<void> {
    const id = commandIdAt((this.count += 1));
    const now = (): CommandMetadata => ({ id, teamId: TEAM, at: this.world.clock.now() });
    switch (deed.kind) {
      case 'send':
        return (process) => this.send(process, now(), deed);
      case 'buy': {
        const order = (process: MessagingProcess): Promise<void> => this.buy(process, now(), deed);
        this.orders.push(order);
        return order;
      }
      case 'buy-again':
        return this.orders[deed.place % this.orders.length] ?? (async () => undefined);
      case 'release':
        return (process) => this.release(process, now(), deed);
      case 'top-up':
        return (process) =>
          this.bill(process, { ...now(), type: 'TopUp', data: { amount: deed.amount } });
      case 'wait':
        return async () => this.world.clock.advance(deed.days * DAY_MS);
    }
  }

  private async send(
    process: MessagingProcess,
    metadata: CommandMetadata,
    { account, to }: Extract<Deed, { kind: 'send' }>,
  ): Promise<void> {
    const { sealing } = this.world;
    const accountId = ACCOUNTS[account];
    const recipient = await sealing.recipientOf(accountId, to);
    const item: MessageItem = {
      type: 'message',
      id: messageIdOf(metadata.id),
      channel: 'sms',
      messageType: 'text',
      environment: 'live',
      recipient,
      sealed: await sealing.seal(recipient, { to, content: { text: 'Hello' } }),
    };
    const data = { accountId, amount: MESSAGE, item };
    await this.bill(process, { ...metadata, type: 'Charge', data });
  }

  /** Every try brings a number id of its own, as requests do. */
  private async buy(
    process: MessagingProcess,
    metadata: CommandMetadata,
    { account, number }: Extract<Deed, { kind: 'buy' }>,
  ): Promise<void> {
    const order: NumberOrder = {
      numberId: phoneNumberIdOf(this.world.ids.next()),
      phoneNumber: PHONE_NUMBERS[number],
      accountId: ACCOUNTS[account],
      teamId: TEAM,
      capabilities: { sms: true, voice: true, mms: false },
      monthlyPrice: MONTHLY,
      upfrontPrice: UPFRONT,
      isFree: false,
    };
    const told = await process.orders.buy(order, metadata);
    this.told.set(metadata.id, { ...told, orderId: order.numberId });
  }

  private async release(
    process: MessagingProcess,
    metadata: CommandMetadata,
    { account, number }: Extract<Deed, { kind: 'release' }>,
  ): Promise<void> {
    const wanted = PHONE_NUMBERS[number];
    for await (const batch of this.world.events.readStream(`senders-${ACCOUNTS[account]}`)) {
      for (const { type, data } of [...batch].reverse()) {
        const { numberId, phoneNumber } = JSON.parse(data) as Record<string, string>;
        if (type !== 'NumberAdded' || phoneNumber !== wanted) continue;
        await process.orders.release(ACCOUNTS[account], numberId!, metadata);
        return;
      }
    }
  }

  private async bill(process: MessagingProcess, command: TeamCommand): Promise<void> {
    await process.billing.submit(TEAM, [command]);
  }
}
