export * from './command-log-server';
export * from './original-error.filter';
export * from './team-commands';
