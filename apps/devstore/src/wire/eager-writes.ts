import { ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';

/** Bytes on their way to the socket before a call waits for it. */
const UNSENT_MAX = 256 * 1_024;
/** What an answer that is not encoded yet is taken to be. */
const ANSWER_BYTES = 100;

/**
 * The gRPC library takes the next message of a call when the one before is on the socket: a turn of
 * the event loop for each. Answers that are ready together go out together instead.
 */
export const eagerWrites: ServerInterceptor = (_, call) => new EagerCall(call);

class EagerCall extends ServerInterceptingCall {
  private unsent = 0;

  override sendMessage(message: unknown, callback: () => void): void {
    const bytes = Buffer.isBuffer(message) ? message.length : ANSWER_BYTES;
    this.unsent += bytes;
    const hasRoom = this.unsent < UNSENT_MAX;
    super.sendMessage(message, () => {
      this.unsent -= bytes;
      if (!hasRoom) callback();
    });
    if (hasRoom) callback();
  }
}
