export * from './in-memory-checkpoints';
export * from './in-memory-event-log';
export * from './in-memory-read-models';
export * from './in-memory-snapshots';
export * from './in-process-command-log';
export * from './manual-clock';
export * from './sequential-ids';
