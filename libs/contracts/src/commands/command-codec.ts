import type { TeamCommand } from '@tollgate/domain';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { commandSchema } from './command.schema';

const ENVELOPE_VERSION = 1;
const PROBLEMS_MAX = 5;
const DETAIL_MAX = 200;

/** What a record's value turned out to be; `at` is absent when the producer left it out. */
export type ParsedCommand =
  | { readonly command: TeamCommand; readonly problem?: undefined }
  | { readonly command?: undefined; readonly problem: string };

/** The value of the record that puts a command on a topic. */
export function encodeCommand(command: TeamCommand): string {
  return JSON.stringify({ version: ENVELOPE_VERSION, ...command });
}

/**
 * Reads a record's value; what is none says why, naming the field and the rule.
 * @param recordedAt Unix ms of the record, for commands that do not say when they were asked for.
 */
export function decodeCommand(value: string, recordedAt: number): ParsedCommand {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return { problem: 'the value is not JSON' };
  }
  if (!isCommand(parsed)) return { problem: problemOf(validator().errors ?? []) };
  const { version, ...command } = parsed;
  return { command: { ...command, at: command.at ?? recordedAt } as TeamCommand };
}

type Envelope = { readonly version: number; readonly at?: number };

function isCommand(value: unknown): value is Envelope {
  return validator()(value);
}

let compiled: ValidateFunction | undefined;

/** Compiled when it is needed first: it takes some ten ms, and few programs do. */
function validator(): ValidateFunction {
  compiled ??= new Ajv({ allErrors: true, strict: false }).compile(commandSchema);
  return compiled;
}

function problemOf(errors: readonly ErrorObject[]): string {
  const telling = errors.filter(({ keyword }) => keyword !== 'if').map(inWords);
  return [...new Set(telling)].slice(0, PROBLEMS_MAX).join('; ');
}

function inWords({ instancePath, message, params }: ErrorObject): string {
  const place = instancePath === '' ? 'the command' : instancePath.slice(1).replaceAll('/', '.');
  const detail = detailOf(params);
  return `${place} ${message}${detail === undefined ? '' : ` (${clipped(String(detail))})`}`;
}

/** What the message leaves out: the field that is unknown, or the values that are allowed. */
function detailOf(params: ErrorObject['params']): unknown {
  const { additionalProperty, allowedValue, allowedValues } = params as Readonly<
    Record<string, unknown>
  >;
  return additionalProperty ?? allowedValue ?? (allowedValues as string[] | undefined)?.join(', ');
}

/** A producer chooses the names of its fields, and the problem goes into a header. */
function clipped(text: string): string {
  return text.length <= DETAIL_MAX ? text : `${text.slice(0, DETAIL_MAX)}…`;
}
