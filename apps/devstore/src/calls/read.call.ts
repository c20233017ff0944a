import { randomUUID } from 'node:crypto';
import type { NodeContext } from '../node-context';
import { InvalidRequest } from '../store/store.errors';
import type { ReadOptions } from '../wire/messages';
import { rpcError } from '../wire/rpc-errors';
import { subscribeToAll } from './all-subscription';
import { readAll } from './read-all';
import { ReadChannel, type ReadStream } from './read-channel';
import { readStream } from './read-stream';
import { subscribeToStream } from './stream-subscription';

/** Reads and subscriptions: both are one call, and the options say which. */
export function readCall(node: NodeContext): (call: ReadStream) => void {
  return (call) => {
    try {
      node.access.check(call.metadata);
      node.reads.add(call);
    } catch (error) {
      call.emit('error', rpcError(error));
      return;
    }
    const channel = new ReadChannel(call);
    channel.closed(() => node.reads.remove(call));
    answer(node, channel, call.request.options).then(
      () => channel.end(),
      (error: unknown) => channel.fail(error),
    );
  };
}

async function answer(
  node: NodeContext,
  channel: ReadChannel,
  options: ReadOptions | undefined,
): Promise<void> {
  if (options?.stream === undefined && options?.all === undefined) {
    throw new InvalidRequest('a read names a stream or all of them');
  }
  if (options.subscription === undefined) {
    return options.stream === undefined
      ? readAll(node.store, channel, options)
      : readStream(node.store, channel, options);
  }
  await channel.send([{ confirmation: { subscriptionId: randomUUID() } }]);
  return options.stream === undefined
    ? subscribeToAll(node.store, channel, options)
    : subscribeToStream(node.store, channel, options);
}
