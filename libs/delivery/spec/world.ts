import { createHash } from 'node:crypto';
import { commandIdOf } from '@tollgate/contracts';
import {
  apiKeyIdOf,
  mainAccountIdOf,
  messageIdOf,
  subAccountIdOf,
  teamIdOf,
  type MessageItem,
  type NewApiKey,
  type TeamCommand,
} from '@tollgate/domain';
import type { Checkpoints, Digest, EventLog, Log, Outcome } from '@tollgate/ports';
import { Writer, teamAggregate } from '@tollgate/writer';
import { Delivery, DeliveryReports, type DeliveryOptions, type DeliveryPorts } from '../src';
import type { FaultPoint } from './fault-point';
import { MemoryCarrier } from './memory-carrier';
import { MemorySealing } from './memory-sealing';
import { noDelay } from '@tollgate/testing';

export const digest: Digest = {
  sha256: (data) => createHash('sha256').update(data).digest('base64url'),
};

export const silent: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const idOf = (text: string): string => commandIdOf(text, (data) => digest.sha256(data));

export const teamId = teamIdOf(idOf('team'));
export const accountId = subAccountIdOf(idOf('account'));
export const keyId = apiKeyIdOf(idOf('account'));
export const openingBalance = 1_000_000;

const apiKey: NewApiKey = {
  keyId,
  name: 'Default',
  secretHash: 'ab'.repeat(32),
  prefix: 'tg_live_sub_abcd',
  environment: 'live',
};

const content = { text: 'Hello' };

type DataOf<Type> = Extract<TeamCommand, { type: Type }>['data'];

/** A team with one sub-account, a real writer, a carrier, and a log that outlives deliveries. */
export class World {
  readonly carrier = new MemoryCarrier();
  readonly sealing = new MemorySealing();
  readonly clock = { at: Date.UTC(2026, 0, 5), now: (): number => this.clock.at };
  readonly ports: DeliveryPorts;
  private readonly writer: Writer;
  private commandCount = 0;

  private constructor(
    readonly events: EventLog,
    checkpoints: Checkpoints,
  ) {
    const snapshots = { load: async () => undefined, save: async () => undefined };
    this.writer = new Writer(teamAggregate, { events, snapshots, digest, log: silent });
    this.ports = {
      events,
      checkpoints,
      carrier: this.carrier,
      sealing: this.sealing,
      commands: { submit: (team, commands) => this.writer.submit(team, commands) },
      digest,
      clock: this.clock,
      log: silent,
    };
  }

  static async open(events: EventLog, checkpoints: Checkpoints): Promise<World> {
    const world = new World(events, checkpoints);
    await world.submit('OpenTeam', {
      name: 'Acme',
      mainAccountId: mainAccountIdOf(idOf('team')),
      openingBalance,
      apiKey: { ...apiKey, keyId: apiKeyIdOf(idOf('team')) },
    });
    await world.submit('CreateSubAccount', { accountId, name: 'Client A', apiKey });
    return world;
  }

  delivery(options: Partial<DeliveryOptions> = {}, fault?: FaultPoint): Delivery {
    const ports = fault?.wrap(this.ports) ?? this.ports;
    return new Delivery(ports, { timer: noDelay, random: () => 0, ...options });
  }

  reports(fault?: FaultPoint): DeliveryReports {
    return new DeliveryReports(fault?.wrap(this.ports) ?? this.ports);
  }

  /** Charges for a message to `to`, and thereby orders it; answers the message's id. */
  async order(to: string, amount = 4_000, senderId?: string): Promise<string> {
    return this.charge({ to, content }, amount, senderId);
  }

  /** The same with what the message says sealed under the key of its recipient. */
  async orderSealed(to: string, amount = 4_000): Promise<string> {
    const recipient = await this.sealing.recipientOf(accountId, to);
    const sealed = await this.sealing.seal(recipient, { to, content });
    return this.charge({ sealed, recipient }, amount);
  }

  async charge(said: Partial<MessageItem>, amount: number, senderId?: string): Promise<string> {
    const id = messageIdOf(idOf(`command ${this.commandCount}`));
    const item: MessageItem = {
      type: 'message',
      id,
      channel: 'sms',
      messageType: 'text',
      environment: amount === 0 ? 'test' : 'live',
      ...said,
      ...(senderId === undefined ? {} : { senderId }),
    };
    await this.submit('Charge', { accountId, amount, item });
    return id;
  }

  async submit<Type extends TeamCommand['type']>(
    type: Type,
    data: DataOf<Type>,
  ): Promise<Extract<Outcome, { status: 'accepted' }>> {
    const id = idOf(`command ${this.commandCount}`);
    this.commandCount += 1;
    const envelope = { id, teamId, at: this.clock.now(), correlationId: `request of ${id}` };
    const command = { ...envelope, type, data } as unknown as TeamCommand;
    const [outcome] = await this.writer.submit(teamId, [command]);
    if (outcome?.status !== 'accepted') throw new Error(`refused: ${JSON.stringify(outcome)}`);
    return outcome;
  }
}

/** Lets a delivery do everything that there is to do, and the carrier report what it owes. */
export async function run(
  world: World,
  delivery = world.delivery(),
  reports = world.reports(),
): Promise<void> {
  await delivery.start();
  await delivery.idle();
  await world.carrier.report(reports);
  await delivery.idle();
  await delivery.stop();
}
