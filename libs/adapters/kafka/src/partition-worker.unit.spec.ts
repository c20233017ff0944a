import { EXPIRES_AT, REPLY_TO, billingProtocol, decodeReply } from '@tollgate/contracts';
import type { TeamCommand, TeamKind } from '@tollgate/domain';
import { OwnershipLost, type CommandHandler, type Outcome } from '@tollgate/ports';
import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import { aCharge, acceptedOf, newTeam, silent } from '../spec/stage';
import type { Claim } from './ownership';
import { PartitionWorker } from './partition-worker';

const teamId = newTeam();
const refused: Outcome = {
  status: 'refused',
  streamRevision: 1,
  rejection: { code: 'insufficient_balance', required: 2, available: 1 },
};

function recordOf(offset: number, command: TeamCommand, expiresAt?: number): KafkaMessage {
  const expiry = expiresAt === undefined ? {} : { [EXPIRES_AT]: Buffer.from(String(expiresAt)) };
  return {
    offset: String(offset),
    key: Buffer.from(command.teamId),
    value: Buffer.from(billingProtocol.encode(command)),
    timestamp: String(Date.now()),
    headers: { [REPLY_TO]: Buffer.from('replies'), ...expiry },
  } as unknown as KafkaMessage;
}

describe('the worker of a partition', () => {
  let told: string[];
  let commit: (offset: string) => Promise<void>;
  let isHeld: boolean;
  let handle: CommandHandler;
  let worker: PartitionWorker<TeamKind>;

  beforeEach(() => {
    told = [];
    isHeld = true;
    commit = async (offset) => void told.push(`committed ${offset}`);
    handle = async (_, commands) => {
      told.push(`decided ${commands.length}`);
      return commands.map(() => refused);
    };
    const claim: Claim = {
      meeting: 1,
      get isHeld() {
        return isHeld;
      },
      confirm: async () => {
        if (!isHeld) throw new OwnershipLost('gone');
      },
    };
    const payload = {
      batch: { topic: 'commands', partition: 3 },
      commitOffsetsIfNecessary: (offsets: { topics: [{ partitions: [{ offset: string }] }] }) =>
        commit(offsets.topics[0].partitions[0].offset),
    } as unknown as EachBatchPayload;
    const tools = {
      protocol: billingProtocol,
      handle: (team: string, commands: readonly TeamCommand[]) => handle(team, commands),
      log: silent,
      claims: new Map(),
      park: async (letters: readonly unknown[]) => void told.push(`parked ${letters.length}`),
      answer: ({ message }: { message: { value: unknown } }) =>
        void told.push(decodeReply(String(message.value)).status),
      setPaused: () => undefined,
    };
    worker = new PartitionWorker(claim, tools, payload);
  });

  it('decides, then commits, then answers: in this order', async () => {
    worker.add([recordOf(7, aCharge(teamId)), recordOf(8, aCharge(teamId))]);
    await worker.drained();
    expect(told).toEqual(['decided 2', 'committed 9', 'refused', 'refused']);
  });

  it('answers nobody when the group does not take its commit any more', async () => {
    commit = () => Promise.reject(Object.assign(new Error('old'), { type: 'ILLEGAL_GENERATION' }));
    worker.add([recordOf(7, aCharge(teamId))]);
    await worker.drained();
    expect(told).toEqual(['decided 1']);
  });

  it('tries a commit again that failed for another reason', async () => {
    let failures = 2;
    commit = async (offset) => {
      if ((failures -= 1) >= 0) throw new Error('connection lost');
      told.push(`committed ${offset}`);
    };
    worker.add([recordOf(7, aCharge(teamId))]);
    await worker.drained();
    expect(told).toEqual(['decided 1', 'committed 8', 'refused']);
  });

  it('decides what gathers meanwhile in one go', async () => {
    const waiting: (() => void)[] = [];
    handle = async (_, commands) => {
      told.push(`decided ${commands.length}`);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return commands.map(acceptedOf);
    };
    worker.add([recordOf(1, aCharge(teamId))]);
    for (let offset = 2; offset <= 6; offset += 1) worker.add([recordOf(offset, aCharge(teamId))]);
    await new Promise(setImmediate);
    waiting.shift()!();
    await new Promise((resolve) => setTimeout(resolve, 10));
    waiting.shift()!();
    await worker.drained();
    expect(told.filter((each) => each.startsWith('decided'))).toEqual(['decided 1', 'decided 5']);
  });

  it('stops trying when the partition went to another, and is silent', async () => {
    handle = async (_, commands) => {
      told.push('tried');
      isHeld = false;
      return commands.map(() => ({ status: 'unavailable' }));
    };
    worker.add([recordOf(7, aCharge(teamId))]);
    await worker.drained();
    worker.add([recordOf(8, aCharge(teamId))]);
    await worker.drained();
    expect(told).toEqual(['tried']);
  });

  it('lets go of commands that nobody waits for, and moves on', async () => {
    worker.add([recordOf(7, aCharge(teamId), Date.now() - 1)]);
    await worker.drained();
    expect(told).toEqual(['committed 8']);
  });

  it('keeps trying a command that may be in the log, though nobody waits for it', async () => {
    const command = aCharge(teamId);
    let tries = 0;
    handle = async () => {
      tries += 1;
      return tries < 3 ? [{ status: 'unknown', commandId: command.id }] : [acceptedOf(command)];
    };
    worker.add([recordOf(7, command, Date.now() + 20)]);
    await worker.drained();
    expect([tries, told]).toEqual([3, ['committed 8', 'accepted']]);
  });

  it('parks a command that can not be stored, and decides the others', async () => {
    handle = async (_, commands) => {
      if (commands.some((command) => command.type === 'Charge' && command.data.amount === 13)) {
        throw new RangeError('not this one');
      }
      return commands.map(acceptedOf);
    };
    worker.add([1, 13, 2].map((amount, place) => recordOf(place, aCharge(teamId, amount))));
    await worker.drained();
    expect(told).toEqual(['parked 1', 'committed 3', 'accepted', 'undecidable', 'accepted']);
  });
});
