import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { WriterDependencies, WriterOptions } from '@tollgate/writer';
import { MessagingController } from './messaging.controller';
import { MessagingWriters } from './messaging-writers';

/** The writers of messaging, and the controller that commands reach them by. */
@Module({})
export class MessagingModule implements OnApplicationShutdown {
  constructor(@Inject(MessagingWriters) private readonly writers: MessagingWriters) {}

  static register(
    dependencies: WriterDependencies,
    options: Partial<WriterOptions> = {},
  ): DynamicModule {
    const useFactory = (): MessagingWriters => new MessagingWriters(dependencies, options);
    return {
      module: MessagingModule,
      controllers: [MessagingController],
      providers: [{ provide: MessagingWriters, useFactory }],
      exports: [MessagingWriters],
    };
  }

  /** After the transport was closed: nothing is under way any more. */
  onApplicationShutdown(): Promise<void> {
    return this.writers.close();
  }
}
