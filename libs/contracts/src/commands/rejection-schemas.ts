interface Refusal {
  readonly code: string;
}

/** The fields of each refusal: one that lacks a code, or a field of it, does not compile. */
export type RejectionSchemas<Rejection extends Refusal> = {
  readonly [Code in Rejection['code']]: {
    readonly [Name in Exclude<keyof Extract<Rejection, { code: Code }>, 'code'>]: object;
  };
};

export const id = { type: 'string' } as const;
export const words = { type: 'string' } as const;
export const count = { type: 'integer', minimum: 0 } as const;
