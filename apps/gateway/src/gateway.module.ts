import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CommandFactory } from './commands/command-factory';
import { CommandGate } from './commands/command-gate';
import { KeyIssuer } from './commands/key-issuer';
import type { KnownKeys } from './http/known-keys';
import { HealthController } from './health.controller';
import { TeamKeysController } from './operator/team-keys.controller';
import { TeamsController } from './operator/teams.controller';
import { TeamsService } from './operator/teams.service';
import type { GatewayOptions } from './options';
import { AccountReader } from './reads/account-reader';
import { FreshReads } from './reads/fresh-reads';
import { GATEWAY_OPTIONS } from './tokens';
import { AccountController } from './v1/account.controller';
import { MessagePricing } from './v1/messages/message-pricing';
import { MessagesController } from './v1/messages/messages.controller';
import { MessagesService } from './v1/messages/messages.service';
import { ApiKeysService } from './v1/sub-accounts/api-keys.service';
import { SubAccountKeysController } from './v1/sub-accounts/sub-account-keys.controller';
import { SubAccountsController } from './v1/sub-accounts/sub-accounts.controller';
import { SubAccountsService } from './v1/sub-accounts/sub-accounts.service';

/** The HTTP API over whatever adapters the composition root binds. */
@Module({})
export class GatewayModule {
  static register(options: GatewayOptions, keys: KnownKeys): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [
        HealthController,
        AccountController,
        SubAccountsController,
        SubAccountKeysController,
        MessagesController,
        TeamsController,
        TeamKeysController,
      ],
      providers: [
        ...parts(options, keys),
        ApiKeysService,
        SubAccountsService,
        MessagesService,
        TeamsService,
      ],
    };
  }
}

function parts(options: GatewayOptions, keys: KnownKeys): Provider[] {
  const reads = new FreshReads(options.readModels);
  return [
    { provide: GATEWAY_OPTIONS, useValue: options },
    { provide: FreshReads, useValue: reads },
    { provide: AccountReader, useValue: new AccountReader(reads) },
    { provide: CommandGate, useValue: new CommandGate(options.commands, reads, keys) },
    {
      provide: CommandFactory,
      useValue: new CommandFactory(options.clock, options.ids, options.digest),
    },
    { provide: KeyIssuer, useValue: new KeyIssuer(options.keySecret, options.ids) },
    { provide: MessagePricing, useValue: new MessagePricing(options.priceList) },
  ];
}
