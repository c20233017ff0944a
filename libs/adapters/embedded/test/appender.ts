import { DataFolder } from '../src';

/*
 * A program for tests: appends to a data folder without end, four streams at a time, and writes a
 * line for every append that was acknowledged.
 */
const EVENTS_PER_APPEND = 20;
const STREAMS = 4;

async function main(path: string): Promise<void> {
  const folder = await DataFolder.open(path, { readModelsVersion: 1 });
  console.log('ready');
  const streams = Array.from({ length: STREAMS }, (_, index) => `team-${process.pid}-${index}`);
  await Promise.all(streams.map((stream) => appendForEver(folder, stream)));
}

async function appendForEver({ events }: DataFolder, stream: string): Promise<void> {
  for (let revision = -1; ;) {
    const batch = Array.from({ length: EVENTS_PER_APPEND }, (_, index) => ({
      id: `${stream}/${revision + 1 + index}`,
      type: 'Counted',
      data: JSON.stringify({ n: revision + 1 + index, of: EVENTS_PER_APPEND }),
      metadata: JSON.stringify({ place: index }),
    }));
    ({ revision } = await events.append(stream, revision, batch));
    console.log(`${stream} ${revision}`);
  }
}

void main(process.argv[2]!);
