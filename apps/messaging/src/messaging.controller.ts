import { Controller, Inject, UseFilters } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { MESSAGING_COMMANDS } from '@tollgate/contracts';
import type { MessagingKind } from '@tollgate/domain';
import { OriginalErrorFilter, type KeyedCommands } from '@tollgate/platform';
import type { Outcome } from '@tollgate/ports';
import { MessagingWriters } from './messaging-writers';

/** Hands the commands of the log to the writers of contacts, senders and numbers. */
@Controller()
@UseFilters(OriginalErrorFilter)
export class MessagingController {
  constructor(@Inject(MessagingWriters) private readonly writers: MessagingWriters) {}

  /** All commands of one key that wait: of an account, or of a phone number. */
  @MessagePattern(MESSAGING_COMMANDS)
  decide({
    key,
    commands,
  }: KeyedCommands<MessagingKind>): Promise<readonly Outcome<MessagingKind>[]> {
    return this.writers.submit(key, commands);
  }
}
