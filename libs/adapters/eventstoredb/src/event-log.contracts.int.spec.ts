import {
  describeDurableEventLog,
  describeEventLog,
  describeVault,
  describeWithEventStore,
} from '@tollgate/testing';
import { logOn } from '../test/log-on';
import { EventStoreDbVault } from '.';

describeWithEventStore('given an event store', (store) => {
  describeEventLog('EventStoreDB', async () => {
    const log = logOn(store());
    return { log, close: () => log.close() };
  });

  describeDurableEventLog('EventStoreDB', async () => {
    let log = logOn(store());
    return {
      log,
      reopen: async () => {
        await log.close();
        log = logOn(store());
        return log;
      },
      close: () => log.close(),
    };
  });

  describeVault('EventStoreDB', async () => {
    const open = (): EventStoreDbVault => new EventStoreDbVault(store());
    const vaults = [open(), open()];
    return {
      vault: vaults[0]!,
      other: vaults[1]!,
      reopen: async () => {
        await vaults[0]!.close();
        return (vaults[0] = open());
      },
      close: async () => {
        await Promise.all(vaults.map((vault) => vault.close()));
      },
    };
  });
});
