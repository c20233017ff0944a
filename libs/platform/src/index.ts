export * from './command-log';
export * from './environment';
export * from './pino-log';
export * from './secrets';
export * from './service';
