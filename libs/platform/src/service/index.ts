export * from './active-instance';
export * from './fail';
export * from './health-checks';
export * from './health-server';
export * from './metrics';
export * from './run-service';
export * from './stop-on-signal';
