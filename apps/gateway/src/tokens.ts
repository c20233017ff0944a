/** Injection token of what the composition root binds. */
export const GATEWAY_OPTIONS = Symbol('GATEWAY_OPTIONS');
