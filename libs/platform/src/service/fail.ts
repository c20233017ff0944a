import { ConfigInvalid } from '../environment';

/**
 * Says what is wrong in a sentence, and nothing of how the program is built; then ends it.
 * @param program whose sentence it is.
 */
export function fail(fault: unknown, program = 'tollgate'): never {
  const problem = fault instanceof Error ? fault.message : String(fault);
  const text = fault instanceof ConfigInvalid ? `settings:\n${problem}` : problem;
  process.stderr.write(`${program}: ${text.replaceAll('\n', '\n  ')}\n`);
  process.exit(1);
}
