export * from './assert';
export * from './command-memory';
export * from './decider';
export * from './idempotency-window';
export * from './ids';
export * from './metadata';
export * from './money';
export * from './recent-retries';
