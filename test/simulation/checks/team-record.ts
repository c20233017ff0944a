import { ChainVerifier, decodeEvent, teamStream } from '@tollgate/contracts';
import type { EventMetadata, TeamEvent } from '@tollgate/domain';
import type { EventReader, RecordedEvent } from '@tollgate/ports';
import { ReferenceLedger, nodeDigest } from '@tollgate/testing';

export interface StoredEvent {
  readonly event: TeamEvent;
  readonly metadata: EventMetadata;
  readonly revision: number;
}

/** A command as the log has it. */
export interface StoredCommand {
  readonly firstRevision: number;
  readonly events: TeamEvent[];
  readonly at: number;
}

/** One team's stream, read as bytes, with everything that is wrong with it by itself. */
export class TeamRecord {
  readonly stored: StoredEvent[] = [];
  readonly commands = new Map<string, StoredCommand>();
  readonly books = new ReferenceLedger();
  readonly problems: string[] = [];
  private readonly eventIds = new Set<string>();
  private readonly chain: ChainVerifier;
  /** Commands with events in the append that is being read. */
  private inAppend = new Set<string>();
  private readonly inEarlierAppends = new Set<string>();

  private constructor(private readonly stream: string) {
    this.chain = new ChainVerifier(stream, nodeDigest.sha256);
  }

  static async read(teamId: string, events: EventReader): Promise<TeamRecord> {
    const record = new TeamRecord(teamStream(teamId));
    for await (const batch of events.readStream(record.stream)) {
      for (const recorded of batch) record.follow(recorded);
    }
    record.require(record.chain.isClosed, 'the last append has no link');
    return record;
  }

  get head(): number {
    return this.stored.length - 1;
  }

  private follow(recorded: RecordedEvent): void {
    const { type, data, metadata: json, revision } = recorded;
    const { event, metadata } = decodeEvent({ type, data, metadata: json });
    const at = `${this.stream}@${revision}`;
    this.require(revision === this.stored.length, `${at}: revisions are not in order`);
    this.require(!this.eventIds.has(recorded.id), `${at}: event id ${recorded.id} comes twice`);
    this.require(metadata.at >= this.lastAt(), `${at}: time goes back`);
    this.eventIds.add(recorded.id);
    const faults = this.books.record(event as TeamEvent, metadata);
    for (const fault of faults) this.problems.push(`${at}: ${fault}`);
    this.followCommand(event as TeamEvent, metadata, at);
    this.require(this.chain.follow(recorded), `${at}: the link does not fit`);
    this.stored.push({ event: event as TeamEvent, metadata, revision });
    if (this.chain.isClosed) this.closeAppend();
  }

  private followCommand(event: TeamEvent, { commandId, at }: EventMetadata, place: string): void {
    const known = this.commands.get(commandId);
    if (known === undefined) {
      const firstRevision = this.stored.length;
      this.commands.set(commandId, { firstRevision, events: [event], at });
    } else {
      const isNext = known.firstRevision + known.events.length === this.stored.length;
      this.require(isNext && known.at === at, `${place}: command ${commandId} comes twice`);
      known.events.push(event);
    }
    const isSplit = this.inEarlierAppends.has(commandId);
    this.require(!isSplit, `${place}: command ${commandId} is in two appends`);
    this.inAppend.add(commandId);
  }

  private closeAppend(): void {
    for (const commandId of this.inAppend) this.inEarlierAppends.add(commandId);
    this.inAppend = new Set();
  }

  private lastAt(): number {
    return this.stored[this.stored.length - 1]?.metadata.at ?? 0;
  }

  private require(isRight: boolean, problem: string): void {
    if (!isRight) this.problems.push(problem);
  }
}
