export * from './assert';
export * from './decider';
export * from './idempotency-window';
export * from './ids';
export * from './money';
export * from './recent-retries';
