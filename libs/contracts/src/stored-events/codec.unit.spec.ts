import {
  TeamPlay,
  arbitraryMoves,
  commandIdAt,
  eventMetadataOf,
  serialiseTeam,
  specTime,
  teamAfter,
} from '@tollgate/testing';
import { team, type EventMetadata, type TeamEvent } from '@tollgate/domain';
import fc from 'fast-check';
import { decodeEvent, encodeEvent } from './codec';
import { decodeMetadata, encodeMetadata } from './metadata';

const metadata: EventMetadata = { commandId: commandIdAt(7), at: specTime };
const event: TeamEvent = {
  type: 'CreditLimitSet',
  data: { accountId: 'sub_1', creditLimit: null },
};

describe('the codec', () => {
  it('gives back every event and its metadata', () => {
    fc.assert(
      fc.property(arbitraryMoves(60), (moves) => {
        const play = new TeamPlay();
        const state = team.initialState();
        const stored: { type: string; data: string; metadata: string }[] = [];
        const send = (command: ReturnType<TeamPlay['commandOf']>): void => {
          const decision = team.decide(command, state);
          if (decision.kind !== 'accepted') return;
          decision.events.forEach((accepted, index) => {
            const from = eventMetadataOf(command);
            team.evolve(state, accepted, from);
            play.learn(accepted);
            const { decoded, id, ...bytes } = encodeEvent(accepted, from, index);
            expect(id).toBe(`${command.id}/${index}`);
            expect(decodeEvent(bytes).event).toStrictEqual(accepted);
            expect(decodeEvent(bytes).metadata).toEqual({ ...from, version: 1 });
            expect(decoded).toStrictEqual({ event: accepted, metadata: from });
            stored.push(bytes);
          });
        };
        send(play.open(50));
        for (const move of moves) send(play.commandOf(move));
        const read = stored.map((bytes) => decodeEvent(bytes));
        const past = read.map((each) => ({ ...each, event: each.event as TeamEvent }));
        expect(serialiseTeam(teamAfter(past))).toBe(serialiseTeam(state));
      }),
      { numRuns: 50 },
    );
  });

  it('spares parsing what was written by the same process', () => {
    const encoded = encodeEvent(event, metadata, 0);
    expect(decodeEvent({ ...encoded, data: 'not read' })).toBe(encoded.decoded);
  });

  it('names an event by its command and its place in it', () => {
    expect(encodeEvent(event, metadata, 0).id).toBe(`${metadata.commandId}/0`);
    expect(encodeEvent(event, metadata, 12).id).toBe(`${metadata.commandId}/12`);
  });

  it('says so when bytes are not JSON', () => {
    const { type, data, metadata: stored } = encodeEvent(event, metadata, 0);
    expect(() => decodeEvent({ type, data: data.slice(1), metadata: stored })).toThrow(SyntaxError);
    expect(() => decodeEvent({ type, data, metadata: '' })).toThrow(SyntaxError);
  });

  it('reads no event of a type or a version that it does not know', () => {
    const data = '{}';
    const stored = encodeMetadata(metadata, 1);
    for (const type of ['FundsHeld', 'constructor', '__proto__', '', 'accountCharged']) {
      expect(() => decodeEvent({ type, data, metadata: stored })).toThrow('unknown event');
    }
    for (const version of [0, 2, 99]) {
      const of = { type: 'TeamOpened', data, metadata: encodeMetadata(metadata, version) };
      expect(() => decodeEvent(of)).toThrow(`unknown event: TeamOpened, version ${version}`);
    }
  });
});

describe('stored metadata', () => {
  const text = fc.string({ unit: 'binary' });
  const optional = { requiredKeys: ['commandId', 'at'] as ('commandId' | 'at')[] };
  const arbitrary = fc.record(
    {
      commandId: fc.nat().map(commandIdAt),
      at: fc.nat(),
      keyId: text,
      bodyHash: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fingerprint: text,
      correlationId: text,
      causationId: text,
      traceparent: text,
    },
    optional,
  );

  it('reads back as it was', () => {
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 1, max: 9 }), (given, version) => {
        const read = decodeMetadata(encodeMetadata(given as EventMetadata, version));
        expect(read).toEqual({ ...given, version });
      }),
    );
  });

  it('holds no line feed and nothing that is absent', () => {
    expect(encodeMetadata(metadata, 1)).toBe(
      `{"at":${specTime},"command":"${metadata.commandId}"}`,
    );
    expect(encodeMetadata({ ...metadata, keyId: 'a\nb' }, 2)).toBe(
      `{"at":${specTime},"command":"${metadata.commandId}","v":2,"key":"a\\nb"}`,
    );
  });
});
