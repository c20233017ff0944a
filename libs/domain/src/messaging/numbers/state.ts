import { newCommandMemory, type CommandMemory } from '../../kernel';

/** One phone number, as the whole system knows it: whose it is, or is about to be. */
export interface NumberState extends CommandMemory {
  /** The purchase that holds it; null while anybody may buy it. */
  numberId: string | null;
}

export function initialNumber(): NumberState {
  return { ...newCommandMemory(), numberId: null };
}
