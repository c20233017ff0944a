import { newCommandMemory, type CommandMemory } from '../../kernel';
import type { SenderWebhook } from './events';

/** What rules ask of a sender; its name and the like are in the read models only. */
export interface Sender {
  numberId: string | null;
  voice: boolean;
  webhook: SenderWebhook | null;
  /** Of the last webhook that it had; a new one goes on counting, so that no secret comes again. */
  lastSecretVersion: number;
}

export interface OwnedNumber {
  readonly phoneNumber: string;
  senderId: string | null;
  name: string | null;
  paidUntil: number;
  isSuspended: boolean;
}

/** The senders of one account, and the numbers that it owns. */
export interface SendersState extends CommandMemory {
  defaultSenderId: string | null;
  readonly senders: Map<string, Sender>;
  readonly numbers: Map<string, OwnedNumber>;
  /** Ids of numbers that were given back: an order that comes late must not bring one back. */
  readonly releasedNumbers: Set<string>;
}

export function initialSenders(): SendersState {
  return {
    ...newCommandMemory(),
    defaultSenderId: null,
    senders: new Map(),
    numbers: new Map(),
    releasedNumbers: new Set(),
  };
}
