export * from './billing/billing-protocol';
export type { ParsedCommand } from './command-codec';
export * from './command-protocol';
export * from './messaging/messaging-protocol';
export * from './reply';
export * from './topics';
