import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Writer, type WriterDependencies, type WriterOptions } from '@tollgate/writer';
import { BillingController } from './billing.controller';

/** The single writer, and the controller that commands reach it by. */
@Module({})
export class BillingModule implements OnApplicationShutdown {
  constructor(@Inject(Writer) private readonly writer: Writer) {}

  static register(
    dependencies: WriterDependencies,
    options: Partial<WriterOptions> = {},
  ): DynamicModule {
    return {
      module: BillingModule,
      controllers: [BillingController],
      providers: [{ provide: Writer, useFactory: () => new Writer(dependencies, options) }],
      exports: [Writer],
    };
  }

  /** After the transport was closed: nothing is under way any more. */
  onApplicationShutdown(): Promise<void> {
    return this.writer.close();
  }
}
