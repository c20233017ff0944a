import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import { isUnanswered } from '../faults/faults';
import type { NodeContext } from '../node-context';
import { InvalidRequest, WrongExpectedVersion } from '../store/store.errors';
import { appendSuccess, appendWrongVersion } from '../wire/answers';
import type { AppendRequest, ChangeOptions } from '../wire/messages';
import { expectedIn, writableStreamIn } from '../wire/requests';
import { rpcError, unavailable } from '../wire/rpc-errors';
import { ProposedEvents } from './append-limit';

type AppendStream = ServerReadableStream<AppendRequest, object>;

/** One append in a call of its own: first the options, then event by event. */
export function appendCall(
  node: NodeContext,
): (call: AppendStream, answer: sendUnaryData<object>) => void {
  return (call, answer) => {
    append(node, call).then(
      (result) => {
        if (result === 'cut') answer(unavailable('the connection was lost'));
        else if (result !== 'silent') answer(null, result);
      },
      (error: unknown) => answer(rpcError(error)),
    );
  };
}

async function append(node: NodeContext, call: AppendStream): Promise<object | 'silent' | 'cut'> {
  node.access.check(call.metadata);
  const { options, proposed } = await received(call);
  const stream = writableStreamIn(options.streamIdentifier);
  const expected = expectedIn(options);
  try {
    const outcome = await node.faults.append(() =>
      node.store.writer.append(stream, expected, proposed.events),
    );
    return isUnanswered(outcome) ? outcome : appendSuccess(outcome);
  } catch (error) {
    if (error instanceof WrongExpectedVersion) return appendWrongVersion(error);
    throw error;
  }
}

async function received(
  call: AppendStream,
): Promise<{ options: ChangeOptions; proposed: ProposedEvents }> {
  const proposed = new ProposedEvents();
  let options: ChangeOptions | undefined;
  for await (const request of call as AsyncIterable<AppendRequest>) {
    options ??= request.options;
    if (request.proposedMessage !== undefined) proposed.add(request.proposedMessage);
  }
  if (options === undefined) throw new InvalidRequest('an append begins with its options');
  return { options, proposed };
}
