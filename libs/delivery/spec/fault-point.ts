import {
  AppendOutcomeUnknown,
  CarrierUnavailable,
  CommandLogUnavailable,
  LogUnavailable,
  VaultUnavailable,
  type Carrier,
  type Checkpoints,
  type CommandLog,
  type EventLog,
  type Sealing,
} from '@tollgate/ports';
import type { DeliveryPorts } from '../src';

export const faults = ['crash before', 'crash after', 'fail before', 'fail after'] as const;
export type Fault = (typeof faults)[number];

const never = new Promise<never>(() => undefined);

/**
 * One fault at the k-th call that a delivery makes to the outside. After a crash no call of that
 * delivery ever returns, which is what a process that is gone looks like to everyone else.
 */
export class FaultPoint {
  calls = 0;
  hasCrashed = false;
  readonly crashed: Promise<void>;
  private crash: () => void = () => undefined;

  constructor(
    private readonly at: number,
    private readonly fault: Fault = 'crash before',
  ) {
    this.crashed = new Promise((resolve) => {
      this.crash = () => {
        this.hasCrashed = true;
        resolve();
      };
    });
  }

  wrap(ports: DeliveryPorts): DeliveryPorts {
    return {
      ...ports,
      events: this.wrapEvents(ports.events),
      commands: this.wrapCommands(ports.commands),
      checkpoints: this.wrapCheckpoints(ports.checkpoints),
      carrier: this.wrapCarrier(ports.carrier),
      sealing: this.wrapSealing(ports.sealing),
    };
  }

  private async call<T>(action: () => Promise<T>, before: Error, after: Error): Promise<T> {
    if (this.hasCrashed) return never;
    this.calls += 1;
    if (this.calls !== this.at) return action();
    if (this.fault === 'fail before') throw before;
    if (this.fault === 'crash before') return this.die();
    await action();
    if (this.fault === 'fail after') throw after;
    return this.die();
  }

  private die(): Promise<never> {
    this.crash();
    return never;
  }

  private wrapEvents(events: EventLog): EventLog {
    const unavailable = new LogUnavailable('away');
    const unknown = new AppendOutcomeUnknown('timed out');
    return {
      append: (stream, revision, batch) =>
        this.call(() => events.append(stream, revision, batch), unavailable, unknown),
      readStream: (stream, from) => this.wrapRead(events.readStream(stream, from), unavailable),
      readAll: (after) => events.readAll(after),
      subscribe: (after, handle) => events.subscribe(after, handle),
    };
  }

  private async *wrapRead<T>(batches: AsyncIterable<T>, failure: Error): AsyncIterable<T> {
    await this.call(async () => undefined, failure, failure);
    yield* batches;
  }

  private wrapCommands(commands: CommandLog): CommandLog {
    const away = new CommandLogUnavailable('away');
    const lost = new Error('the answer was lost');
    return {
      submit: (teamId, batch) => this.call(() => commands.submit(teamId, batch), away, lost),
    };
  }

  private wrapCheckpoints(checkpoints: Checkpoints): Checkpoints {
    const failure = new Error('disk full');
    return {
      load: (consumer) => checkpoints.load(consumer),
      save: (consumer, position) =>
        this.call(() => checkpoints.save(consumer, position), failure, failure),
    };
  }

  private wrapSealing(sealing: Sealing): Sealing {
    const away = new VaultUnavailable('away');
    return {
      seal: (subject, value) => sealing.seal(subject, value),
      open: (sealed) => this.call(() => sealing.open(sealed), away, away),
      recipientOf: (accountId, identifier) => sealing.recipientOf(accountId, identifier),
    };
  }

  private wrapCarrier(carrier: Carrier): Carrier {
    const away = new CarrierUnavailable('away');
    const lost = new Error('connection reset');
    return {
      deliver: (message) => {
        const updates = carrier.deliver(message)[Symbol.asyncIterator]();
        const next = (): ReturnType<typeof updates.next> =>
          this.call(() => updates.next(), away, lost);
        return { [Symbol.asyncIterator]: () => ({ next }) };
      },
    };
  }
}
