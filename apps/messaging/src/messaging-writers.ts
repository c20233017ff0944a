import {
  messagingAggregateOf,
  type ContactsKind,
  type MessagingAggregate,
  type MessagingKind,
  type NumbersKind,
  type SendersKind,
} from '@tollgate/domain';
import type { Outcome } from '@tollgate/ports';
import {
  Writer,
  contactsAggregate,
  numbersAggregate,
  sendersAggregate,
  type WriterDependencies,
  type WriterOptions,
} from '@tollgate/writer';

type Commands = readonly MessagingKind['command'][];
type Outcomes = readonly Outcome<MessagingKind>[];
/** The single writers of what messaging owns. The memory for idle states is shared out. */
export class MessagingWriters {
  private readonly contacts: Writer<ContactsKind>;
  private readonly senders: Writer<SendersKind>;
  private readonly numbers: Writer<NumbersKind>;

  constructor(deps: WriterDependencies, options: Partial<WriterOptions> = {}) {
    this.contacts = new Writer(contactsAggregate, deps, options);
    this.senders = new Writer(sendersAggregate, deps, { ...options, ...SMALL_CACHE });
    this.numbers = new Writer(numbersAggregate, deps, { ...options, ...SMALL_CACHE });
  }

  /**
   * Decides commands of one key, those of each aggregate in their order.
   * @throws CommandLogFull none of those for one aggregate was taken: ask again with all of them.
   */
  async submit(key: string, commands: Commands): Promise<Outcomes> {
    const outcomes: Outcome<MessagingKind>[] = [];
    const decided = [...placesByAggregate(commands)].map(async ([aggregate, places]) => {
      const some = places.map((place) => commands[place]!);
      const answers = await this.submitTo(aggregate, key, some);
      answers.forEach((answer, index) => (outcomes[places[index]!] = answer));
    });
    await Promise.all(decided);
    return outcomes;
  }

  /** Waits for what was submitted, then saves what would take long to fold again. */
  async close(): Promise<void> {
    await Promise.all([this.contacts, this.senders, this.numbers].map((each) => each.close()));
  }

  private submitTo(
    aggregate: MessagingAggregate,
    key: string,
    commands: Commands,
  ): Promise<Outcomes> {
    switch (aggregate) {
      case 'contacts':
        return this.contacts.submit(key, commands as readonly ContactsKind['command'][]);
      case 'senders':
        return this.senders.submit(key, commands as readonly SendersKind['command'][]);
      case 'numbers':
        return this.numbers.submit(key, commands as readonly NumbersKind['command'][]);
    }
  }
}

/** Senders and numbers of an account are few, and quickly read again. */
const SMALL_CACHE: Partial<WriterOptions> = { cacheBytesMax: 32 * 1024 * 1024 };

function placesByAggregate(commands: Commands): ReadonlyMap<MessagingAggregate, readonly number[]> {
  const places = new Map<MessagingAggregate, number[]>();
  commands.forEach((command, place) => {
    const aggregate = messagingAggregateOf(command);
    const known = places.get(aggregate);
    if (known === undefined) places.set(aggregate, [place]);
    else known.push(place);
  });
  return places;
}
