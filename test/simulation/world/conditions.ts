import type { Random } from './random';

/** How rough a run is; drawn anew for every seed, and calm at the end of each. */
export interface Conditions {
  /** Probabilities, for each append. */
  readonly appendUnavailable: number;
  readonly requestLost: number;
  readonly answerLost: number;
  readonly landsLate: number;
  /** Probability, for each read and each of its batches. */
  readonly readFails: number;
  readonly snapshotFails: number;
  readonly delayTurnsMax: number;
  /** Probabilities, for each step of those who trouble the processes. */
  readonly crash: number;
  readonly failOver: number;
  readonly projectorCrash: number;
}

export const calm: Conditions = {
  appendUnavailable: 0,
  requestLost: 0,
  answerLost: 0,
  landsLate: 0,
  readFails: 0,
  snapshotFails: 0,
  delayTurnsMax: 0,
  crash: 0,
  failOver: 0,
  projectorCrash: 0,
};

/** Some runs are rough in every way, most in some ways only: faults may hide one another. */
export function drawConditions(random: Random): Conditions {
  const maybe = (max: number): number => (random.isLucky(0.6) ? random.next() * max : 0);
  return {
    appendUnavailable: maybe(0.15),
    requestLost: maybe(0.15),
    answerLost: maybe(0.2),
    landsLate: maybe(0.15),
    readFails: maybe(0.08),
    snapshotFails: maybe(0.5),
    delayTurnsMax: random.integer(0, 6),
    crash: maybe(0.15),
    failOver: maybe(0.25),
    projectorCrash: maybe(0.2),
  };
}

/** The weather of one run: changes from what was drawn to calm. */
export class Weather {
  now: Conditions;

  constructor(readonly random: Random) {
    this.now = drawConditions(random);
  }

  get isCalm(): boolean {
    return this.now === calm;
  }

  calmDown(): void {
    this.now = calm;
  }

  delayTurns(): number {
    return this.random.integer(0, this.now.delayTurnsMax);
  }
}
