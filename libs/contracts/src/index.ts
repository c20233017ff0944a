export * from './command-id';
export * from './commands';
export * from './errors';
export * from './stored-events';
