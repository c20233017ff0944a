export * from './api-error';
export * from './catalogue';
export * from './messaging-rejection-error';
export * from './rejection-error';
export * from './error-table';
