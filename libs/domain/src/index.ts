export * from './kernel';
export * from './billing';
export * from './messaging';
