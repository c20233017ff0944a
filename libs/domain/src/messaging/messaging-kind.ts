import type { ContactsKind } from './contacts';
import type { NumbersKind } from './numbers';
import type { SendersKind } from './senders';

/** Whatever comes on the command log of messaging. */
export interface MessagingKind {
  readonly state: ContactsKind['state'] | SendersKind['state'] | NumbersKind['state'];
  readonly command: ContactsKind['command'] | SendersKind['command'] | NumbersKind['command'];
  readonly event: ContactsKind['event'] | SendersKind['event'] | NumbersKind['event'];
  readonly rejection:
    ContactsKind['rejection'] | SendersKind['rejection'] | NumbersKind['rejection'];
}
