import {
  describeDurableEventLog,
  describeEventLog,
  describeWithEventStore,
} from '@tollgate/testing';
import { logOn } from '../test/log-on';

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
});
