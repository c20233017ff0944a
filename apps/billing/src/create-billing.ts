import 'reflect-metadata';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BILLING_COMMANDS } from '@tollgate/contracts';
import { CommandLogServer } from '@tollgate/platform';
import type { CommandConsumer } from '@tollgate/ports';
import type { WriterDependencies } from '@tollgate/writer';
import { BillingModule, type BillingOptions } from './billing.module';

/**
 * The single writer behind a command log, as a Nest microservice that is not listening yet. Closed,
 * it answers what is under way, and saves the states that it holds.
 */
export function createBilling(
  commands: CommandConsumer,
  dependencies: WriterDependencies,
  options: BillingOptions = {},
): Promise<INestMicroservice> {
  return NestFactory.createMicroservice(BillingModule.register(dependencies, options), {
    strategy: new CommandLogServer(commands, BILLING_COMMANDS),
    logger: ['error', 'warn'],
    abortOnError: false,
  });
}
