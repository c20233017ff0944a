import { PassThrough } from 'node:stream';
import { type ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { Log } from '@tollgate/ports';
import { LiveEvents } from './live-events';
import type { ReadCall, ServerConnection } from './server-connection';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

class ScriptedCall extends PassThrough {
  constructor() {
    super({ objectMode: true });
  }

  cancel(): void {
    this.end();
  }
}

/** A connection whose calls a test speaks for. */
class ScriptedConnection {
  readonly calls: ScriptedCall[] = [];
  /** Position after which each call asked for events. */
  readonly positions: number[] = [];
  private onCall: () => void = () => undefined;

  async read(request: ReadReq): Promise<ReadCall> {
    const place = request.getOptions()!.getAll()!.getPosition();
    this.positions.push(Number(place?.getCommitPosition() ?? 0));
    const call = new ScriptedCall();
    this.calls.push(call);
    this.onCall();
    return call as unknown as ReadCall;
  }

  async nextCall(): Promise<ScriptedCall> {
    await new Promise<void>((resolve) => (this.onCall = resolve));
    return this.calls.at(-1)!;
  }
}

function checkpointAt(position: number): Buffer {
  const checkpoint = new ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position));
  const response = new ReadResp();
  response.setCheckpoint(checkpoint);
  return Buffer.from(response.serializeBinary());
}

describe('given a subscription that finds nothing that is ours', () => {
  it.each([
    ['ends', (call: ScriptedCall) => void call.end()],
    ['fails', (call: ScriptedCall) => void call.emit('error', new Error('lost'))],
  ])('when it %s, then it goes on from where the server had looked to', async (_, cut) => {
    const connection = new ScriptedConnection();
    const live = new LiveEvents(connection as unknown as ServerConnection, {
      streamPrefixes: ['team-'],
      log: silent,
    });
    const events = live.readAll(5)[Symbol.asyncIterator]();
    const first = connection.nextCall();
    const reading = events.next();
    const call = await first;
    call.write(checkpointAt(900));
    call.write(checkpointAt(1_700));
    await new Promise(setImmediate);
    const second = connection.nextCall();
    cut(call);
    await second;
    live.close();

    expect(await reading).toEqual({ done: true, value: undefined });
    expect(connection.positions).toEqual([5, 1_700]);
  });
});
