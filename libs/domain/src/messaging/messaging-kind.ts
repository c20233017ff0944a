import type { ContactCommand, ContactEvent, ContactRejection, ContactsState } from './contacts';
import type { NumberCommand, NumberEvent, NumberRejection, NumberState } from './numbers';
import type { SenderCommand, SenderEvent, SenderRejection, SendersState } from './senders';

export interface ContactsKind {
  readonly state: ContactsState;
  readonly command: ContactCommand;
  readonly event: ContactEvent;
  readonly rejection: ContactRejection;
}

export interface SendersKind {
  readonly state: SendersState;
  readonly command: SenderCommand;
  readonly event: SenderEvent;
  readonly rejection: SenderRejection;
}

export interface NumbersKind {
  readonly state: NumberState;
  readonly command: NumberCommand;
  readonly event: NumberEvent;
  readonly rejection: NumberRejection;
}

/** Whatever comes on the command log of messaging. */
export interface MessagingKind {
  readonly state: ContactsState | SendersState | NumberState;
  readonly command: ContactCommand | SenderCommand | NumberCommand;
  readonly event: ContactEvent | SenderEvent | NumberEvent;
  readonly rejection: ContactRejection | SenderRejection | NumberRejection;
}
