export * from './contacts';
export * from './events';
export * from './message';
export * from './messaging-kind';
export * from './numbers';
export * from './price-list';
export * from './senders';
export * from './state';
