import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { DataFolder } from '../src';

/*
 * A program for tests: appends to one stream until that fails, waits for a line on its standard
 * input, appends again, and writes a line for each thing that happens.
 */
async function main(path: string): Promise<void> {
  const folder = await DataFolder.open(path, { readModelsVersion: 1 });
  console.log('ready');
  const { revision, error } = await fill(folder, -1);
  console.log(`failed at ${revision} with ${error.name}`);
  const again = await fill(folder, revision, 1);
  console.log(`failed again at ${again.revision} with ${again.error.name}`);
  await once(process.stdin, 'data');
  const appended = await folder.events.append('team-1', revision, anEvent());
  console.log(`appended ${appended.revision}`);
  let events = 0;
  for await (const batch of folder.events.readStream('team-1')) events += batch.length;
  await folder.close();
  console.log(`closed with ${events}`);
  process.exit();
}

/** Appends until it fails, or so many times. */
async function fill(
  { events }: DataFolder,
  from: number,
  appends = Infinity,
): Promise<{ readonly revision: number; readonly error: Error }> {
  let revision = from;
  try {
    for (let count = 0; count < appends; count += 1) {
      ({ revision } = await events.append('team-1', revision, anEvent()));
    }
  } catch (error) {
    return { revision, error: error as Error };
  }
  return { revision, error: new Error('none') };
}

/** Too random to be compressed. */
function anEvent(): Parameters<DataFolder['events']['append']>[2] {
  const data = JSON.stringify(randomBytes(50_000).toString('base64'));
  return [{ id: 'c/0', type: 'Filler', data, metadata: '{}' }];
}

void main(process.argv[2]!);
