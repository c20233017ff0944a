export * from './environment';
export * from './pino-log';
