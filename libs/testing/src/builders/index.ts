export * from './arbitrary-moves';
export * from './ids';
export * from './reference-ledger';
export * from './specified-team';
export * from './team-commands';
export * from './team-history';
export * from './team-play';
