export * from './contacts';
export * from './numbers';
export * from './senders';
export * from './team';
