import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CommandFactory } from './commands/command-factory';
import { CommandGate } from './commands/command-gate';
import { KeyIssuer } from './commands/key-issuer';
import { MessagingGate } from './commands/messaging-gate';
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
import { ContactChannelsController } from './v1/contacts/contact-channels.controller';
import { ContactChannelsService } from './v1/contacts/contact-channels.service';
import { ContactList } from './v1/contacts/contact-list';
import { ContactMergeService } from './v1/contacts/contact-merge.service';
import { ContactReader } from './v1/contacts/contact-reader';
import { ContactSealer } from './v1/contacts/contact-sealer';
import { ContactsController } from './v1/contacts/contacts.controller';
import { ContactsService } from './v1/contacts/contacts.service';
import { IntrospectController } from './v1/introspect/introspect.controller';
import { MessageCommands } from './v1/messages/message-commands';
import { MessagePricing } from './v1/messages/message-pricing';
import { MessageReader } from './v1/messages/message-reader';
import { MessagesController } from './v1/messages/messages.controller';
import { MessagesService } from './v1/messages/messages.service';
import { SenderChoice } from './v1/messages/sender-choice';
import { AvailableNumbers } from './v1/phone-numbers/available-numbers';
import { NumberReader } from './v1/phone-numbers/number-reader';
import { PhoneNumbersController } from './v1/phone-numbers/phone-numbers.controller';
import { PhoneNumbersService } from './v1/phone-numbers/phone-numbers.service';
import { SenderReader } from './v1/senders/sender-reader';
import { SendersController } from './v1/senders/senders.controller';
import { SendersService } from './v1/senders/senders.service';
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
        ContactsController,
        ContactChannelsController,
        SendersController,
        PhoneNumbersController,
        MessagesController,
        IntrospectController,
        TeamsController,
        TeamKeysController,
      ],
      providers: [
        ...parts(options, keys),
        ...readers(options),
        ApiKeysService,
        SubAccountsService,
        ContactsService,
        ContactChannelsService,
        ContactMergeService,
        SendersService,
        PhoneNumbersService,
        MessagesService,
        TeamsService,
      ],
    };
  }
}

function parts(options: GatewayOptions, keys: KnownKeys): Provider[] {
  const { sealing } = options;
  const factory = new CommandFactory(options.clock, options.ids, options.digest);
  const pricing = new MessagePricing(options.priceList);
  return [
    { provide: GATEWAY_OPTIONS, useValue: options },
    { provide: FreshReads, useValue: new FreshReads(options.readModels) },
    {
      provide: CommandGate,
      inject: [FreshReads],
      useFactory: (reads: FreshReads) => new CommandGate(options.commands, reads, keys),
    },
    {
      provide: MessagingGate,
      inject: [FreshReads],
      useFactory: (reads: FreshReads) => new MessagingGate(options.messaging, reads),
    },
    { provide: CommandFactory, useValue: factory },
    { provide: KeyIssuer, useValue: new KeyIssuer(options.keySecret, options.ids) },
    { provide: MessageCommands, useValue: new MessageCommands(factory, pricing, sealing) },
    { provide: ContactSealer, useValue: new ContactSealer(sealing) },
  ];
}

/** What reads the read models, each for one kind of thing. */
function readers({ sealing, inventory }: GatewayOptions): Provider[] {
  return [
    over(AccountReader, (reads) => new AccountReader(reads)),
    over(ContactReader, (reads) => new ContactReader(reads)),
    over(ContactList, (reads) => new ContactList(reads, sealing)),
    over(SenderReader, (reads) => new SenderReader(reads)),
    over(NumberReader, (reads) => new NumberReader(reads)),
    over(AvailableNumbers, (reads) => new AvailableNumbers(inventory, reads)),
    over(MessageReader, (reads) => new MessageReader(reads, sealing)),
    {
      provide: SenderChoice,
      inject: [SenderReader, FreshReads],
      useFactory: (senders: SenderReader, reads: FreshReads) => new SenderChoice(senders, reads),
    },
  ];
}

function over(provide: Provider & object, useFactory: (reads: FreshReads) => object): Provider {
  return { provide, inject: [FreshReads], useFactory } as Provider;
}
