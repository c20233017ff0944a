import { decodeEvent, idInStream, isContactsStream, isTeamStream } from '@tollgate/contracts';
import { LogFollower, type FollowerPorts } from '@tollgate/follower';
import type { RecordedEvent, Vault } from '@tollgate/ports';
import { RecipientRecorder, type RecipientRecorderPorts } from './recipient-recorder';

export interface RecipientKeeperPorts extends FollowerPorts, RecipientRecorderPorts {
  readonly vault: Pick<Vault, 'destroy'>;
}

/** Name of its checkpoint. */
export const RECIPIENTS_CONSUMER = 'recipients';
const AT_ONCE_MAX = 64;

/** Follows the log: those who are sent to become contacts, those who are deleted are forgotten. */
export class RecipientKeeper {
  private readonly follower: LogFollower;
  private readonly recorder: RecipientRecorder;

  constructor(private readonly ports: RecipientKeeperPorts) {
    this.recorder = new RecipientRecorder(ports);
    this.follower = new LogFollower(ports, {
      consumer: RECIPIENTS_CONSUMER,
      handle: (events) => this.follow(events),
    });
  }

  /** @throws Error the checkpoint can't be read; start again later. */
  start(): Promise<void> {
    return this.follower.start();
  }

  /** Resolves when the log is handled as it was at the call. */
  idle(): Promise<void> {
    return this.follower.caughtUp();
  }

  stop(): Promise<void> {
    return this.follower.stop();
  }

  /** Beside each other, for each waits for others; a deletion waits for what came before it. */
  private async follow(events: readonly RecordedEvent[]): Promise<void> {
    let underWay: Promise<void>[] = [];
    for (const recorded of events.filter(isOfInterest)) {
      if (isContactsStream(recorded.stream)) {
        await Promise.all(underWay);
        underWay = [];
        await this.forget(recorded);
      } else underWay.push(this.recorder.record(recorded));
      if (underWay.length < AT_ONCE_MAX) continue;
      await Promise.all(underWay);
      underWay = [];
    }
    await Promise.all(underWay);
  }

  private async forget(recorded: RecordedEvent): Promise<void> {
    const { event, metadata } = decodeEvent(recorded);
    const subjects = subjectsOf(event);
    await Promise.all(subjects.map((each) => this.ports.vault.destroy(each, metadata.at)));
    this.recorder.forget(idInStream(recorded.stream));
  }
}

function subjectsOf(event: ReturnType<typeof decodeEvent>['event']): readonly string[] {
  if (event.type === 'ContactDeleted') return event.data.subjects;
  return event.type === 'ContactsMerged' ? [event.data.sourceContactId] : [];
}

/** Most charges are of other things, and are told apart without being read. */
function isOfInterest({ type, stream, data }: RecordedEvent): boolean {
  if (type === 'AccountCharged') return isTeamStream(stream) && data.includes('"type":"message"');
  return type === 'ContactDeleted' || type === 'ContactsMerged';
}
