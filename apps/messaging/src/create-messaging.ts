import 'reflect-metadata';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MESSAGING_COMMANDS } from '@tollgate/contracts';
import type { MessagingKind } from '@tollgate/domain';
import { CommandLogServer } from '@tollgate/platform';
import type { CommandConsumer } from '@tollgate/ports';
import type { WriterDependencies, WriterOptions } from '@tollgate/writer';
import { MessagingModule } from './messaging.module';

/**
 * The writers of contacts, senders and numbers behind a command log, as a Nest microservice that is
 * not listening yet. Closed, it answers what is under way, and saves the states that it holds.
 */
export function createMessaging(
  commands: CommandConsumer<MessagingKind>,
  dependencies: WriterDependencies,
  options: Partial<WriterOptions> = {},
): Promise<INestMicroservice> {
  return NestFactory.createMicroservice(MessagingModule.register(dependencies, options), {
    strategy: new CommandLogServer(commands, MESSAGING_COMMANDS),
    logger: ['error', 'warn'],
    abortOnError: false,
  });
}
