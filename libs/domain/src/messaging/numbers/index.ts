import type { DeciderOf } from '../../kernel';
import type { NumberCommand } from './commands';
import { decide } from './decide';
import type { NumberEvent } from './events';
import { evolve } from './evolve';
import type { NumberRejection } from './rejections';
import { initialNumber, type NumberState } from './state';

export * from './commands';
export * from './events';
export * from './rejections';
export * from './state';
export type { NumberDecision } from './decide';

export interface NumbersKind {
  readonly state: NumberState;
  readonly command: NumberCommand;
  readonly event: NumberEvent;
  readonly rejection: NumberRejection;
}

/** One phone number, which one purchase at a time can hold in the whole system. */
export const numbers: DeciderOf<NumbersKind> = { initialState: initialNumber, decide, evolve };
