import {
  InMemoryCheckpoints,
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySchedule,
} from '@tollgate/adapter-in-memory';
import {
  commandIdOf,
  encodeEvent,
  messageStream,
  sendersStream,
  teamStream,
  type StoredDomainEvent,
} from '@tollgate/contracts';
import {
  WEBHOOK_EVENTS,
  idAtRevision,
  senderIdOf,
  subAccountIdOf,
  teamIdOf,
  type MessageItem,
  type SenderUpdated,
  type SenderWebhook,
} from '@tollgate/domain';
import type { Log } from '@tollgate/ports';
import { Projector } from '@tollgate/projections';
import { nodeDigest } from '@tollgate/testing';
import { WebhookDelivery, type WebhookOptions, type WebhookPorts } from '../src';
import type { FaultPoint } from './fault-point';
import { MemoryReceiver } from './memory-receiver';
import { MemorySealing } from './memory-sealing';
import { SimulatedTime } from './simulated-time';

const idOf = (text: string): string => commandIdOf(text, (data) => nodeDigest.sha256(data));

export const teamId = teamIdOf(idOf('team'));
export const accountId = subAccountIdOf(idOf('account'));
export const senderId = senderIdOf(idOf('sender'));

export const silent: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export const webhook: SenderWebhook = {
  url: 'https://hooks.example.com/tollgate',
  events: WEBHOOK_EVENTS,
  active: true,
  signatureVersion: 'v2',
  secretVersion: 1,
};

type NewItem = Omit<MessageItem, 'id'>;

const base = { type: 'message', channel: 'sms', messageType: 'text', environment: 'live' } as const;
const said = { to: '+14155551234', content: { text: 'Hello' } };

/** A message whose recipient stands in the log for everybody to read. */
export const plain: NewItem = { ...base, ...said, senderId };
export const withoutSender: NewItem = { ...base, ...said };

export interface Order {
  readonly messageId: string;
  readonly chargeId: string;
  readonly item: MessageItem;
  readonly accountId: string;
}

/** A sender with a webhook, and a log of what happens to its messages. */
export class World {
  readonly events = new InMemoryEventLog();
  readonly readModels = new InMemoryReadModels();
  readonly schedule = new InMemorySchedule();
  readonly checkpoints = new InMemoryCheckpoints();
  readonly sealing = new MemorySealing();
  readonly receiver = new MemoryReceiver();
  readonly time = new SimulatedTime();
  readonly ports: WebhookPorts = {
    events: this.events,
    readModels: this.readModels,
    sealing: this.sealing,
    schedule: this.schedule,
    checkpoints: this.checkpoints,
    webhookClient: this.receiver,
    webhookSecretOf: (sender, version) => `whsec_${sender}_${version}`,
    digest: nodeDigest,
    clock: this.time,
    log: silent,
  };
  private readonly revisions = new Map<string, number>();
  private commandCount = 0;

  static async open(given: Partial<SenderWebhook> | null = {}): Promise<World> {
    const world = new World();
    await world.addSender(given);
    await world.showIn(world.readModels);
    return world;
  }

  delivery(options: Partial<WebhookOptions> = {}, fault?: FaultPoint): WebhookDelivery {
    const { timer } = this.time;
    const ports = fault?.wrap(this.ports) ?? this.ports;
    return new WebhookDelivery(ports, { timer, random: () => 0, lookMs: 20_000, ...options });
  }

  /** Read models show the log, now and from now on. */
  async showIn(readModels: InMemoryReadModels): Promise<void> {
    const { events, sealing } = this;
    const projector = new Projector({ events, readModels, sealing, log: silent }, { paceMs: 0 });
    await projector.start();
  }

  async addSender(
    given: Partial<SenderWebhook> | null,
    of = { accountId, senderId },
  ): Promise<void> {
    await this.append(sendersStream(of.accountId), {
      type: 'SenderCreated',
      data: {
        senderId: of.senderId,
        name: 'A sender',
        isDefault: true,
        smsOneway: true,
        voice: false,
        ...(given === null ? {} : { webhook: { ...webhook, ...given } }),
      },
    });
  }

  async updateSender(given: Omit<SenderUpdated['data'], 'senderId'>): Promise<void> {
    const data = { senderId, ...given };
    await this.append(sendersStream(accountId), { type: 'SenderUpdated', data });
  }

  async deleteSender(): Promise<void> {
    await this.append(sendersStream(accountId), { type: 'SenderDeleted', data: { senderId } });
  }

  /** Charges for a message, and thereby orders it. */
  async order(messageId: string, given: NewItem = plain, of = accountId): Promise<Order> {
    const stream = teamStream(teamId);
    const chargeId = idAtRevision('chg', teamId, this.revisionOf(stream) + 1);
    const item: MessageItem = { ...given, id: messageId };
    const money = { amount: 4_000, balanceAfter: 1_000_000, totalSpentAfter: 4_000 };
    const data = { chargeId, accountId: of, ...money, item };
    await this.append(stream, { type: 'AccountCharged', data });
    return { messageId, chargeId, item, accountId: of };
  }

  /** The same for a message that only its recipient's key opens. */
  async sealedOrder(messageId: string, recipient: string): Promise<Order> {
    const sealed = this.sealing.seal(recipient, said);
    return this.order(messageId, { ...base, sealed, recipient, senderId });
  }

  async sent(order: Order): Promise<void> {
    const data = { ...refOf(order), providerMessageId: 'provider-1' };
    await this.append(messageStream(order.messageId), { type: 'MessageSent', data });
  }

  async delivered(order: Order): Promise<void> {
    const data = refOf(order);
    await this.append(messageStream(order.messageId), { type: 'MessageDelivered', data });
  }

  async failed(order: Order): Promise<void> {
    const failure = { errorCode: 'undelivered', errorMessage: 'The handset could not be reached.' };
    const data = { ...refOf(order), ...failure };
    await this.append(messageStream(order.messageId), { type: 'MessageFailed', data });
  }

  async append(stream: string, event: StoredDomainEvent): Promise<void> {
    const commandId = idOf(`command ${this.commandCount}`);
    this.commandCount += 1;
    const encoded = encodeEvent(event, { commandId, at: this.time.now() }, 0);
    const revision = this.revisionOf(stream);
    await this.events.append(stream, revision, [encoded]);
    this.revisions.set(stream, revision + 1);
  }

  /** Jobs that are still to be done, in the order of their times. */
  jobs(): ReturnType<InMemorySchedule['due']> {
    return this.schedule.due(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  }

  private revisionOf(stream: string): number {
    return this.revisions.get(stream) ?? -1;
  }
}

function refOf({ messageId, chargeId, accountId: of, item: { senderId: sender } }: Order): {
  readonly messageId: string;
  readonly accountId: string;
  readonly teamId: string;
  readonly chargeId: string;
  readonly senderId?: string;
} {
  const from = sender === undefined ? {} : { senderId: sender };
  return { messageId, accountId: of, teamId, chargeId, ...from };
}

/** Lets a delivery make the first attempt for all that there is. */
export async function run(world: World, delivery = world.delivery()): Promise<void> {
  await delivery.start();
  await delivery.idle();
  await delivery.stop();
}
