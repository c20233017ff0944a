import type { Answer, Refusal } from '../../../e2e/support/api';
import type { Intent, View } from '../../../e2e/support/load/intent';

/** What one answer said of what it was asked for. */
export type Told =
  | { readonly kind: 'accepted'; readonly view: View }
  | { readonly kind: 'refused'; readonly code: string }
  /** Nothing was done. */
  | { readonly kind: 'unavailable' }
  /** By the answer itself, or because there was none. */
  | { readonly kind: 'unknown' | 'lost' }
  /** An answer that nobody should get. */
  | { readonly kind: 'unexpected'; readonly answer: string };

const REFUSED_STATUS = [401, 402, 403];
const REFUSED_CODES = ['exceeds_charge'];

export function toldBy(intent: Intent, { status, body }: Answer): Told {
  if (status >= 200 && status < 300) return { kind: 'accepted', view: intent.view(body) };
  const { code, details } = body as Refusal;
  if (intent.kind === 'message' && code === 'idempotency_conflict') {
    return { kind: 'accepted', view: intent.view(details) };
  }
  if (status === 503) return toldByCode(code);
  if (REFUSED_STATUS.includes(status) || REFUSED_CODES.includes(code)) return toldByCode(code);
  return { kind: 'unexpected', answer: `${status} ${JSON.stringify(body)}` };
}

export function toldByCode(code: string): Told {
  switch (code) {
    case 'unavailable':
    case 'overloaded':
      return { kind: 'unavailable' };
    case 'outcome_unknown':
      return { kind: 'unknown' };
    default:
      return { kind: 'refused', code };
  }
}
