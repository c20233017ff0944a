import { CommandFailure } from '../failure';
import type { ServerPlace } from './place';
import { shownAddress } from './shown-address';

/**
 * What a fault of a store means to the person who asked, told by its name: its class is loaded
 * with the store. Anything else is a bug of ours, and stays what it is.
 */
export function explainedServerFault(fault: Error, { eventStore, redis }: ServerPlace): Error {
  const { name, message } = fault;
  if (name === 'LogCorrupt') return new CommandFailure(message);
  if (name === 'LogUnavailable') return logFailure(shownAddress(eventStore), message);
  if (name !== 'ReadModelsUnavailable') return fault;
  return new CommandFailure(
    `the read models at ${redis.map(shownAddress).join(', ')} can't be read: ${message}`,
    ['say where they are with --redis or TOLLGATE_REDIS'],
  );
}

function logFailure(where: string, message: string): CommandFailure {
  if (message.includes('denies access')) {
    return new CommandFailure(`the event store at ${where} denies access`, [
      'name a user who may read $all: esdb://user:password@host:2113',
    ]);
  }
  return new CommandFailure(`the event store at ${where} can't be read: ${reasonIn(message)}`, [
    'say where it is with --eventstoredb or TOLLGATE_EVENTSTOREDB',
  ]);
}

/** The cause alone, without what each layer above it put around it. */
function reasonIn(message: string): string {
  const [, refused] = /Last error: Error: (.+?)\. Resolution note/.exec(message) ?? [];
  return refused ?? message.replace(/^.*? can't be read: (\d+ [A-Z_]+: )?/, '').replace(/\.$/, '');
}
