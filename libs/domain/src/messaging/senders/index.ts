export * from './commands';
export * from './events';
export * from './rejections';
export * from './state';
