import type { DeciderOf } from '../../kernel';
import type { SenderCommand } from './commands';
import { decide } from './decide';
import type { SenderEvent } from './events';
import { evolve } from './evolve';
import type { SenderRejection } from './rejections';
import { initialSenders, type SendersState } from './state';

export * from './commands';
export * from './events';
export * from './rejections';
export * from './state';
export type { SenderDecision } from './decide';
export { NUMBERS_MAX } from './decide-numbers';
export { SENDERS_MAX } from './decide-sender';
export { WEBHOOK_EVENTS } from './webhook';

export interface SendersKind {
  readonly state: SendersState;
  readonly command: SenderCommand;
  readonly event: SenderEvent;
  readonly rejection: SenderRejection;
}

/** The senders of one account, and the numbers that it owns. */
export const senders: DeciderOf<SendersKind> = { initialState: initialSenders, decide, evolve };
