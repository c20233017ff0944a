import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Metrics } from '@tollgate/platform';
import {
  Writer,
  teamAggregate,
  type WriterDependencies,
  type WriterOptions,
} from '@tollgate/writer';
import { BillingController } from './billing.controller';

export interface BillingOptions {
  readonly writer?: Partial<WriterOptions>;
  readonly metrics?: Metrics;
}

/** The single writer, and the controller that commands reach it by. */
@Module({})
export class BillingModule implements OnApplicationShutdown {
  constructor(@Inject(Writer) private readonly writer: Writer) {}

  static register(
    dependencies: WriterDependencies,
    { writer, metrics }: BillingOptions = {},
  ): DynamicModule {
    const counted = metrics === undefined ? [] : [{ provide: Metrics, useValue: metrics }];
    return {
      module: BillingModule,
      controllers: [BillingController],
      providers: [
        { provide: Writer, useFactory: () => new Writer(teamAggregate, dependencies, writer) },
        ...counted,
      ],
      exports: [Writer],
    };
  }

  /** After the transport was closed: nothing is under way any more. */
  onApplicationShutdown(): Promise<void> {
    return this.writer.close();
  }
}
