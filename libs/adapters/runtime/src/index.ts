export * from './append-limits';
export * from './listed-parts';
export * from './log-subscription';
export * from './node-digest';
export * from './revision-waiters';
export * from './subscriptions';
export * from './system-clock';
export * from './ulid-ids';
