import {
  RevisionGap,
  type EventReader,
  type EventSubscriber,
  type Log,
  type ProjectedEvents,
  type ReadModelReader,
  type ReadModelWriter,
  type RecordedEvent,
  type Subscription,
} from '@tollgate/ports';
import { groupsOf, projectEvents, type ShownRevisions } from './project-events';

export interface ProjectorDependencies {
  readonly events: EventReader & EventSubscriber;
  readonly readModels: ReadModelWriter & Pick<ReadModelReader, 'revisionOf'>;
  readonly log: Log;
}

/** Small batches follow each other at least this far apart. @default 10 */
export const PACE_MS = 10;
/** A batch of this many events is worth a transaction at once. */
const PACED_EVENTS_MAX = 1_000;

/**
 * Follows the whole log and keeps the read models up to it. Under load it takes a breath between
 * small batches: a transaction for every append would take from the log the disk that answers
 * wait for, and what is written a few ms later is written once for many events.
 */
export class Projector {
  private subscription: Subscription | undefined;

  constructor(
    private readonly deps: ProjectorDependencies,
    private readonly paceMs: number = PACE_MS,
  ) {}

  /** Resolves when the read models show everything that the log held at the time of the call. */
  async start(): Promise<void> {
    const checkpoint = await this.deps.readModels.checkpoint();
    this.subscription = this.deps.events.subscribe(checkpoint, (events) => this.follow(events));
    await this.subscription.caughtUp();
  }

  async stop(): Promise<void> {
    await this.subscription?.stop();
  }

  private async follow(events: readonly RecordedEvent[]): Promise<void> {
    const isPaced = this.paceMs > 0 && events.length < PACED_EVENTS_MAX;
    const paced = isPaced ? new Promise((resolve) => setTimeout(resolve, this.paceMs)) : undefined;
    await this.apply(events);
    await paced;
  }

  private async apply(events: readonly RecordedEvent[]): Promise<void> {
    const projected = projectEvents(events, await this.shown(events));
    let repaired: RevisionGap | undefined;
    for (;;) {
      try {
        return await this.deps.readModels.apply(projected);
      } catch (fault) {
        if (!(fault instanceof RevisionGap) || isSame(fault, repaired)) throw fault;
        await this.repair(fault);
        repaired = fault;
      }
    }
  }

  private async shown(events: readonly RecordedEvent[]): Promise<ShownRevisions> {
    const shown = [...groupsOf(events)].map(async ([stream, group]): Promise<[string, number]> => [
      stream,
      await this.deps.readModels.revisionOf(stream, group),
    ]);
    return new Map(await Promise.all(shown));
  }

  /** A gap means that the read models lost a part: that stream is read again from there. */
  private async repair({ stream, stored, found }: RevisionGap): Promise<void> {
    this.deps.log.warn('read model is behind its log', { stream, stored, found });
    for await (const missing of this.deps.events.readStream(stream, stored + 1)) {
      await this.deps.readModels.apply(withoutPosition(projectEvents(missing)));
    }
  }
}

/** Reading the stream again did not help, so that doing so once more would not either. */
function isSame({ stream, stored }: RevisionGap, repaired: RevisionGap | undefined): boolean {
  return repaired?.stream === stream && repaired.stored === stored;
}

/** Events read out of turn say nothing of how far the whole log was followed. */
function withoutPosition(projected: readonly ProjectedEvents[]): ProjectedEvents[] {
  return projected.map((entry) => ({ ...entry, position: 0 }));
}
