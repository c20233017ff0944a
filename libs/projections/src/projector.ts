import {
  ReadModelsLost,
  RevisionGap,
  type EventReader,
  type EventSubscriber,
  type Log,
  type ProjectedEvents,
  type ReadModelReader,
  type ReadModelWriter,
  type RecordedEvent,
  type Sealing,
  type Subscription,
} from '@tollgate/ports';
import { haveContacts, openEvents, type OpenedEvent } from './opened-events';
import { groupsOf, projectEvents, type ShownRevisions } from './project-events';

export interface ProjectorDependencies {
  readonly events: EventReader & EventSubscriber;
  readonly readModels: ReadModelWriter & Pick<ReadModelReader, 'revisionOf'>;
  /** Opens what contact events say of people: their rows show it for as long as there is a key. */
  readonly sealing: Pick<Sealing, 'open'>;
  readonly log: Log;
}

export interface ProjectorOptions {
  /** Small batches follow each other at least this far apart, in ms. @default 10 */
  readonly paceMs: number;
  /** How often a store that may lose things is asked whether it has, in ms. @default never */
  readonly watchMs: number | undefined;
  /** Called whenever the read models show the log as it was at a start, or at a new beginning. */
  readonly onCaughtUp: () => Promise<void>;
  /** Called after each batch that is shown now. */
  readonly onShown: (events: readonly RecordedEvent[]) => void;
}

const defaults: ProjectorOptions = {
  paceMs: 10,
  watchMs: undefined,
  onCaughtUp: () => Promise.resolve(),
  onShown: () => undefined,
};

/** A batch of this many events is worth a transaction at once. */
const PACED_EVENTS_MAX = 1_000;
const BEGIN_AGAIN_MS = 500;

/**
 * Follows the whole log and keeps the read models up to it. Under load it takes a breath between
 * small batches: a transaction for every append would take from the log the disk that answers
 * wait for, and what is written a few ms later is written once for many events.
 */
export class Projector {
  private readonly options: ProjectorOptions;
  private subscription: Subscription | undefined;
  private watching: NodeJS.Timeout | undefined;
  private beginning: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly deps: ProjectorDependencies,
    options: Partial<ProjectorOptions> = {},
  ) {
    this.options = { ...defaults, ...options };
  }

  /** Resolves when the read models show everything that the log held at the time of the call. */
  async start(): Promise<void> {
    await this.begin();
    const { watchMs } = this.options;
    if (watchMs !== undefined) this.watching = setInterval(() => void this.look(), watchMs);
  }

  /** Resolves when what the log holds now is shown, or after `msMax`: a store may be away. */
  async drain(msMax: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, msMax)));
    await Promise.race([this.subscription?.caughtUp(), late]);
    clearTimeout(timer);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.watching);
    await this.subscription?.stop();
    await this.beginning;
  }

  private async begin(): Promise<void> {
    const checkpoint = await this.deps.readModels.checkpoint();
    const follow = (events: readonly RecordedEvent[]): Promise<void> => this.follow(events);
    const subscription = this.deps.events.subscribe(checkpoint, follow);
    this.subscription = subscription;
    await subscription.caughtUp();
    if (!this.isStopped) await this.options.onCaughtUp();
  }

  /** Nothing to apply: a store that lost something says so all the same. */
  private async look(): Promise<void> {
    await this.deps.readModels.apply([]).catch((fault: unknown) => this.checkLoss(fault));
  }

  private async follow(events: readonly RecordedEvent[]): Promise<void> {
    const { paceMs } = this.options;
    const isPaced = paceMs > 0 && events.length < PACED_EVENTS_MAX;
    const paced = isPaced ? new Promise((resolve) => setTimeout(resolve, paceMs)) : undefined;
    try {
      await this.apply(events);
      this.options.onShown(events);
    } catch (fault) {
      this.checkLoss(fault);
      throw fault;
    }
    await paced;
  }

  private checkLoss(fault: unknown): void {
    if (!(fault instanceof ReadModelsLost) || this.isStopped) return;
    this.beginning ??= this.beginAgain(fault).finally(() => (this.beginning = undefined));
  }

  /** From where the read models are now, which may be the very beginning. */
  private async beginAgain({ expected, found }: ReadModelsLost): Promise<void> {
    this.deps.log.warn('read models were lost; they are built anew', { expected, found });
    await this.subscription?.stop();
    while (!this.isStopped) {
      try {
        return await this.begin();
      } catch (fault) {
        this.deps.log.warn('read models can not be built yet', { fault });
        await this.subscription?.stop();
        await new Promise((resolve) => setTimeout(resolve, BEGIN_AGAIN_MS));
      }
    }
  }

  private async apply(events: readonly RecordedEvent[]): Promise<void> {
    const projected = projectEvents(await this.opened(events), await this.shown(events));
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

  /** Most batches have nothing to open, and don't wait. */
  private opened(
    events: readonly RecordedEvent[],
  ): readonly OpenedEvent[] | Promise<readonly OpenedEvent[]> {
    return haveContacts(events) ? openEvents(events, this.deps.sealing) : events;
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
      await this.deps.readModels.apply(withoutPosition(projectEvents(await this.opened(missing))));
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
