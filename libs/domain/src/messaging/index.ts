export * from './events';
export * from './message';
export * from './price-list';
export * from './state';
