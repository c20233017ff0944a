import { describeReadModels, describeWithRedis } from '@tollgate/testing';
import { connectTo, readModelsOn } from '../test/connections';

describeWithRedis('contracts on one Redis', (redis) => {
  describeReadModels('redis', async () => {
    const connection = connectTo(redis());
    const readModels = readModelsOn(connection);
    return {
      readModels,
      close: async () => {
        await readModels.close();
        connection.close();
      },
    };
  });
});
