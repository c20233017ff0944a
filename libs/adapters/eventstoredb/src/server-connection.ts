import { EventStoreDBClient } from '@eventstore/db-client';
import { StreamsClient, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import {
  BatchAppendResp,
  type DeleteReq,
  type ReadReq,
} from '@eventstore/db-client/generated/streams_pb';
import type { ClientDuplexStream, ClientReadableStream } from '@grpc/grpc-js';

/** Brings the messages as they are: they are decoded when somebody wants them. */
export type ReadCall = ClientReadableStream<Buffer>;
export type AppendCall = ClientDuplexStream<Buffer, BatchAppendResp>;

const unlimited = { deadline: Infinity };
const asIs = (bytes: Buffer): Buffer => bytes;
const toResponse = (bytes: Buffer): BatchAppendResp => BatchAppendResp.deserializeBinary(bytes);

/**
 * Calls over the official client: it reads the connection string, finds the leader of a cluster,
 * sends the credentials, notices dead connections and makes new ones. Its `appendToStream` and
 * `readStream` are left aside; the README says why. The members used here are protected, as for a
 * subclass, but the client can't be made as one from a connection string.
 */
export class ServerConnection {
  private client: EventStoreDBClient | undefined;

  /** @throws Error when the connection string can't be read. */
  constructor(private readonly connectionString: string) {
    clientOf(connectionString);
  }

  read(request: ReadReq): Promise<ReadCall> {
    const client = this.connected();
    const open = client['GRPCStreamCreator'](StreamsClient, 'read', (streams) =>
      streams.makeServerStreamRequest(
        StreamsService.read.path,
        StreamsService.read.requestSerialize,
        asIs,
        request,
        ...client['callArguments']({}, unlimited),
      ),
    );
    return open();
  }

  openAppends(): Promise<AppendCall> {
    const client = this.connected();
    const open = client['GRPCStreamCreator'](StreamsClient, 'append', (streams) =>
      streams.makeBidiStreamRequest(
        StreamsService.batchAppend.path,
        asIs,
        toResponse,
        ...client['callArguments']({}, unlimited),
      ),
    );
    return open();
  }

  /** Rejects with the server's refusal, or when it has not answered within so many ms. */
  delete(request: DeleteReq, timeoutMs: number): Promise<void> {
    const client = this.connected();
    return client['execute'](
      StreamsClient,
      'delete',
      (streams) =>
        new Promise<void>((resolve, reject) => {
          const [metadata, options] = client['callArguments']({ deadline: timeoutMs });
          streams.delete(request, metadata, options, (error) =>
            error === null ? resolve() : reject(error),
          );
        }),
    );
  }

  /** Ends every call; the next one makes a new connection. */
  async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    if (client === undefined) return;
    await client.dispose();
    await client['getChannel']().then(
      (channel) => channel.close(),
      () => undefined,
    );
  }

  private connected(): EventStoreDBClient {
    this.client ??= clientOf(this.connectionString);
    return this.client;
  }
}

function clientOf(connectionString: string): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(connectionString);
  const reconnect = client['handleError'];
  // Nobody else looks at how this ends, and it fails while no node of a cluster can be found.
  client['handleError'] = (...failed) => reconnect(...failed).catch(() => undefined);
  return client;
}
