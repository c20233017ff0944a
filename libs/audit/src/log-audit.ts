import {
  idInStream,
  isContactsStream,
  isMessageStream,
  isNumberStream,
  isSendersStream,
  isTeamStream,
  type DecodedEvent,
  type Sha256,
} from '@tollgate/contracts';
import type { RecordedEvent } from '@tollgate/ports';
import { decodeStored, problemOf } from './decode-stored';
import type { Findings, Tell } from './finding';
import { followMessage, MessageRegister, type OrderedMessage } from './message-register';
import { StreamAudit } from './stream-audit';
import { TeamAudit } from './team-audit';

export interface AuditCounts {
  /** Of every kind. */
  streams: number;
  events: number;
  charges: number;
  refunds: number;
  /** Messages that failed and whose charge was not given back, or not yet. */
  failedNotRefunded: number;
}

export interface AuditedTeam {
  readonly stream: StreamAudit;
  readonly audit: TeamAudit;
}

export interface AuditedMessage {
  readonly id: string;
  /** Of the message's own stream; -1 when it has no events yet. */
  readonly revision: number;
  readonly message: OrderedMessage;
}

/** Follows the whole log in its order, and every stream in it. */
export class LogAudit {
  readonly teams = new Map<string, AuditedTeam>();
  /** Contacts, senders and numbers, by stream: they are about people and hold no money. */
  readonly others = new Map<string, StreamAudit>();
  readonly counts: AuditCounts = {
    streams: 0,
    events: 0,
    charges: 0,
    refunds: 0,
    failedNotRefunded: 0,
  };
  private readonly messages = new MessageRegister();
  private readonly messageStreams = new Map<string, StreamAudit>();
  private finished: AuditedMessage[] = [];

  constructor(
    private readonly sha256: Sha256,
    private readonly findings: Findings,
  ) {}

  follow(recorded: RecordedEvent): void {
    const { stream } = recorded;
    this.counts.events += 1;
    if (isTeamStream(stream)) return this.followTeam(recorded);
    if (isMessageStream(stream)) return this.followMessage(recorded);
    if (isMessagingStream(stream)) return this.followOther(recorded);
    const message = `a stream of no kind that is known, with an event ${recorded.type}`;
    this.findings.in(stream)('event_unknown', recorded.revision, message);
  }

  /** At the end of the log. */
  finish(): void {
    for (const { stream, audit } of this.teams.values()) {
      stream.finish();
      audit.finish(stream.revision);
    }
    for (const stream of this.messageStreams.values()) stream.finish();
    for (const stream of this.others.values()) stream.finish();
    this.counts.failedNotRefunded = this.messages.countUnrefunded();
  }

  /** Messages that reached their end since the last call. */
  takeFinished(): readonly AuditedMessage[] {
    const { finished } = this;
    if (finished.length > 0) this.finished = [];
    return finished;
  }

  /** Messages that are still under way. */
  *unfinished(): Iterable<AuditedMessage> {
    for (const [id, message] of this.messages.unfinished()) {
      yield { id, revision: this.messageStreams.get(id)?.revision ?? -1, message };
    }
  }

  private followTeam(recorded: RecordedEvent): void {
    const team = this.teams.get(recorded.stream) ?? this.openTeam(recorded.stream);
    team.stream.follow(recorded);
    if (recorded.type === 'AccountCharged') this.counts.charges += 1;
    if (recorded.type === 'ChargeRefunded') this.counts.refunds += 1;
    tellFaults(recorded, team.stream.tell, (event) => {
      team.audit.follow(event, recorded.revision);
    });
  }

  private followMessage(recorded: RecordedEvent): void {
    const id = idInStream(recorded.stream);
    const message = this.messages.find(id);
    if (message === undefined) {
      const problem = 'no charge ordered this message, or it was at its end before';
      return this.findings.in(recorded.stream)('message_unordered', recorded.revision, problem);
    }
    const stream = this.messageStreams.get(id) ?? this.openMessage(id, recorded);
    stream.follow(recorded);
    tellFaults(recorded, stream.tell, (event) => {
      followMessage(event, recorded.revision, message, stream.tell);
    });
    if (isFinal(message) && stream.isClosed) this.close(id, stream, message);
  }

  /** What such an event says is not looked at, only that it is one, and in its place. */
  private followOther(recorded: RecordedEvent): void {
    const { stream: name } = recorded;
    const stream = this.others.get(name) ?? this.openStream(name);
    this.others.set(name, stream);
    stream.follow(recorded);
    tellFaults(recorded, stream.tell, () => undefined);
  }

  private close(id: string, { revision }: StreamAudit, message: OrderedMessage): void {
    this.messages.finish(id, message);
    this.messageStreams.delete(id);
    this.finished.push({ id, revision, message });
  }

  private openTeam(name: string): AuditedTeam {
    const stream = this.openStream(name);
    const team = { stream, audit: new TeamAudit(name, this.messages, stream.tell) };
    this.teams.set(name, team);
    return team;
  }

  private openMessage(id: string, { stream: name }: RecordedEvent): StreamAudit {
    const stream = this.openStream(name);
    this.messageStreams.set(id, stream);
    return stream;
  }

  private openStream(name: string): StreamAudit {
    this.counts.streams += 1;
    return new StreamAudit(name, this.sha256, this.findings.in(name));
  }
}

const isMessagingStream = (stream: string): boolean =>
  isContactsStream(stream) || isSendersStream(stream) || isNumberStream(stream);

const isFinal = ({ status }: OrderedMessage): boolean =>
  status === 'delivered' || status === 'failed';

/** Whatever is stored, the audit goes on. */
function tellFaults(
  recorded: RecordedEvent,
  tell: Tell,
  follow: (event: DecodedEvent) => void,
): void {
  try {
    follow(decodeStored(recorded));
  } catch (fault) {
    const kind = fault instanceof RangeError ? 'event_unknown' : 'record_unreadable';
    tell(kind, recorded.revision, `${recorded.type}: ${problemOf(fault)}`);
  }
}
