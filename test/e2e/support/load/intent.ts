import type { Answer, Refusal } from '../api';

/** What a client was told, in the fields that the log must confirm. */
export type View = Readonly<Record<string, string | number | null>>;

export type Verdict =
  | { readonly kind: 'accepted'; readonly view: View }
  | { readonly kind: 'refused'; readonly code: string }
  /** Not done, or nobody knows: ask again with the same key. */
  | { readonly kind: 'open' };

export type IntentKind = 'charge' | 'refund' | 'message' | 'top-up' | 'sub-account' | 'limit';

/** Something that a client wants done exactly once, however often it has to ask. */
export interface Intent {
  readonly kind: IntentKind;
  /** The idempotency key, also put where the log shows it. */
  readonly key: string;
  /** False when a repeat after the acceptance is not recognised for long. */
  readonly isRepeatable: boolean;
  /** @param attempt 0 the first time. */
  send(attempt: number): Promise<Answer>;
  view(body: unknown): View;
}

const OPEN_CODES: readonly string[] = ['unavailable', 'outcome_unknown', 'overloaded'];

/** @throws Error for an answer that this load must never get. */
export function verdictOf(intent: Intent, { status, body }: Answer): Verdict {
  if (status >= 200 && status < 300) return { kind: 'accepted', view: intent.view(body) };
  const refusal = body as Refusal;
  if (intent.kind === 'message' && refusal.code === 'idempotency_conflict') {
    return { kind: 'accepted', view: intent.view(refusal.details) };
  }
  if (status === 503 || status === 402 || refusal.code === 'exceeds_charge') {
    return verdictOfCode(refusal.code);
  }
  throw new Error(`${intent.key} was answered with ${status} ${JSON.stringify(body)}`);
}

export function verdictOfCode(code: string): Verdict {
  return OPEN_CODES.includes(code) ? { kind: 'open' } : { kind: 'refused', code };
}
