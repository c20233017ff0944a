import type { AggregateKind } from '@tollgate/domain';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';

const ENVELOPE_VERSION = 1;
const PROBLEMS_MAX = 5;
const DETAIL_MAX = 200;

type AnyCommand = AggregateKind['command'];

/** What a record's value turned out to be; a command without a time has that of its record. */
export type ParsedCommand<Command extends AnyCommand> =
  | { readonly command: Command; readonly problem?: undefined }
  | { readonly command?: undefined; readonly problem: string };

export type CommandReader<Command extends AnyCommand> = (
  value: string,
  recordedAt: number,
) => ParsedCommand<Command>;

export function encodeCommand(command: AnyCommand): string {
  return JSON.stringify({ version: ENVELOPE_VERSION, ...command });
}

/** The schema is compiled when it is needed first: it takes some ten ms, and few programs do. */
export function commandReader<Command extends AnyCommand>(schema: object): CommandReader<Command> {
  let compiled: ValidateFunction<Envelope> | undefined;
  return (value, recordedAt) => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(value);
    } catch {
      return { problem: 'the value is not JSON' };
    }
    compiled ??= new Ajv({ allErrors: true, strict: false }).compile<Envelope>(schema);
    if (!compiled(parsed)) return { problem: problemOf(compiled.errors ?? []) };
    const { version, ...command } = parsed;
    return { command: { ...command, at: command.at ?? recordedAt } as Command };
  };
}

type Envelope = { readonly version: number; readonly at?: number };

function problemOf(errors: readonly ErrorObject[]): string {
  const telling = errors.filter(({ keyword }) => keyword !== 'if').map(inWords);
  return [...new Set(telling)].slice(0, PROBLEMS_MAX).join('; ');
}

function inWords({ instancePath, keyword, message, params }: ErrorObject): string {
  const place = instancePath === '' ? 'the command' : instancePath.slice(1).replaceAll('/', '.');
  // Of a field that others exclude.
  if (keyword === 'false schema') return `${place} must NOT be there`;
  const detail = detailOf(params);
  return `${place} ${message}${detail === undefined ? '' : ` (${detail})`}`;
}

/** What the message leaves out: the field that is unknown, or the values that are allowed. */
function detailOf(params: ErrorObject['params']): string | undefined {
  const { additionalProperty, allowedValue, allowedValues } = params as Readonly<
    Record<string, unknown>
  >;
  if (typeof additionalProperty === 'string') return clipped(additionalProperty);
  const allowed = allowedValue === undefined ? allowedValues : [allowedValue];
  return (allowed as readonly unknown[] | undefined)?.map(String).join(', ');
}

/** A producer chooses the names of its fields, and the problem goes into a header. */
function clipped(text: string): string {
  return text.length <= DETAIL_MAX ? text : `${text.slice(0, DETAIL_MAX)}…`;
}
