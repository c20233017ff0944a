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
import { Delivery, type DeliveryOptions, type DeliveryPorts } from '../src';
import type { FaultPoint } from './fault-point';
import { MemoryCarrier } from './memory-carrier';
import { noDelay } from './timers';

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

type DataOf<Type> = Extract<TeamCommand, { type: Type }>['data'];

/** A team with one sub-account, a real writer, a carrier, and a log that outlives deliveries. */
export class World {
  readonly carrier = new MemoryCarrier();
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

  /** Charges for a message to `to`, and thereby orders it; answers the message's id. */
  async order(to: string, amount = 4_000): Promise<string> {
    const id = messageIdOf(idOf(`command ${this.commandCount}`));
    const environment = amount === 0 ? 'test' : 'live';
    const item: MessageItem = {
      type: 'message',
      id,
      to,
      channel: 'sms',
      messageType: 'text',
      environment,
      content: { text: 'Hello' },
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

/** Lets a delivery do everything that there is to do. */
export async function run(world: World, delivery = world.delivery()): Promise<void> {
  await delivery.start();
  await delivery.idle();
  await delivery.stop();
}
