import { InMemoryReadModels, InMemoryVault } from '@tollgate/adapter-in-memory';
import { VaultSealing } from '@tollgate/adapter-sealing';
import type { Log, ProjectedEvents, ReadModelWriter } from '@tollgate/ports';
import { Projector } from '@tollgate/projections';
import type { Weather } from './conditions';
import { LogConnection, type SimulatedLog } from './simulated-log';
import { turns } from './turns';

/** Nothing in these logs is sealed. */
const sealing = new VaultSealing(new InMemoryVault());

/** A store that changes one stream at a time, and is away now and then in the middle of a batch. */
class SimulatedReadModels implements ReadModelWriter {
  /** Entries that it still takes before it is away for good. */
  entriesLeft = Infinity;

  constructor(
    private readonly models: InMemoryReadModels,
    private readonly weather: Weather,
  ) {}

  async apply(projected: readonly ProjectedEvents[]): Promise<void> {
    for (const entry of projected) {
      this.entriesLeft -= 1;
      const isAway = this.weather.random.isLucky(this.weather.now.projectorCrash);
      if (isAway || this.entriesLeft < 0) {
        throw new Error('simulated: the read models are away');
      }
      await this.models.apply([entry]);
    }
  }

  checkpoint(): Promise<number> {
    return this.models.checkpoint();
  }

  revisionOf(stream: string): Promise<number> {
    return this.models.revisionOf(stream);
  }
}

/** A process with a projector in it, which is ended and started again over the same store. */
export class ProjectionProcess {
  readonly models = new InMemoryReadModels();
  restarts = 0;
  private readonly readModels: SimulatedReadModels;
  private connection: LogConnection | undefined;

  constructor(
    private readonly log: SimulatedLog,
    private readonly report: Log,
  ) {
    this.readModels = new SimulatedReadModels(this.models, log.weather);
  }

  /** Runs projectors, one after the other, until the weather is calm. */
  async trouble(): Promise<void> {
    const { weather } = this.log;
    while (!weather.isCalm) {
      void this.start();
      do await turns(weather.random.integer(5, 60));
      while (!weather.isCalm && !weather.random.isLucky(weather.now.projectorCrash));
      this.connection?.kill();
      this.restarts += 1;
    }
  }

  /** Ends once more somewhere in what is left to show, then shows all that the log holds. */
  async settle(): Promise<void> {
    this.connection?.kill();
    this.readModels.entriesLeft = this.log.weather.random.integer(0, 8);
    void this.start();
    await turns(30);
    this.connection?.kill();
    this.readModels.entriesLeft = Infinity;
    const projector = this.start();
    await (await projector).stop();
  }

  private async start(): Promise<Projector> {
    this.connection = new LogConnection(this.log, this.log.weather);
    const { connection: events, readModels, report: log } = this;
    const projector = new Projector({ events, readModels, sealing, log }, { paceMs: 0 });
    await projector.start();
    return projector;
  }
}
