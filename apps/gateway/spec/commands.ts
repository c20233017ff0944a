import type { CommandProtocol } from '@tollgate/contracts';
import type {
  AggregateKind,
  ContactsKind,
  MessagingKind,
  NumbersKind,
  SendersKind,
} from '@tollgate/domain';
import type { CommandLog, Outcome } from '@tollgate/ports';
import {
  Writer,
  contactsAggregate,
  numbersAggregate,
  sendersAggregate,
  type WriterDependencies,
} from '@tollgate/writer';

/** A command log whose answers a spec can replace. */
export class SpoiltCommands<Kind extends AggregateKind> implements CommandLog<Kind> {
  instead: CommandLog<Kind>['submit'] | undefined;

  constructor(
    private readonly writer: CommandLog<Kind>,
    private readonly protocol: CommandProtocol<Kind>,
  ) {}

  submit: CommandLog<Kind>['submit'] = async (key, commands) => {
    for (const command of commands) this.assertReadable(command);
    const { instead, writer } = this;
    return instead === undefined ? writer.submit(key, commands) : instead(key, commands);
  };

  /** What the gateway lets through a writer behind Kafka must be able to read. */
  private assertReadable(command: Kind['command']): void {
    const { protocol } = this;
    const { problem } = protocol.decode(protocol.encode(command), command.at);
    if (problem !== undefined) throw new Error(`a ${command.type} is not readable: ${problem}`);
  }
}

type Commands = readonly MessagingKind['command'][];

/** The writers of contacts, senders and numbers, as one. */
export class MessagingWriters implements CommandLog<MessagingKind> {
  private readonly contacts: Writer<ContactsKind>;
  private readonly senders: Writer<SendersKind>;
  private readonly numbers: Writer<NumbersKind>;

  constructor(deps: WriterDependencies) {
    this.contacts = new Writer(contactsAggregate, deps);
    this.senders = new Writer(sendersAggregate, deps);
    this.numbers = new Writer(numbersAggregate, deps);
  }

  async submit(key: string, commands: Commands): Promise<readonly Outcome<MessagingKind>[]> {
    const { type } = commands[0]!;
    if (type === 'ClaimNumber' || type === 'ReleaseNumberClaim') {
      return this.numbers.submit(key, commands as readonly NumbersKind['command'][]);
    }
    return type.includes('Contact') || type.endsWith('Channel') || type === 'RecordRecipient'
      ? this.contacts.submit(key, commands as readonly ContactsKind['command'][])
      : this.senders.submit(key, commands as readonly SendersKind['command'][]);
  }
}
