/** @jest-environment ./libs/adapters/embedded/test/jest-environment.js */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  describeCheckpoints,
  describeDurableEventLog,
  describeEventLog,
  describeReadModels,
  describeSchedule,
  describeSnapshots,
  describeVault,
  type EventLogUnderTest,
} from '@tollgate/testing';
import { DataFolder } from './data-folder';

interface Opened {
  folder: DataFolder;
  readonly reopen: () => Promise<DataFolder>;
  readonly close: () => Promise<void>;
}

async function openFolder(): Promise<Opened> {
  const path = await mkdtemp(join(tmpdir(), 'tollgate-embedded-'));
  const opened: Opened = {
    folder: await DataFolder.open(path, { readModelsVersion: 1 }),
    reopen: async () => {
      await opened.folder.close();
      opened.folder = await DataFolder.open(path, { readModelsVersion: 1 });
      return opened.folder;
    },
    close: async () => {
      await opened.folder.close();
      await rm(path, { recursive: true });
    },
  };
  return opened;
}

async function openLog(): Promise<EventLogUnderTest> {
  const { folder, reopen, close } = await openFolder();
  return { log: folder.events, reopen: async () => (await reopen()).events, close };
}

describeEventLog('embedded', openLog);
describeDurableEventLog('embedded', openLog);

describeReadModels('embedded', async () => {
  const { folder, close } = await openFolder();
  return { readModels: folder.readModels, close };
});

describeSnapshots('embedded', async () => {
  const { folder, close } = await openFolder();
  return { snapshots: folder.snapshots, close };
});

describeCheckpoints('embedded', async () => {
  const { folder, close } = await openFolder();
  return { checkpoints: folder.checkpoints, close };
});

describeVault('embedded', async () => {
  const { folder, reopen, close } = await openFolder();
  return { vault: folder.vault, reopen: async () => (await reopen()).vault, close };
});

describeSchedule('embedded', async () => {
  const { folder, reopen, close } = await openFolder();
  const scheduleOf = (opened: DataFolder) => (consumer: string) => opened.schedule(consumer);
  return { scheduleOf: scheduleOf(folder), reopen: async () => scheduleOf(await reopen()), close };
});
