export * from './command-log';
export * from './environment';
export * from './messaging-settings';
export * from './pino-log';
export * from './secrets';
export * from './service';
export * from './webhook-secret';
