/* The answers of the API as a client sees them, as far as these tests look at them. */

export interface ChargeAnswer {
  readonly id: string;
  readonly accountId: string;
  readonly amountMicros: number;
  readonly balanceMicros: number;
  readonly totalSpentMicros: number;
  readonly reference: string | null;
  readonly createdAt: string;
}

export interface RefundAnswer {
  readonly id: string;
  readonly chargeId: string;
  readonly amountMicros: number;
  readonly balanceMicros: number;
  readonly totalSpentMicros: number;
  readonly createdAt: string;
}

export type BatchResult =
  | { readonly status: 'accepted'; readonly charge: ChargeAnswer }
  | {
      readonly status: 'refused';
      readonly code: string;
      readonly message: string;
      readonly details?: Readonly<Record<string, number>>;
    };

export interface BalanceAnswer {
  readonly balance: number;
  readonly creditLimit: number | null;
  readonly totalSpent: number | null;
}

export interface MessageAnswer {
  readonly id: string;
  readonly to: string;
  readonly status: 'queued' | 'sent' | 'delivered' | 'failed';
  readonly cost: number;
  readonly errorCode: string | null;
  readonly createdAt: string;
}

export interface SubAccountAnswer {
  readonly id: string;
  readonly totalSpent: number;
  readonly creditLimit: number | null;
  readonly apiKey: string;
}

export interface TopUpAnswer {
  readonly id: string;
  readonly amount: number;
  readonly balanceMicros: number;
  readonly createdAt: string;
}

export interface TeamAnswer {
  readonly id: string;
  readonly balance: number;
  readonly balanceMicros: number;
  readonly mainAccount: { readonly id: string };
}

export interface KeyAnswer {
  readonly id: string;
  readonly key: string;
}

export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}
