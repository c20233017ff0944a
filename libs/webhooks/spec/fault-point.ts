import { LogUnavailable, ReadModelsUnavailable, VaultUnavailable } from '@tollgate/ports';
import type { WebhookPorts } from '../src';

export const faults = ['crash before', 'crash after', 'fail before', 'fail after'] as const;
export type Fault = (typeof faults)[number];

const never = new Promise<never>(() => undefined);

/**
 * One fault at the k-th call that a delivery of webhooks makes to the outside. After a crash no
 * call of it ever returns, which is what a process that is gone looks like to everyone else.
 */
export class FaultPoint {
  calls = 0;
  hasCrashed = false;

  constructor(
    private readonly at: number,
    private readonly fault: Fault = 'crash before',
  ) {}

  wrap(ports: WebhookPorts): WebhookPorts {
    const { events, readModels, sealing, schedule, checkpoints, webhookClient } = ports;
    const disk = new Error('disk full');
    const away = new ReadModelsUnavailable('away');
    const vault = new VaultUnavailable('away');
    return {
      ...ports,
      events: {
        readStream: (stream, from) => this.wrapRead(events.readStream(stream, from)),
        readAll: (after) => events.readAll(after),
        subscribe: (after, handle) => events.subscribe(after, handle),
      },
      readModels: {
        get: (key) => this.call(() => readModels.get(key), away),
        waitFor: (...given) => this.call(() => readModels.waitFor(...given), away),
      },
      sealing: { open: (sealed) => this.call(() => sealing.open(sealed), vault) },
      schedule: {
        put: (job) => this.call(() => schedule.put(job), disk),
        remove: (name) => this.call(() => schedule.remove(name), disk),
        due: (now, limit) => this.call(() => schedule.due(now, limit), disk),
      },
      checkpoints: {
        load: (consumer) => checkpoints.load(consumer),
        save: (consumer, at) => this.call(() => checkpoints.save(consumer, at), disk),
      },
      webhookClient: { post: (call) => this.call(() => webhookClient.post(call), undefined) },
    };
  }

  /** @param failure undefined for a call that does not fail, and so crashes instead. */
  private async call<T>(action: () => Promise<T>, failure: Error | undefined): Promise<T> {
    if (this.hasCrashed) return never;
    this.calls += 1;
    if (this.calls !== this.at) return action();
    const fails = this.fault.startsWith('fail') && failure !== undefined;
    if (this.fault.endsWith('after')) await action();
    if (fails) throw failure;
    this.hasCrashed = true;
    return never;
  }

  private async *wrapRead<T>(batches: AsyncIterable<T>): AsyncIterable<T> {
    await this.call(async () => undefined, new LogUnavailable('away'));
    yield* batches;
  }
}
