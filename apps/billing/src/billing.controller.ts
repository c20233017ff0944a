import { Controller, Inject, UseFilters } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { BILLING_COMMANDS } from '@tollgate/contracts';
import { OriginalErrorFilter, type TeamCommands } from '@tollgate/platform';
import type { Outcome } from '@tollgate/ports';
import { Writer } from '@tollgate/writer';

/** Hands the commands of the log to the single writer. */
@Controller()
@UseFilters(OriginalErrorFilter)
export class BillingController {
  constructor(@Inject(Writer) private readonly writer: Writer) {}

  /** All commands of one team that wait, decided in their order. */
  @MessagePattern(BILLING_COMMANDS)
  decide({ teamId, commands }: TeamCommands): Promise<readonly Outcome[]> {
    return this.writer.submit(teamId, commands);
  }
}
