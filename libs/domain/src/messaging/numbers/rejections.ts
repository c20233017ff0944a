import type { IdempotencyConflict } from '../../kernel';

export type NumberRejection =
  | { readonly code: 'number_taken'; readonly phoneNumber: string }
  | { readonly code: 'too_many'; readonly what: string; readonly max: number }
  | { readonly code: 'idempotency_window_full' }
  | IdempotencyConflict;
