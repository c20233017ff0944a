import type { Access } from './access';
import type { OpenCalls } from './calls/open-calls';
import type { Faults } from './faults/faults';
import type { Store } from './store/store';

/** What the calls of a node work on. */
export interface NodeContext {
  readonly store: Store;
  readonly access: Access;
  readonly faults: Faults;
  readonly appendStreams: OpenCalls;
  readonly reads: OpenCalls;
}
