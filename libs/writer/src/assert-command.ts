import { isCommandId, type CommandMetadata } from '@tollgate/domain';

/** Written between quotes as it is. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const BODY_HASH_MAX = 0xffff_ffff;

/**
 * Stops what whoever parsed the command should have stopped. Once stored it could not be read any
 * more, and with it the whole stream: an event is for ever.
 * @throws RangeError
 */
export function assertCommand(command: CommandMetadata): void {
  const problem = problemOf(command);
  if (problem !== undefined) throw new RangeError(`command ${command.id} ${problem}`);
}

function problemOf(command: CommandMetadata): string | undefined {
  const { id, at, bodyHash = 0, fingerprint = '' } = command;
  if (!isCommandId(id)) return 'has no id of a command';
  if (!isWhole(at, Number.MAX_SAFE_INTEGER)) return `has no time: ${at}`;
  if (!isWhole(bodyHash, BODY_HASH_MAX)) return `has a body hash of other than 32 bits`;
  return PLAIN.test(fingerprint) ? undefined : 'has a fingerprint that is no plain text';
}

function isWhole(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}
