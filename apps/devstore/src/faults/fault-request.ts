import { APPEND_FAULTS, type AppendFault, type FaultSettings } from './faults';

export interface FaultRequest {
  readonly settings: FaultSettings;
  readonly cutStreams: boolean;
  readonly cutReads: boolean;
}

/** @throws Error for what asks for no known fault. */
export function faultRequest(json: string): FaultRequest {
  const body = JSON.parse(json) as Readonly<Record<string, unknown>>;
  const { append, delayMs = 0, count, cutStreams = false, cutReads = false } = body;
  if (append !== undefined && !isAppendFault(append)) {
    throw new Error(`append must be one of ${APPEND_FAULTS.join(', ')}`);
  }
  const settings = {
    ...(append === undefined ? {} : { append }),
    delayMs: countIn('delayMs', delayMs),
    ...(count === undefined ? {} : { count: countIn('count', count) }),
  };
  return { settings, cutStreams: cutStreams === true, cutReads: cutReads === true };
}

function isAppendFault(value: unknown): value is AppendFault {
  return (APPEND_FAULTS as readonly unknown[]).includes(value);
}

function countIn(name: string, value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw new Error(`${name} must be a whole number`);
}
