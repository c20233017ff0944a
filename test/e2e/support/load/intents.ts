import { createHash } from 'node:crypto';
import type {
  ChargeAnswer,
  MessageAnswer,
  RefundAnswer,
  SubAccountAnswer,
  TopUpAnswer,
} from '../answers';
import type { Api } from '../api';
import type { Intent, View } from './intent';

const CHARGES = '/billing/v1/charges';

/** Cents with up to four decimals, as the API takes them. */
const cents = (micros: number): number => micros / 10_000;

export interface ChargeIntent extends Intent {
  readonly api: Api;
  readonly body: object;
}

export function chargeIntent(api: Api, key: string, micros: number): ChargeIntent {
  const body = { amount: cents(micros), reference: key, idempotencyKey: key };
  return {
    kind: 'charge',
    key,
    isRepeatable: true,
    api,
    body,
    send: () => api.post(CHARGES, body),
    view: (answer) => chargeView((answer as { charge: ChargeAnswer }).charge),
  };
}

export function chargeView(charge: ChargeAnswer): View {
  const { id, amountMicros, balanceMicros, totalSpentMicros, createdAt } = charge;
  return { id, amountMicros, balanceMicros, totalSpentMicros, createdAt };
}

export function refundIntent(
  api: Api,
  key: string,
  { chargeId, micros }: { readonly chargeId: string; readonly micros: number },
): Intent {
  const body = { amount: cents(micros), reason: key, idempotencyKey: key };
  return {
    kind: 'refund',
    key,
    isRepeatable: true,
    send: () => api.post(`${CHARGES}/${chargeId}/refunds`, body),
    view: (answer) => {
      const { refund } = answer as { refund: RefundAnswer };
      const { id, amountMicros, balanceMicros, totalSpentMicros, createdAt } = refund;
      return { id, chargeId, amountMicros, balanceMicros, totalSpentMicros, createdAt };
    },
  };
}

export function messageIntent(api: Api, key: string, to: string): Intent {
  const subject = to.includes('@') ? { subject: 'Test' } : {};
  const body = { to, text: key, idempotencyKey: key, ...subject };
  return {
    kind: 'message',
    key,
    isRepeatable: true,
    send: () => api.post('/v1/messages', body, { 'x-correlation-id': key }),
    view: (answer) => {
      const { id, createdAt } = (answer as { message: MessageAnswer }).message;
      return { id, createdAt };
    },
  };
}

export function topUpIntent(
  operator: Api,
  key: string,
  { teamId, amount }: { readonly teamId: string; readonly amount: number },
): Intent {
  const headers = { 'idempotency-key': key };
  return {
    kind: 'top-up',
    key,
    isRepeatable: true,
    send: () =>
      operator.post(`/operator/v1/teams/${teamId}/top-ups`, { amount, reference: key }, headers),
    view: (answer) => {
      const {
        id,
        amount: added,
        balanceMicros,
        createdAt,
      } = (answer as { topUp: TopUpAnswer }).topUp;
      return { id, amountMicros: added * 10_000, balanceMicros, createdAt };
    },
  };
}

/** As the official client does it: no idempotency key, and repeats that say that they are some. */
export function subAccountIntent(main: Api, key: string, creditLimit: number | null): Intent {
  const body = { name: key, externalId: key, creditLimit };
  return {
    kind: 'sub-account',
    key,
    isRepeatable: false,
    send: (attempt) =>
      main.post('/v1/sub-accounts', body, { 'x-stainless-retry-count': String(attempt) }),
    view: (answer) => {
      const { subAccount } = answer as { subAccount: SubAccountAnswer };
      const secretHash = createHash('sha256').update(subAccount.apiKey).digest('hex');
      return { id: subAccount.id, secretHash };
    },
  };
}

/** Sets a value, so that a repeat does no harm and needs no key. */
export function limitIntent(
  main: Api,
  key: string,
  { accountId, creditLimit }: { readonly accountId: string; readonly creditLimit: number },
): Intent {
  return {
    kind: 'limit',
    key,
    isRepeatable: false,
    send: () => main.patch(`/v1/sub-accounts/${accountId}`, { creditLimit }),
    view: () => ({}),
  };
}
