import assert from 'node:assert/strict';
import { team, type TeamCommand, type TeamState } from '@tollgate/domain';
import type { RecordedEvent } from '@tollgate/ports';
import {
  ReferenceLedger,
  TeamPlay,
  arbitraryMoves,
  eventMetadataOf,
  teamId,
  type Move,
  type PastEvent,
} from '@tollgate/testing';
import fc from 'fast-check';
import { EntryWiseReadModels } from '../spec/entry-wise-read-models';
import { RecordedEvents, type Told } from '../spec/recorded';
import { projectEvents } from './project-events';
import { accountKey, apiKeyKey, messageKey, teamKey } from './read-models';

/*
 * Goal: whatever a team goes through, and however its events are cut into batches and come again,
 * the rows at a revision are what the domain and a second set of books make of the log up to it.
 */

/** What a team goes through that gets these commands, its messages in turn delivered and failed. */
function playOut(moves: readonly Move[]): RecordedEvents {
  const play = new TeamPlay();
  const state = team.initialState();
  const log = new RecordedEvents(teamId);
  const ordered = new Set<string | undefined>();
  const send = (command: TeamCommand): void => {
    const decision = team.decide(command, state);
    if (decision.kind !== 'accepted') return;
    const itemId = messageIdIn(command);
    if (itemId !== undefined && ordered.has(itemId)) return;
    ordered.add(itemId);
    const metadata = eventMetadataOf({ ...command, at: Math.max(command.at, state.lastAt) });
    for (const event of decision.events) {
      team.evolve(state, event, metadata);
      play.learn(event);
      log.team([{ event, metadata }]);
      if (event.type === 'AccountCharged') deliver(log, { event, metadata });
    }
  };
  send(play.open(60));
  for (const move of moves) send(play.commandOf(move));
  return log;
}

/** A message is ordered once; the moves may do so again when a command id is long forgotten. */
function messageIdIn(command: TeamCommand): string | undefined {
  const item = command.type === 'Charge' ? command.data.item : undefined;
  return item?.type === 'message' ? item.id : undefined;
}

function deliver(log: RecordedEvents, { event, metadata: { at } }: Told): void {
  if (event.type !== 'AccountCharged' || event.data.item.type !== 'message') return;
  const messageId = event.data.item.id;
  const data = { messageId, accountId: event.data.accountId, teamId };
  log.message({ type: 'MessageSent', data: { ...data, providerMessageId: `p ${messageId}` } }, at);
  if (event.data.amount % 2 === 0) {
    log.message({ type: 'MessageDelivered', data }, at);
  } else {
    const reason = { errorCode: '1', errorMessage: 'no' };
    log.message({ type: 'MessageFailed', data: { ...data, ...reason } }, at);
  }
}

const isOfTeam = ({ stream }: RecordedEvent): boolean => stream.endsWith(teamId);

function pastOf(events: readonly RecordedEvent[]): PastEvent[] {
  return events.filter(isOfTeam).map(({ type, data, metadata }) => {
    const { at, command, key } = JSON.parse(metadata) as {
      at: number;
      command: string;
      key?: string;
    };
    const origin = { commandId: command, at, ...(key === undefined ? {} : { keyId: key }) };
    const event = { type, data: JSON.parse(data) as unknown } as PastEvent['event'];
    return { event, metadata: origin };
  });
}

function expectFold(models: EntryWiseReadModels, events: readonly RecordedEvent[]): void {
  const books = new ReferenceLedger();
  const state = team.initialState();
  for (const { event, metadata } of pastOf(events)) {
    assert.deepEqual(books.record(event, metadata), []);
    team.evolve(state, event, metadata);
  }
  assert.equal(models.revisions.get(`team-${teamId}`), state.revision);
  expectTeam(models, state, books);
  expectMessages(models, events);
}

function expectTeam(models: EntryWiseReadModels, state: TeamState, books: ReferenceLedger): void {
  const row = models.rows.get(teamKey(teamId))!;
  assert.equal(row['balance'], state.balance);
  assert.equal(BigInt(row['balance'] as number), books.balance);
  for (const [accountId, account] of state.accounts) {
    const shown = models.rows.get(accountKey(teamId, accountId))!;
    const { totalSpent, creditLimit, status, externalId } = shown;
    const { spent, creditLimit: limit, status: actual, externalId: outer = null } = account;
    assert.deepEqual([totalSpent, creditLimit, status, externalId], [spent, limit, actual, outer]);
    const page = books.pageOf(accountId)!;
    assert.equal(BigInt(totalSpent as number), page.spent);
    assert.equal(creditLimit === null ? null : BigInt(creditLimit as number), page.limit);
    assert.equal(status === 'active', page.isActive);
  }
  for (const [keyId, key] of state.keys) {
    const shown = models.rows.get(apiKeyKey(teamId, keyId))!;
    assert.equal(shown['accountId'], key.accountId);
    assert.equal(shown['revokedAt'] !== null, key.isRevoked);
    assert.equal(shown['revokedAt'] === null, books.isKeyActive(keyId));
  }
}

function expectMessages(models: EntryWiseReadModels, events: readonly RecordedEvent[]): void {
  const status = new Map<string, string>();
  const words: Readonly<Record<string, string>> = {
    MessageSent: 'sent',
    MessageDelivered: 'delivered',
    MessageFailed: 'failed',
  };
  for (const { type, data } of events) {
    const { item, messageId } = JSON.parse(data) as { item?: { id?: string }; messageId?: string };
    if (type === 'AccountCharged' && item?.id !== undefined) status.set(item.id, 'queued');
    if (messageId !== undefined) status.set(messageId, words[type]!);
  }
  for (const [id, word] of status)
    assert.equal(models.rows.get(messageKey(teamId, id))?.['status'], word);
}

const cuts = fc.array(fc.nat({ max: 1_000 }), { maxLength: 8 });

/** The events in batches that end at the given places, so far as there are any. */
function cut(events: readonly RecordedEvent[], places: readonly number[]): RecordedEvent[][] {
  const ends = [...new Set(places.map((place) => place % (events.length + 1)))].sort(
    (a, b) => a - b,
  );
  return [0, ...ends].map((start, index) => events.slice(start, ends[index] ?? events.length));
}

describe('given any history of a team and its messages', () => {
  it('when it is shown in any batches, then at each revision the rows are the fold', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryMoves(80), cuts, async (moves, places) => {
        const { all } = playOut(moves);
        const models = new EntryWiseReadModels();
        let shown = 0;
        for (const batch of cut(all, places)) {
          await models.apply(projectEvents(batch));
          shown += batch.length;
          if (shown > 0) expectFold(models, all.slice(0, shown));
          if (shown > 0) assert.equal(await models.checkpoint(), all[shown - 1]!.position);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('when events come again in other batches, then nothing changes', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryMoves(60), cuts, cuts, async (moves, places, again) => {
        const { all } = playOut(moves);
        const half = all.slice(0, Math.ceil(all.length / 2));
        const models = new EntryWiseReadModels();
        for (const batch of cut(half, places)) await models.apply(projectEvents(batch));
        const before = models.dump();
        for (const batch of cut(half, again)) await models.apply(projectEvents(batch));
        assert.deepEqual(models.dump(), before);

        for (const batch of cut(all, again)) {
          await models.apply(projectEvents(batch, models.revisions));
        }
        expectFold(models, all);
        const straight = new EntryWiseReadModels();
        await straight.apply(projectEvents(all));
        assert.deepEqual(models.dump(), straight.dump());
      }),
      { numRuns: 200 },
    );
  });
});
