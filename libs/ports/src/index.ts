export * from './carrier.port';
export * from './checkpoints.port';
export * from './command-log.port';
export * from './event-log.errors';
export * from './event-log.port';
export * from './read-model.port';
export * from './runtime.ports';
export * from './snapshots.port';
