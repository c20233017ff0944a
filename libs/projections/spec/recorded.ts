import {
  encodeEvent,
  messageStream,
  teamStream,
  type StoredDomainEvent,
} from '@tollgate/contracts';
import type { EventMetadata, MessageEvent } from '@tollgate/domain';
import type { Log, RecordedEvent } from '@tollgate/ports';
import { specTime, teamId } from '@tollgate/testing';

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

  /** @param ofTeam whose team events are told. */
  constructor(private readonly ofTeam = teamId) {}

  team(told: Iterable<Told>): this {
    for (const each of told) this.record(teamStream(this.ofTeam), each);
    return this;
  }

  message(event: MessageEvent, at: number): this {
    const stream = messageStream(event.data.messageId);
    const commandId = `deliver ${event.data.messageId}`;
    return this.record(stream, { event, metadata: { commandId, at } });
  }

  /** What happens at some time in any other stream. */
  on(stream: string, event: StoredDomainEvent, at = specTime): this {
    return this.record(stream, { event, metadata: { commandId: `command ${at}`, at } });
  }

  record(stream: string, { event, metadata }: Told): this {
    const revision = (this.revisions.get(stream) ?? -1) + 1;
    this.revisions.set(stream, revision);
    const { id, type, data, metadata: json } = encodeEvent(event, metadata, revision);
    const position = this.all.length + 1;
    this.all.push({ id, type, data, metadata: json, stream, revision, position });
    return this;
  }
}
