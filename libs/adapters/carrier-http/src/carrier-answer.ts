import { CarrierUnavailable, type CarrierUpdate } from '@tollgate/ports';
import { failureIn, objectIn } from './failure';
import { isProviderMessageId } from './reports';

/** What a carrier answered to a message. */
export interface CarrierAnswer {
  /** HTTP status. */
  readonly status: number;
  readonly body: string;
  readonly retryAfter?: string | undefined;
}

/** Refusals that are of this moment, not of this message. */
const MOMENTARY: readonly number[] = [408, 409, 425, 429];

/**
 * What became of the message. Only what says so in the words of the protocol is the carrier's own
 * answer; a page of a proxy, or of a wrong address, decides about no message.
 * @throws CarrierUnavailable
 */
export function updatesIn(answer: CarrierAnswer, nowMs: number): readonly CarrierUpdate[] {
  const { status } = answer;
  const said = objectIn(answer.body) ?? {};
  const isRefusal = status >= 400 && status < 500 && !MOMENTARY.includes(status);
  const updates = status >= 200 && status < 300 ? taken(said) : isRefusal ? failed(said) : [];
  if (updates.length > 0) return updates;
  const reason = `the carrier answered ${status}, which settles nothing`;
  throw new CarrierUnavailable(reason, retryAfterMs(answer.retryAfter, nowMs));
}

function taken(said: object): readonly CarrierUpdate[] {
  const { status = 'sent', providerMessageId } = said as Record<string, unknown>;
  const names = isProviderMessageId(providerMessageId) ? [providerMessageId] : [];
  switch (status) {
    case 'sent':
      return names.map((name) => ({ ...sentAs(name), reportFollows: true }));
    case 'delivered':
      return [...names.map(sentAs), { status }];
    case 'failed':
      return failed(said);
    default:
      return [];
  }
}

const sentAs = (providerMessageId: string) => ({ status: 'sent', providerMessageId }) as const;

function failed(said: object): readonly CarrierUpdate[] {
  const failure = failureIn(said);
  return failure === undefined ? [] : [{ status: 'failed', ...failure }];
}

/** Seconds or a date; undefined when it is neither. */
function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.max(ms, 0) : undefined;
}
