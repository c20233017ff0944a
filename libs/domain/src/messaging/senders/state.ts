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
  /** The charge that bought it: another one for the same number was in vain. */
  readonly chargeId: string;
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
  /**
   * Numbers that were given back, by their ids: an order that comes late must not bring one back,
   * nor a charge that was used be taken for one in vain.
   */
  readonly releasedNumbers: Map<string, Pick<OwnedNumber, 'chargeId' | 'paidUntil'>>;
}

export function initialSenders(): SendersState {
  return {
    ...newCommandMemory(),
    defaultSenderId: null,
    senders: new Map(),
    numbers: new Map(),
    releasedNumbers: new Map(),
  };
}
