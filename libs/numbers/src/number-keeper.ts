import { decodeEvent, idInStream, isTeamStream } from '@tollgate/contracts';
import { JobRunner, LogFollower, type FollowerPorts } from '@tollgate/follower';
import type { RecordedEvent } from '@tollgate/ports';
import { NumberFollowUp, type NumberFollowUpPorts } from './number-follow-up';

export interface NumberKeeperPorts extends FollowerPorts, NumberFollowUpPorts {}

export interface NumberKeeperOptions {
  /** How often it looks for renewals and claims that are due, in ms. @default 1000 */
  readonly everyMs?: number;
}

/** Name of its checkpoint, and of its schedule. */
export const NUMBERS_CONSUMER = 'numbers';

/**
 * Follows the log, and brings numbers to where their charges say: bought ones are added, renewed
 * ones go on, those that can't be paid are suspended, released ones are free again.
 */
export class NumberKeeper {
  private readonly followUp: NumberFollowUp;
  private readonly follower: LogFollower;
  private readonly jobs: JobRunner;

  constructor(ports: NumberKeeperPorts, options: NumberKeeperOptions = {}) {
    const { schedule, clock, log } = ports;
    this.followUp = new NumberFollowUp(ports);
    this.follower = new LogFollower(ports, {
      consumer: NUMBERS_CONSUMER,
      handle: (events) => this.follow(events),
    });
    this.jobs = new JobRunner({
      ...options,
      schedule,
      clock,
      log,
      run: ({ name, detail }) => this.followUp.run(name, detail),
      caughtUp: () => this.follower.caughtUp(),
    });
  }

  /** @throws Error the checkpoint can't be read; start again later. */
  async start(): Promise<void> {
    await this.follower.start();
    this.jobs.start();
  }

  /** Resolves when the log is handled as it was at the call, and what was due is done. */
  async idle(): Promise<void> {
    await this.jobs.look();
    await this.follower.caughtUp();
  }

  async stop(): Promise<void> {
    await this.jobs.stop();
    await this.follower.stop();
  }

  private async follow(events: readonly RecordedEvent[]): Promise<void> {
    for (const recorded of events) {
      if (isOfInterest(recorded)) await this.followOne(recorded);
    }
  }

  private async followOne(recorded: RecordedEvent): Promise<void> {
    const { event, metadata } = decodeEvent(recorded);
    switch (event.type) {
      case 'NumberClaimed':
        return this.followUp.claimed(event.data, metadata);
      case 'NumberClaimReleased':
        return this.followUp.claimReleased(event.data.numberId);
      case 'NumberReleased':
        return this.followUp.released(event.data, metadata.commandId);
      case 'AccountCharged': {
        const { accountId, chargeId, item } = event.data;
        if (item.type !== 'phone_number') return;
        const charged = { teamId: idInStream(recorded.stream), accountId, chargeId, item };
        return item.isRenewal === true
          ? this.followUp.renewed(charged)
          : this.followUp.bought(charged);
      }
      default:
        return;
    }
  }
}

const TYPES: readonly string[] = ['NumberClaimed', 'NumberClaimReleased', 'NumberReleased'];

/** Most charges are of other things, and are told apart without being read. */
function isOfInterest({ type, stream, data }: RecordedEvent): boolean {
  if (type === 'AccountCharged') return isTeamStream(stream) && data.includes('"phone_number"');
  return TYPES.includes(type);
}
