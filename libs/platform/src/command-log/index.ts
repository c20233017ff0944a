export * from './command-log-server';
export * from './keyed-commands';
export * from './original-error.filter';
