export * from './project';
export * from './project-events';
export * from './projector';
export * from './read-models';
export * from './write-set';
