import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Bounds of latencies, in seconds. */
const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
const COMMANDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];

/** What a service counts, in the format of Prometheus. */
export class Metrics {
  private readonly registry = new Registry();
  readonly commands = this.counter('tollgate_commands_total', 'Commands by what became of them', [
    'outcome',
  ]);
  readonly batchCommands = this.histogram(
    'tollgate_batch_commands',
    'Commands of a team that were decided together',
    COMMANDS,
  );
  readonly decideSeconds = this.histogram(
    'tollgate_decide_seconds',
    'From a batch of commands to their outcomes',
    SECONDS,
  );
  readonly requestSeconds = this.histogram(
    'tollgate_http_request_seconds',
    'From a request to the end of its answer',
    SECONDS,
    ['method', 'route', 'status'],
  );
  readonly projectionLagSeconds = this.histogram(
    'tollgate_projection_lag_seconds',
    'From the decision of an event to its being shown',
    SECONDS,
  );
  readonly eventsShown = this.counter('tollgate_events_shown_total', 'Events shown by read models');
  readonly partitions = this.gauge('tollgate_partitions', 'Partitions of the command log held');
  readonly isActive = this.gauge('tollgate_active', '1 while this instance does the work');

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
  }

  async read(): Promise<{ readonly contentType: string; readonly text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  private counter(name: string, help: string, labelNames: string[] = []): Counter {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  private gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.registry] });
  }

  private histogram(
    name: string,
    help: string,
    buckets: number[],
    labelNames: string[] = [],
  ): Histogram {
    return new Histogram({ name, help, buckets, labelNames, registers: [this.registry] });
  }
}
