export * from './command-id';
export * from './errors';
export * from './stored-events';
