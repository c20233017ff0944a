import type { handleUnaryCall } from '@grpc/grpc-js';
import type { Appended } from '@tollgate/ports';
import type { NodeContext } from '../node-context';
import { InvalidRequest } from '../store/store.errors';
import { deleteSuccess } from '../wire/answers';
import type { ChangeOptions, DeleteRequest } from '../wire/messages';
import { expectedIn, writableStreamIn } from '../wire/requests';
import { rpcError } from '../wire/rpc-errors';

type DeleteCall = handleUnaryCall<DeleteRequest, object>;

export function deleteCall(node: NodeContext): DeleteCall {
  return unaryChange(node, ({ writer }) => writer.softDelete.bind(writer));
}

export function tombstoneCall(node: NodeContext): DeleteCall {
  return unaryChange(node, ({ writer }) => writer.tombstone.bind(writer));
}

function unaryChange(
  node: NodeContext,
  changeOf: (
    store: NodeContext['store'],
  ) => (stream: string, expected: number) => Promise<Appended>,
): DeleteCall {
  const change = changeOf(node.store);
  const run = async (options: ChangeOptions | undefined): Promise<Appended> => {
    if (options === undefined) throw new InvalidRequest('no options');
    return change(writableStreamIn(options.streamIdentifier), expectedIn(options));
  };
  return ({ metadata, request }, answer) => {
    const changed = async (): Promise<Appended> => {
      node.access.check(metadata);
      return run(request.options);
    };
    changed().then(
      (end) => answer(null, deleteSuccess(end)),
      (error: unknown) => answer(rpcError(error)),
    );
  };
}
