export * from './contracts';
export { nodeDigest } from '@tollgate/adapter-runtime';
export * from './builders';
export * from './given-when-then';
export * from './faults';
export * from './processes/devstore-process';
export * from './processes/server-process';
export * from './processes/typescript-process';
export * from './services';
