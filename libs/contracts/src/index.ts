export * from './command-id';
export * from './commands';
export * from './errors';
export * from './limits';
export * from './stored-events';
