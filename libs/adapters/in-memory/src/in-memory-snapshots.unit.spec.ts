import { describeCheckpoints, describeSnapshots } from '@tollgate/testing';
import { InMemoryCheckpoints } from './in-memory-checkpoints';
import { InMemorySnapshots } from './in-memory-snapshots';

const close = async (): Promise<void> => undefined;

describeSnapshots('in memory', async () => ({ snapshots: new InMemorySnapshots(), close }));
describeCheckpoints('in memory', async () => ({ checkpoints: new InMemoryCheckpoints(), close }));
