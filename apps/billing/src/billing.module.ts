import { Module, type DynamicModule } from '@nestjs/common';
import { Writer, type WriterDependencies, type WriterOptions } from '@tollgate/writer';

/** The single writer as a Nest module. */
@Module({})
export class BillingModule {
  static register(
    dependencies: WriterDependencies,
    options: Partial<WriterOptions> = {},
  ): DynamicModule {
    return {
      module: BillingModule,
      providers: [{ provide: Writer, useFactory: () => new Writer(dependencies, options) }],
      exports: [Writer],
    };
  }
}
