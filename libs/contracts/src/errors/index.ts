export * from './api-error';
export * from './catalogue';
export * from './rejection-error';
export * from './error-table';
