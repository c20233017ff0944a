import { assert, remember, type EventMetadata } from '../../kernel';
import type { NumberEvent } from './events';
import type { NumberState } from './state';

/** Applies one event to the state it follows, changing that state. */
export function evolve(state: NumberState, event: NumberEvent, metadata: EventMetadata): void {
  state.revision += 1;
  apply(state, event);
  remember(state, metadata);
}

function apply(state: NumberState, event: NumberEvent): void {
  switch (event.type) {
    case 'NumberClaimed':
      assert(state.numberId === null, 'a claim of a free number');
      state.numberId = event.data.numberId;
      return;
    case 'NumberClaimReleased':
      assert(state.numberId === event.data.numberId, 'the claim that is released');
      state.numberId = null;
      return;
  }
}
