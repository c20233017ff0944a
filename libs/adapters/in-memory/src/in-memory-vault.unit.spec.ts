import { describeVault } from '@tollgate/testing';
import { InMemoryVault } from './in-memory-vault';

describeVault('in memory', async () => ({
  vault: new InMemoryVault(),
  close: async () => undefined,
}));
