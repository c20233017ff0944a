import { CommandFailure } from '../failure';
import type { Books } from './books';
import { catchingUp } from './catching-up';
import { openEventStore } from './event-store';
import type { ServerPlace } from './place';
import { openReadModels, type OpenReadModels } from './redis-read-models';
import { shownAddress } from './shown-address';

/** Lets `work` read the stores of a distributed system, also while its services work on them. */
export async function withServers<Result>(
  { eventStore, redis }: ServerPlace,
  work: (books: Books) => Promise<Result>,
): Promise<Result> {
  const log = await openEventStore(eventStore);
  const models = redis.length === 0 ? undefined : await openReadModels(redis);
  try {
    return await work({ events: log, ...comparing(models) });
  } catch (fault) {
    throw explained(fault as Error, { eventStore, redis, models });
  } finally {
    models?.close();
    await log.close();
  }
}

function comparing(models: OpenReadModels | undefined): Omit<Books, 'events'> {
  if (models === undefined) return {};
  return { readModels: models.readModels, mayCatchUp: catchingUp() };
}

interface Asked extends Omit<ServerPlace, 'kind'> {
  readonly models: OpenReadModels | undefined;
}

/** The classes of these errors are loaded with the stores, so they are told by name. */
function explained(fault: Error, { eventStore, redis, models }: Asked): Error {
  const { name, message } = fault;
  if (name === 'LogUnavailable') {
    return new CommandFailure(
      `the event store at ${shownAddress(eventStore)}: ${reasonIn(message)}`,
      ['say where it is with --eventstoredb or TOLLGATE_EVENTSTOREDB'],
    );
  }
  if (name === 'ReadModelsUnavailable') {
    const where = redis.map(shownAddress).join(', ');
    return new CommandFailure(`the read models at ${where}: ${models?.problem() ?? message}`, [
      'say where they are with --redis or TOLLGATE_REDIS',
    ]);
  }
  return name === 'LogCorrupt' ? new CommandFailure(message) : fault;
}

/** Without what the connection's own library adds around it. */
const reasonIn = (message: string): string =>
  message.replace(/ Resolution note: $/, '').replace(/\.$/, '');
