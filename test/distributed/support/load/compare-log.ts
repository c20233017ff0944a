import { isDeepStrictEqual } from 'node:util';
import { LoggedViews } from '../../../e2e/support/load/compare';
import { text } from '../../../e2e/support/load/history';
import type { View } from '../../../e2e/support/load/intent';
import { timesInLog, type Asked, type Register } from './register';

/** Where what clients were told and what the log holds are not the same. */
export async function contradictionsIn(register: Register, place: string): Promise<string[]> {
  const logged = await LoggedViews.of(place);
  const differences = [...register.contradictions];
  for (const [key, asked] of register.asked) {
    // A limit sets a value: it may be set any number of times, and is shown by the audit.
    if (asked.kind === 'limit') continue;
    const found = logged.of(key);
    if (!agrees(asked, found)) differences.push(`${key}: ${inWords(asked, found)}`);
  }
  return differences;
}

function agrees(asked: Asked, found: readonly View[]): boolean {
  const [min, max] = timesInLog(asked);
  if (found.length < min || found.length > max) return false;
  return asked.view === undefined || isDeepStrictEqual(found[0], asked.view);
}

function inWords({ kind, answers, view, code }: Asked, found: readonly View[]): string {
  const told = view === undefined ? `${answers.join(', ')} (${code})` : text(view);
  return `${kind} told ${told}, logged ${found.map(text).join(' and ') || 'nothing'}`;
}
