/**
 * Time in a simulation is turns of the event loop. Nothing waits for a real clock or a real
 * device, so that the same seed gives the same order of everything.
 */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}

/** What a process waits for that has ended. */
export const forEver = (): Promise<never> => new Promise(() => undefined);
