import type { Books } from './books';
import { catchingUp } from './catching-up';
import { openEventStore } from './event-store';
import type { ServerPlace } from './place';
import { openReadModels, type OpenReadModels } from './redis-read-models';
import { explainedServerFault } from './server-failures';

/** Lets `work` read the stores of a distributed system, also while its services work on them. */
export async function withServers<Result>(
  place: ServerPlace,
  work: (books: Books) => Promise<Result>,
): Promise<Result> {
  const events = await openEventStore(place.eventStore);
  const models = place.redis.length === 0 ? undefined : await openReadModels(place.redis);
  try {
    return await work({ events, ...compared(models) });
  } catch (fault) {
    throw explainedServerFault(fault as Error, place);
  } finally {
    models?.close();
    await events.close();
  }
}

function compared(models: OpenReadModels | undefined): Omit<Books, 'events'> {
  if (models === undefined) return {};
  return { readModels: models.readModels, mayCatchUp: catchingUp() };
}
