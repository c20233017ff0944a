export * from './dependencies';
export * from './load-team';
export * from './loaded-team';
export * from './options';
export * from './snapshot-codec';
export * from './writer';
