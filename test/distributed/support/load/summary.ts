import type { IntentKind } from '../../../e2e/support/load/intent';
import type { Storm } from '../faults/storm';
import type { FleetLoad } from './fleet-load';
import type { Register } from './register';

export function kindsAccepted({ asked }: Register): IntentKind[] {
  const kinds = new Set<IntentKind>();
  for (const { kind, view } of asked.values()) if (view !== undefined) kinds.add(kind);
  return [...kinds];
}

/** The size of a run, in words. */
export function inWords(
  { register, outages, revokers }: FleetLoad,
  storm: Storm,
  ms: number,
): string {
  const { answers } = register;
  const attempts = Object.values(answers).reduce((sum, count) => sum + count, 0);
  const accepted = register.count(({ view }) => view !== undefined);
  const never = register.count(({ answers: all, view }) => view === undefined && isOpen(all));
  const revoked = revokers.reduce((sum, revoker) => sum + revoker.revoked, 0);
  const perSecond = Math.round((attempts * 1_000) / ms);
  return [
    `distributed faults: ${Math.round(ms / 1_000)} s, ${register.asked.size} commands`,
    `  sent ${attempts} times (${perSecond}/s): ${JSON.stringify(answers)}`,
    `  ${outages.busiest} decisions in the busiest second`,
    `  in the end ${accepted} accepted, ${never} never known, ${revoked} keys revoked`,
    `  faults: ${storm.inWords()}`,
    `  longest wait of a team for a decision: ${outages.inWords()}`,
  ].join('\n');
}

const isOpen = (answers: readonly string[]): boolean => answers[answers.length - 1] !== 'refused';
