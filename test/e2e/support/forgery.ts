import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolder, type DataFolderReader } from '@tollgate/adapter-embedded';
import type { RecordedEvent } from '@tollgate/ports';
import { workspaceRoot } from '@tollgate/testing';

/** The stored text of an event. */
export interface EventText {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** An append as it lies in the log. */
export interface LoggedAppend {
  readonly stream: string;
  readonly firstRevision: number;
  readonly position: number;
  readonly events: readonly EventText[];
}

export const lastRevision = ({ firstRevision, events }: LoggedAppend): number =>
  firstRevision + events.length - 1;

async function* eventsOf({ events }: DataFolderReader): AsyncIterable<RecordedEvent> {
  for await (const batch of events.readAll()) yield* batch;
}

/** Every append of a log in its order: an append ends with the event that carries a link. */
export async function appendsOf(dataDir: string): Promise<LoggedAppend[]> {
  const folder = await DataFolder.open(dataDir, { readOnly: true });
  try {
    const appends: LoggedAppend[] = [];
    let open: EventText[] = [];
    for await (const { id, type, data, metadata, ...place } of eventsOf(folder)) {
      open.push({ id, type, data, metadata });
      if (!metadata.includes('"link":')) continue;
      const [firstRevision, position] = [
        place.revision + 1 - open.length,
        place.position + 1 - open.length,
      ];
      appends.push({ stream: place.stream, firstRevision, position, events: open });
      open = [];
    }
    return appends;
  } finally {
    await folder.close();
  }
}

export interface Forgery {
  readonly put?: readonly LoggedAppend[];
  readonly drop?: readonly (LoggedAppend & { readonly isUnlisted: boolean })[];
}

/** Rewrites the log of a folder on which nobody works, checksums and index included. */
export function forge(dataDir: string, { put = [], drop = [] }: Forgery): void {
  const file = join(dataDir, 'forgery.json');
  writeFileSync(file, JSON.stringify({ put, drop }));
  const program = join(workspaceRoot(), 'test', 'e2e', 'support', 'rewrite-log.js');
  execFileSync(process.execPath, [program, dataDir, file]);
}

/** The append with one of its events changed. */
export function withEvent(
  append: LoggedAppend,
  place: number,
  change: (event: EventText) => EventText,
): LoggedAppend {
  const events = append.events.map((event, at) => (at === place ? change(event) : event));
  return { ...append, events };
}

/** The text with another digit in place of one of its digits, so that JSON stays JSON. */
export function withOtherDigit(text: string, pick: (count: number) => number): string {
  const places = [...text].flatMap((character, at) => (/[1-8]/.test(character) ? [at] : []));
  const at = places[pick(places.length)]!;
  return text.slice(0, at) + String(Number(text[at]) + 1) + text.slice(at + 1);
}
