import {
  contactsStream,
  errorOfMessagingRejection,
  messagingProtocol,
  numberStream,
  sendersStream,
} from '@tollgate/contracts';
import { messagingAggregateOf, type MessagingKind } from '@tollgate/domain';
import type { CommandLog } from '@tollgate/ports';
import type { FreshReads } from '../reads/fresh-reads';
import { Gate } from './gate';

type Command = MessagingKind['command'];

/** The way to the writers of contacts, senders and phone numbers. */
export class MessagingGate extends Gate<MessagingKind> {
  constructor(commands: CommandLog<MessagingKind>, reads: FreshReads) {
    super(commands, reads, {
      keyOf: messagingProtocol.keyOf,
      streamOf,
      errorOf: errorOfMessagingRejection,
    });
  }
}

function streamOf(command: Command): string {
  if ('accountId' in command) {
    const isContacts = messagingAggregateOf(command) === 'contacts';
    return (isContacts ? contactsStream : sendersStream)(command.accountId);
  }
  return numberStream(command.data.phoneNumber);
}
