import {
  contactsStream,
  errorOfMessagingRejection,
  messagingProtocol,
  numberStream,
  sendersStream,
} from '@tollgate/contracts';
import type { MessagingKind } from '@tollgate/domain';
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
  switch (command.type) {
    case 'ClaimNumber':
    case 'ReleaseNumberClaim':
      return numberStream(command.data.phoneNumber);
    case 'CreateContact':
    case 'RecordRecipient':
    case 'UpdateContact':
    case 'AddContactChannel':
    case 'UpdateContactChannel':
    case 'SetPrimaryChannel':
    case 'RemoveContactChannel':
    case 'MergeContacts':
    case 'DeleteContact':
      return contactsStream(command.accountId);
    default:
      return sendersStream(command.accountId);
  }
}
