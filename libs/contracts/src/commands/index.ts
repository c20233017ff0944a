export * from './command-codec';
export * from './command.schema';
export * from './reply';
export * from './reply.schema';
export * from './topics';
