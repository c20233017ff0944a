import { isDeepStrictEqual } from 'node:util';
import type { Intent, IntentKind, Verdict, View } from './intent';

/** What became of one intent, as far as its client knows. */
export interface Outcome {
  readonly kind: IntentKind;
  /** What the acceptance was answered with; absent while there was none. */
  view?: View;
  attempts: number;
  refusals: number;
  /** Attempts whose answer was lost. */
  lost: number;
}

/** Everything that clients asked for and were told; contradictions are noted at once. */
export class History {
  readonly outcomes = new Map<string, Outcome>();
  readonly contradictions: string[] = [];
  /** How many were not lost. */
  answers = 0;

  outcomeOf({ key, kind }: Intent): Outcome {
    const known = this.outcomes.get(key);
    if (known !== undefined) return known;
    const outcome: Outcome = { kind, attempts: 0, refusals: 0, lost: 0 };
    this.outcomes.set(key, outcome);
    return outcome;
  }

  lost(intent: Intent): void {
    this.outcomeOf(intent).lost += 1;
  }

  told(intent: Intent, verdict: Verdict): void {
    const outcome = this.outcomeOf(intent);
    this.answers += 1;
    if (verdict.kind === 'refused') {
      outcome.refusals += 1;
      if (outcome.view !== undefined) this.contradict(intent, 'refused after it was accepted');
    }
    if (verdict.kind !== 'accepted') return;
    outcome.view ??= verdict.view;
    if (isDeepStrictEqual(outcome.view, verdict.view)) return;
    this.contradict(intent, `${text(verdict.view)} after ${text(outcome.view)}`);
  }

  count(kind: IntentKind, isAccepted: boolean): number {
    let count = 0;
    for (const outcome of this.outcomes.values()) {
      if (outcome.kind === kind && (outcome.view !== undefined) === isAccepted) count += 1;
    }
    return count;
  }

  /** The size of the run, in words. */
  summary(): string {
    const sum = { attempts: 0, accepted: 0, refused: 0, lost: 0 };
    for (const { attempts, view, refusals, lost } of this.outcomes.values()) {
      sum.attempts += attempts;
      sum.accepted += view === undefined ? 0 : 1;
      sum.refused += refusals;
      sum.lost += lost;
    }
    const { attempts, accepted, refused, lost } = sum;
    return `${attempts} attempts, ${accepted} accepted, ${refused} refusals, ${lost} answers lost`;
  }

  private contradict({ kind, key }: Intent, problem: string): void {
    this.contradictions.push(`${kind} ${key}: ${problem}`);
  }
}

export const text = (view: View): string => JSON.stringify(view);
