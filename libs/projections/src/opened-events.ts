import { decodeEvent, isContactsStream } from '@tollgate/contracts';
import type { ContactEvent, NewContactChannel, Sealed } from '@tollgate/domain';
import type { RecordedEvent, Sealing } from '@tollgate/ports';

/** What the sealed fields hold; whatever can't be opened any more is as if it had been nothing. */
interface OpenedFields {
  readonly displayName: string | null;
  readonly label: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly address: ContactAddress | null;
}

export interface ContactAddress {
  readonly identifier: string;
  readonly countryCode?: string;
}

type OpenedField<Name, Value> = Name extends keyof OpenedFields
  ? OpenedFields[Name]
  : Value extends NewContactChannel
    ? OpenedChannel
    : Value extends readonly NewContactChannel[]
      ? readonly OpenedChannel[]
      : Value;

type Opened<Data> = { readonly [Name in keyof Data]: OpenedField<Name, Data[Name]> };

export type OpenedChannel = Opened<NewContactChannel>;

type OpenedOf<Event extends ContactEvent> = Event extends ContactEvent
  ? { readonly type: Event['type']; readonly data: Opened<Event['data']> }
  : never;

/** A contact event in which personal data can be read. */
export type OpenedContactEvent = OpenedOf<ContactEvent>;

export interface OpenedEvent extends RecordedEvent {
  /** Of contact events, and of these always: they are projected from it. */
  readonly opened?: OpenedContactEvent;
}

const OPENED_AT_ONCE_MAX = 64;

/**
 * Opens what is sealed in the contact events among some events; the others stay as they are.
 * @throws VaultUnavailable
 */
export async function openEvents(
  events: readonly RecordedEvent[],
  sealing: Pick<Sealing, 'open'>,
): Promise<readonly OpenedEvent[]> {
  const decoded = events.map((recorded) =>
    isOfContacts(recorded) ? { ...recorded, decoded: decodeEvent(recorded) } : recorded,
  );
  const texts = new Set<Sealed>();
  for (const recorded of decoded) {
    if (isOfContacts(recorded)) openedIn(dataOf(recorded), (text) => void texts.add(text));
  }
  const values = await openAll([...texts], sealing);
  return decoded.map((recorded) => {
    if (!isOfContacts(recorded)) return recorded;
    const data = openedIn(dataOf(recorded), (text) => values.get(text));
    return { ...recorded, opened: { type: recorded.type, data } as OpenedContactEvent };
  });
}

/** Whether there is anything among them that {@link openEvents} has to open. */
export const haveContacts = (events: readonly RecordedEvent[]): boolean =>
  events.some(isOfContacts);

const isOfContacts = ({ stream }: RecordedEvent): boolean => isContactsStream(stream);

const dataOf = (recorded: RecordedEvent): object => decodeEvent(recorded).event.data;

async function openAll(
  texts: readonly Sealed[],
  sealing: Pick<Sealing, 'open'>,
): Promise<ReadonlyMap<Sealed, unknown>> {
  const values = new Map<Sealed, unknown>();
  let next = 0;
  const openSome = async (): Promise<void> => {
    while (next < texts.length) {
      const text = texts[next++]!;
      values.set(text, await sealing.open(text));
    }
  };
  await Promise.all(Array.from({ length: OPENED_AT_ONCE_MAX }, openSome));
  return values;
}

/** Reads a value as its field holds it: whoever sealed it may have been another program. */
const readers: { readonly [Name in keyof OpenedFields]: (value: unknown) => OpenedFields[Name] } = {
  displayName: textIn,
  label: textIn,
  metadata: (value) => Object.fromEntries(Object.entries(objectIn(value)).filter(isText)),
  address: (value) => {
    const { identifier, countryCode } = objectIn(value);
    if (typeof identifier !== 'string') return null;
    return typeof countryCode === 'string' ? { identifier, countryCode } : { identifier };
  },
};

/** The data of an event, or of a channel in it, with what they hold in place of sealed texts. */
function openedIn(data: object, open: (text: Sealed) => unknown): object {
  const fields = Object.entries(data).map(([name, value]: [string, unknown]) => {
    if (isSealedField(name)) {
      // Null is not sealed: it says that there is nothing.
      return [name, value === null ? null : readers[name](open(value as Sealed))];
    }
    if (name === 'channels') return [name, (value as object[]).map((it) => openedIn(it, open))];
    if (name === 'channel' && typeof value === 'object') return [name, openedIn(value!, open)];
    return [name, value];
  });
  return Object.fromEntries(fields) as object;
}

const isSealedField = (name: string): name is keyof OpenedFields => Object.hasOwn(readers, name);

const isText = (entry: [string, unknown]): entry is [string, string] =>
  typeof entry[1] === 'string';

function textIn(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function objectIn(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
