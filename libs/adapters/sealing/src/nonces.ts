import { randomFillSync } from 'node:crypto';

const NONCES_DRAWN = 512;

/** 96 bits, as GCM wants them. */
export const NONCE_BYTES = 12;

/** Draws many nonces at a time: one alone costs as much as half of a sealing. */
export class Nonces {
  private drawn = Buffer.alloc(0);
  private at = 0;

  /** Random bytes that were never handed out before. */
  next(): Buffer {
    if (this.at === this.drawn.length) {
      this.drawn = randomFillSync(Buffer.allocUnsafeSlow(NONCES_DRAWN * NONCE_BYTES));
      this.at = 0;
    }
    this.at += NONCE_BYTES;
    return this.drawn.subarray(this.at - NONCE_BYTES, this.at);
  }
}
