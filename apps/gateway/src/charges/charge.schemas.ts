/*
 * JSON Schemas of the routes that must be fast: Fastify compiles them, and the OpenAPI document
 * shows them. The rules are those that the other routes state by decorators.
 */

import { DESCRIPTION_MAX, REASON_MAX, REFERENCE_MAX } from '@tollgate/contracts';

export const CHARGES_MAX = 1_000;

/** $100 million: up to here a number in JSON holds four decimals of a cent exactly. */
export const CHARGE_CENTS_MAX = 10_000_000_000;

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const;

const amount = {
  type: 'number',
  exclusiveMinimum: 0,
  maximum: CHARGE_CENTS_MAX,
  description: 'Cents, with up to four decimals.',
} as const;

export const chargeBody = {
  type: 'object',
  additionalProperties: false,
  required: ['amount'],
  properties: {
    amount,
    description: text(DESCRIPTION_MAX),
    reference: text(REFERENCE_MAX),
    idempotencyKey: text(255),
  },
} as const;

export const chargeBatchBody = {
  type: 'object',
  additionalProperties: false,
  required: ['charges'],
  properties: {
    charges: { type: 'array', minItems: 1, maxItems: CHARGES_MAX, items: chargeBody },
  },
} as const;

export const refundBody = {
  type: 'object',
  additionalProperties: false,
  properties: {
    amount: { ...amount, description: 'Cents; all that is left of the charge when absent.' },
    reason: text(REASON_MAX),
    idempotencyKey: text(255),
  },
} as const;

const id = { type: 'string' } as const;
const number = { type: 'number' } as const;

const charge = {
  type: 'object',
  properties: {
    id,
    accountId: id,
    amount: number,
    amountMicros: number,
    balance: number,
    balanceMicros: number,
    totalSpent: number,
    totalSpentMicros: number,
    reference: { type: ['string', 'null'] },
    createdAt: id,
  },
} as const;

export const chargeAnswer = { type: 'object', properties: { charge } } as const;

export const chargeBatchAnswer = {
  type: 'object',
  properties: {
    results: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          status: id,
          charge,
          code: id,
          message: id,
          details: { type: 'object', additionalProperties: true },
        },
      },
    },
  },
} as const;

export const refundAnswer = {
  type: 'object',
  properties: {
    refund: {
      type: 'object',
      properties: {
        id,
        chargeId: id,
        amount: number,
        amountMicros: number,
        balance: number,
        balanceMicros: number,
        totalSpent: number,
        totalSpentMicros: number,
        createdAt: id,
      },
    },
  },
} as const;

export interface ChargeBody {
  readonly amount: number;
  readonly description?: string;
  readonly reference?: string;
  readonly idempotencyKey?: string;
}

export interface RefundBody {
  readonly amount?: number;
  readonly reason?: string;
  readonly idempotencyKey?: string;
}
