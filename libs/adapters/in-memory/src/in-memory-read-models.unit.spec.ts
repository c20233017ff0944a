import { describeReadModels } from '@tollgate/testing';
import { InMemoryReadModels } from './in-memory-read-models';

describeReadModels('in memory', async () => ({
  readModels: new InMemoryReadModels(),
  close: async () => undefined,
}));
