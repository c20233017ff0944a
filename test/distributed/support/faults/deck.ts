import type { Random } from '../../../e2e/support/random';
import { KILLED, type Fault } from './fault';
import {
  answersLost,
  billingPaused,
  killed,
  redisFlushed,
  redisPutBack,
  type Stage,
} from './kinds';

const AT_ONCE_MAX = 6;
const PAUSES = 4;
const ANSWERS_LOST = 4;
const MESSAGING_KILLS = 3;

/** All faults of a run, each part killed so often, in a random order, some of them at once. */
export function dealt(stage: Stage, kills: number): readonly (readonly Fault[])[] {
  const { random } = stage;
  const faults: Fault[] = [
    ...KILLED.flatMap((part) => times(kills, () => killed(stage, part))),
    ...times(MESSAGING_KILLS, () => killed(stage, 'messaging')),
    ...times(PAUSES, () => billingPaused(stage)),
    ...times(ANSWERS_LOST, () => answersLost(stage)),
    redisFlushed(stage),
    redisPutBack(stage),
  ];
  return inHands(shuffled(faults, random), random);
}

function inHands(faults: Fault[], random: Random): Fault[][] {
  const hands: Fault[][] = [];
  while (faults.length > 0) {
    const hand: Fault[] = [];
    for (let left = random.integer(1, AT_ONCE_MAX); left > 0; left -= 1) {
      const place = faults.findIndex(({ part }) => hand.every((held) => held.part !== part));
      if (place >= 0) hand.push(...faults.splice(place, 1));
    }
    hands.push(hand);
  }
  return hands;
}

function shuffled(faults: readonly Fault[], random: Random): Fault[] {
  const keyed = faults.map((fault) => ({ fault, place: random.next() }));
  return keyed.sort((one, other) => one.place - other.place).map(({ fault }) => fault);
}

const times = <Item>(count: number, make: () => Item): Item[] =>
  Array.from({ length: count }, make);
