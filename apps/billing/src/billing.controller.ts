import { Controller, Inject, Optional, UseFilters } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { BILLING_COMMANDS } from '@tollgate/contracts';
import { Metrics, OriginalErrorFilter, type KeyedCommands } from '@tollgate/platform';
import type { Outcome } from '@tollgate/ports';
import { Writer } from '@tollgate/writer';

/** Hands the commands of the log to the single writer. */
@Controller()
@UseFilters(OriginalErrorFilter)
export class BillingController {
  constructor(
    @Inject(Writer) private readonly writer: Writer,
    @Optional() @Inject(Metrics) private readonly metrics?: Metrics,
  ) {}

  /** All commands of one team that wait, decided in their order. */
  @MessagePattern(BILLING_COMMANDS)
  decide({ key, commands }: KeyedCommands): Promise<readonly Outcome[]> {
    const { metrics, writer } = this;
    if (metrics === undefined) return writer.submit(key, commands);
    return measured(metrics, commands.length, () => writer.submit(key, commands));
  }
}

async function measured(
  metrics: Metrics,
  count: number,
  decide: () => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  metrics.batchCommands.observe(count);
  const stop = metrics.decideSeconds.startTimer();
  const outcomes = await decide();
  stop();
  for (const { status } of outcomes) metrics.commands.inc({ outcome: status });
  return outcomes;
}
