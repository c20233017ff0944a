import {
  encodeEvent,
  messageStream,
  teamStream,
  type StoredDomainEvent,
} from '@tollgate/contracts';
import type { EventMetadata, MessageEvent } from '@tollgate/domain';
import type { Log, RecordedEvent } from '@tollgate/ports';

export const silent: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export interface Told {
  readonly event: StoredDomainEvent;
  readonly metadata: EventMetadata;
}

/** Events as a log hands them back to whoever did not write them: streams, places, and bytes. */
export class RecordedEvents {
  readonly all: RecordedEvent[] = [];
  private readonly revisions = new Map<string, number>();

  constructor(private readonly teamId: string) {}

  team(told: Iterable<Told>): this {
    for (const each of told) this.record(teamStream(this.teamId), each);
    return this;
  }

  message(event: MessageEvent, at: number): this {
    const stream = messageStream(event.data.messageId);
    const commandId = `deliver ${event.data.messageId}`;
    return this.record(stream, { event, metadata: { commandId, at } });
  }

  private record(stream: string, { event, metadata }: Told): this {
    const revision = (this.revisions.get(stream) ?? -1) + 1;
    this.revisions.set(stream, revision);
    const { id, type, data, metadata: json } = encodeEvent(event, metadata, revision);
    const position = this.all.length + 1;
    this.all.push({ id, type, data, metadata: json, stream, revision, position });
    return this;
  }
}
