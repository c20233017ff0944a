import {
  InMemoryEventLog,
  InMemoryReadModels,
  InMemorySnapshots,
} from '@tollgate/adapter-in-memory';
import { decodeEvent, teamStream } from '@tollgate/contracts';
import {
  messageIdOf,
  team,
  type TeamCommand,
  type TeamEvent,
  type TeamState,
} from '@tollgate/domain';
import { projectEvents } from '@tollgate/projections';
import {
  TeamPlay,
  arbitraryMoves,
  commandIdAt,
  nodeDigest,
  teamId,
  type Move,
} from '@tollgate/testing';
import { Writer, teamAggregate } from '@tollgate/writer';
import fc from 'fast-check';
import { replayTeam } from './replay-team';
import { verifyLog } from './verify-log';

/*
 * Goal: what the writer accepts is never a finding, whatever is asked of it. Method: play random
 * moves through the real writer, then audit its log and what is projected from it.
 */

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const OPENING_BALANCE = 100;
let messages = 0;

async function play(moves: readonly Move[]): Promise<InMemoryEventLog> {
  const events = new InMemoryEventLog();
  const snapshots = new InMemorySnapshots();
  const writer = new Writer(teamAggregate, { events, snapshots, digest: nodeDigest, log: silent });
  const game = new TeamPlay();
  await submit(writer, game, game.open(OPENING_BALANCE));
  for (const move of moves) await submit(writer, game, game.commandOf(move));
  await writer.close();
  return events;
}

async function submit(writer: Writer, game: TeamPlay, command: TeamCommand): Promise<void> {
  const [outcome] = await writer.submit(teamId, [asTheGatewayDoes(command)]);
  if (outcome?.status !== 'accepted' || outcome.isRepeat) return;
  outcome.events.forEach((event) => game.learn(event));
}

/** Whoever asks for a message draws a new id for it, also when asking again. */
function asTheGatewayDoes(command: TeamCommand): TeamCommand {
  if (command.type !== 'Charge' || command.data.item.type !== 'message') return command;
  messages += 1;
  const item = { ...command.data.item, id: messageIdOf(commandIdAt(messages)) };
  return { ...command, data: { ...command.data, item } };
}

async function projectionOf(events: InMemoryEventLog): Promise<InMemoryReadModels> {
  const readModels = new InMemoryReadModels();
  for await (const batch of events.readAll()) await readModels.apply(projectEvents(batch));
  return readModels;
}

async function domainFold(events: InMemoryEventLog): Promise<TeamState> {
  const state = team.initialState();
  for await (const batch of events.readStream(teamStream(teamId))) {
    for (const recorded of batch) {
      const { event, metadata } = decodeEvent(recorded);
      team.evolve(state, event as TeamEvent, metadata);
    }
  }
  return state;
}

describe('a log that the writer wrote', () => {
  it('has no findings, and replays to the numbers that the writer decides on', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryMoves(60), async (moves) => {
        const events = await play(moves);
        const readModels = await projectionOf(events);
        const report = await verifyLog({ events, readModels, digest: nodeDigest });
        expect(report).toMatchObject({ isComplete: true, findings: [] });
        const state = await domainFold(events);
        const asOf = await replayTeam({ events, teamId, at: Number.MAX_SAFE_INTEGER });
        expect([asOf?.revision, asOf?.balance.micros]).toEqual([state.revision, state.balance]);
        const accounts = [...state.accounts].map(([id, { spent, creditLimit, status }]) => [
          ...[id, spent, creditLimit, status],
        ]);
        expect(
          asOf?.accounts.map(({ id, totalSpent, creditLimit, status }) => [
            ...[id, totalSpent.micros, creditLimit?.micros ?? null, status],
          ]),
        ).toEqual(accounts);
      }),
      { numRuns: 150 },
    );
  });
});
