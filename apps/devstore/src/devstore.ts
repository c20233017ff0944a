import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { DataFolder } from '@tollgate/adapter-embedded';
import type { Log } from '@tollgate/ports';
import { Access } from './access';
import { appendCall } from './calls/append.call';
import { batchAppendCall } from './calls/batch-append.call';
import { deleteCall, tombstoneCall } from './calls/delete.call';
import { featuresCall, gossipCall } from './calls/node-info.call';
import { OpenCalls } from './calls/open-calls';
import { readCall } from './calls/read.call';
import type { DevstoreConfig } from './config';
import { Faults } from './faults/faults';
import { FaultsServer } from './faults/faults-server';
import type { NodeContext } from './node-context';
import { Store } from './store/store';
import { eagerWrites } from './wire/eager-writes';
import { featuresService, gossipService, streamsService } from './wire/protos';

const MIB = 1_024 * 1_024;
const RECEIVE_BYTES_MAX = 17 * MIB;
/** Base64 and envelopes make events larger than they were when they were measured. */
const APPEND_LIMITS = { events: 200_000, bytes: 64 * MIB };
const STOP_MS_MAX = 2_000;

interface Parts {
  readonly server: Server;
  readonly folder: DataFolder;
  readonly faultsServer: FaultsServer | undefined;
}

/** A node on its own that speaks the protocol of EventStoreDB over a data folder. */
export class Devstore {
  private constructor(
    /** How clients reach it. */
    readonly url: string,
    private readonly node: NodeContext,
    private readonly parts: Parts,
  ) {}

  /** @throws DataFolderLocked and the other errors of `DataFolder.open`. */
  static async start(config: DevstoreConfig, log: Log): Promise<Devstore> {
    const appendLimits = APPEND_LIMITS;
    const folder = await DataFolder.open(config.dataDir, {
      readModelsVersion: 1,
      appendLimits,
      log,
    });
    const node = {
      store: new Store(folder.events),
      access: new Access(config.credentials),
      faults: new Faults(),
      appendStreams: new OpenCalls(),
      reads: new OpenCalls(),
    };
    try {
      const server = serverFor(node);
      const port = await bind(server, config);
      const faultsServer = await FaultsServer.start(config.faultsPort, node);
      const url = `esdb://${config.host}:${port}?tls=${config.tls !== undefined}`;
      return new Devstore(url, node, { server, folder, faultsServer });
    } catch (error) {
      await folder.close();
      throw error;
    }
  }

  /** Finishes the appends under way, ends all other calls, and closes the folder. */
  async stop(): Promise<void> {
    const { server, folder, faultsServer } = this.parts;
    const { store, appendStreams, reads } = this.node;
    const ended = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
    await faultsServer?.stop();
    await store.writer.settled();
    // The answers have a turn to get on their way before their streams end.
    await delay(0);
    for (const calls of [appendStreams, reads]) calls.cut('the server is stopping');
    await Promise.race([ended, delay(STOP_MS_MAX, undefined, { ref: false })]);
    server.forceShutdown();
    await folder.close();
  }
}

function serverFor(node: NodeContext): Server {
  const server = new Server({
    'grpc.max_receive_message_length': RECEIVE_BYTES_MAX,
    interceptors: [eagerWrites],
  });
  server.addService(streamsService, {
    Append: appendCall(node),
    BatchAppend: batchAppendCall(node),
    Delete: deleteCall(node),
    Tombstone: tombstoneCall(node),
    Read: readCall(node),
  });
  server.addService(gossipService, { Read: gossipCall() });
  server.addService(featuresService, { GetSupportedMethods: featuresCall });
  return server;
}

function bind(server: Server, { host, port, tls }: DevstoreConfig): Promise<number> {
  const credentials =
    tls === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(null, [
          { cert_chain: readFileSync(tls.certFile), private_key: readFileSync(tls.keyFile) },
        ]);
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, credentials, (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
}
