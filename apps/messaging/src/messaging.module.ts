import { Module, type DynamicModule } from '@nestjs/common';
import { Delivery, type DeliveryOptions, type DeliveryPorts } from '@tollgate/delivery';
import { MessagingService } from './messaging.service';

export interface MessagingModuleOptions extends DeliveryPorts {
  readonly options?: Partial<DeliveryOptions>;
}

/** Delivers charged messages through a carrier. It does nothing before its service is started. */
@Module({})
export class MessagingModule {
  static register({ options, ...ports }: MessagingModuleOptions): DynamicModule {
    const useFactory = (): MessagingService => new MessagingService(new Delivery(ports, options));
    return {
      module: MessagingModule,
      providers: [{ provide: MessagingService, useFactory }],
      exports: [MessagingService],
    };
  }
}
