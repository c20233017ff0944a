import { setTimeout as delay } from 'node:timers/promises';
import { decodeMetadata } from '@tollgate/contracts';
import type { Metrics, Work } from '@tollgate/platform';
import type {
  EventReader,
  EventSubscriber,
  Log,
  RecordedEvent,
  Served,
  ServedReadModels,
} from '@tollgate/ports';
import { READ_MODELS_VERSION, Projector, type ProjectorDependencies } from '@tollgate/projections';

export interface ShownReadModelsOptions {
  readonly served: ServedReadModels;
  readonly open: (namespace: string) => OpenReadModels;
  readonly events: EventReader & EventSubscriber;
  readonly sealing: ProjectorDependencies['sealing'];
  readonly log: Log;
  readonly metrics: Metrics;
}

export type OpenReadModels = ProjectorDependencies['readModels'] & { close(): Promise<void> };

/** A store that was emptied is noticed no later than this. */
const WATCH_MS = 1_000;
/** Time for gateways to follow a switch before the old read models go. */
const FOLLOW_MS = 2_000;

/** The set of read models that is served, kept up to the log; or the next one, until it serves. */
export class ShownReadModels implements Work {
  private readModels: OpenReadModels | undefined;
  private projector: Projector | undefined;

  constructor(private readonly options: ShownReadModelsOptions) {}

  async start(): Promise<void> {
    const { served, open, log, events, sealing } = this.options;
    const before = await served.serving();
    const isCurrent = before?.version === READ_MODELS_VERSION;
    const namespace = isCurrent ? before.namespace : `models-${READ_MODELS_VERSION}`;
    const readModels = open(namespace);
    this.readModels = readModels;
    this.projector = new Projector(
      { events, readModels, sealing, log },
      {
        watchMs: WATCH_MS,
        onCaughtUp: () => this.serve(namespace, before),
        onShown: (shown) => this.measure(shown),
      },
    );
    await this.projector.start();
  }

  async stop(): Promise<void> {
    await this.projector?.stop();
    await this.readModels?.close();
  }

  /** Also after a loss: readers are told to wait until what they read is whole again. */
  private async serve(namespace: string, before: Served | undefined): Promise<void> {
    const { served, log } = this.options;
    await served.serve(namespace, READ_MODELS_VERSION);
    if (before === undefined || before.namespace === namespace) return;
    log.info('read models switched', { from: before.namespace, to: namespace });
    await delay(FOLLOW_MS);
    await served.drop(before.namespace);
  }

  private measure(shown: readonly RecordedEvent[]): void {
    const { projectionLagSeconds, eventsShown } = this.options.metrics;
    const { metadata } = shown[shown.length - 1]!;
    const { at } = decodeMetadata(metadata);
    projectionLagSeconds.observe(Math.max(0, Date.now() - at) / 1_000);
    eventsShown.inc(shown.length);
  }
}
