import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Work } from '@tollgate/platform';
import { MessagingModule, type MessagingModuleOptions } from './messaging.module';
import { MessagingService } from './messaging.service';

/** The messaging module as work that one instance does. It lives once. */
export class MessagingWork implements Work {
  private app: INestApplicationContext | undefined;

  constructor(private readonly options: MessagingModuleOptions) {}

  /** @throws Error the checkpoint can't be read now. */
  async start(): Promise<void> {
    const module = MessagingModule.register(this.options);
    this.app = await NestFactory.createApplicationContext(module, { logger: ['error', 'warn'] });
    await this.app.get(MessagingService).start();
  }

  async stop(): Promise<void> {
    await this.app?.get(MessagingService).stop();
    await this.app?.close();
  }
}
