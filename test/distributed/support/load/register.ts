import { isDeepStrictEqual } from 'node:util';
import { text } from '../../../e2e/support/load/history';
import type { Intent, IntentKind, View } from '../../../e2e/support/load/intent';
import type { Told } from './told';

/** Everything that was answered to one intent, in its order. */
export interface Asked {
  readonly kind: IntentKind;
  readonly answers: Told['kind'][];
  /** What the acceptance was answered with; absent while there was none. */
  view?: View;
  /** Of the last refusal. */
  code?: string;
}

export type Count = Record<Told['kind'], number>;

/** Refusals that come before a command is recognised as a repeat. */
const CODES_BEFORE_RECALL = ['unauthorized', 'forbidden'];

/** What clients asked for and were told; contradictions are noted at once. */
export class Register {
  readonly asked = new Map<string, Asked>();
  readonly contradictions: string[] = [];
  /** Answers that decided something, so far. */
  decided = 0;
  readonly answers: Count = {
    accepted: 0,
    refused: 0,
    unavailable: 0,
    unknown: 0,
    lost: 0,
    unexpected: 0,
  };

  of({ key, kind }: Intent): Asked {
    const known = this.asked.get(key);
    if (known !== undefined) return known;
    const asked: Asked = { kind, answers: [] };
    this.asked.set(key, asked);
    return asked;
  }

  tell(intent: Intent, told: Told): void {
    const asked = this.of(intent);
    const contradict = (problem: string): void => {
      this.contradictions.push(`${intent.kind} ${intent.key}: ${problem}`);
    };
    asked.answers.push(told.kind);
    this.answers[told.kind] += 1;
    switch (told.kind) {
      case 'unexpected':
        return contradict(`answered with ${told.answer}`);
      case 'refused':
        this.decided += 1;
        asked.code = told.code;
        if (asked.view === undefined || CODES_BEFORE_RECALL.includes(told.code)) return;
        return contradict(`refused with ${told.code} after it was accepted`);
      case 'accepted':
        this.decided += 1;
        asked.view ??= told.view;
        if (isDeepStrictEqual(asked.view, told.view)) return;
        return contradict(`${text(told.view)} after ${text(asked.view)}`);
      default:
        return;
    }
  }

  /** Intents that ended like this. */
  count(isCounted: (asked: Asked) => boolean): number {
    return [...this.asked.values()].filter(isCounted).length;
  }
}

/** How often the log may have it: exactly so often when both are the same. */
export function timesInLog({ answers, view, code = '' }: Asked): readonly [number, number] {
  if (view !== undefined) return [1, 1];
  const isFinal = !CODES_BEFORE_RECALL.includes(code);
  const since = isFinal ? answers.slice(answers.lastIndexOf('refused') + 1) : answers;
  return since.some((answer) => isInDoubt(answer)) ? [0, 1] : [0, 0];
}

const isInDoubt = (answer: Told['kind']): boolean =>
  answer === 'unknown' || answer === 'lost' || answer === 'unexpected';
