import { orAsBefore, recall, refuse, type Decision } from '../../kernel';
import type { ContactCommand } from './commands';
import { decideCreate, decideDelete, decideRecipient, decideUpdate } from './decide-contact';
import { decideAdd, decidePrimary, decideRemove, decideUpdateChannel } from './decide-channels';
import { decideMerge } from './decide-merge';
import type { ContactEvent } from './events';
import type { ContactRejection } from './rejections';
import type { ContactsState } from './state';

export type ContactDecision = Decision<ContactEvent, ContactRejection>;

/**
 * Decides one command, in a time that depends on the contacts it names alone. Order of checks:
 * existence and validity, idempotency, then the rules; the first that fails names the refusal. What
 * was accepted is never refused later. Reads the state, never changes it.
 */
export function decide(command: ContactCommand, state: ContactsState): ContactDecision {
  return orAsBefore(decideAnew(command, state), command, state);
}

function decideAnew(command: ContactCommand, state: ContactsState): ContactDecision {
  if (state.window.isFullAt(command.at) && !isAlwaysTaken(command)) {
    return recall(command, state) ?? refuse({ code: 'idempotency_window_full' });
  }
  return decideKnown(command, state);
}

function decideKnown(command: ContactCommand, state: ContactsState): ContactDecision {
  switch (command.type) {
    case 'CreateContact':
      return decideCreate(command, state);
    case 'RecordRecipient':
      return decideRecipient(command, state);
    case 'UpdateContact':
      return decideUpdate(command, state);
    case 'AddContactChannel':
      return decideAdd(command, state);
    case 'UpdateContactChannel':
      return decideUpdateChannel(command, state);
    case 'SetPrimaryChannel':
      return decidePrimary(command, state);
    case 'RemoveContactChannel':
      return decideRemove(command, state);
    case 'MergeContacts':
      return decideMerge(command, state);
    case 'DeleteContact':
      return decideDelete(command, state);
  }
}

/** Personal data can be taken away even from an account that can remember no more commands. */
function isAlwaysTaken({ type }: ContactCommand): boolean {
  return type === 'DeleteContact' || type === 'RemoveContactChannel';
}
