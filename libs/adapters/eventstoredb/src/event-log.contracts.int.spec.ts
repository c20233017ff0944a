import { describeDurableEventLog, describeEventLog } from '@tollgate/testing';
import { anyServer, logOn } from '../test/server';

describeEventLog('EventStoreDB', async () => {
  const server = await anyServer();
  const log = logOn(server);
  return {
    log,
    close: async () => {
      await log.close();
      await server.stop();
    },
  };
});

describeDurableEventLog('EventStoreDB', async () => {
  const server = await anyServer();
  let log = logOn(server);
  return {
    log,
    reopen: async () => {
      await log.close();
      log = logOn(server);
      return log;
    },
    close: async () => {
      await log.close();
      await server.stop();
    },
  };
});
