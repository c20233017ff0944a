import type { SignatureVersion } from '@tollgate/domain';

/** One attempt to tell a receiver of an event. */
export interface WebhookCall {
  readonly url: string;
  /** JSON, sent byte for byte. */
  readonly body: string;
  /** What the receiver checks the signature with. */
  readonly secret: string;
  readonly signatureVersion: SignatureVersion;
  /** Unix ms: when it is signed. */
  readonly at: number;
}

export type WebhookAnswer =
  | { readonly isDelivered: true }
  /** The reason names no more of the receiver than a status or an error code. */
  | { readonly isDelivered: false; readonly reason: string };

export interface WebhookClient {
  /**
   * Signs and posts the body once. Delivered means a status from 200 to 299 within 30 s. It never
   * throws: a receiver that is away, or that may not be called, is an answer like any other.
   */
  post(call: WebhookCall): Promise<WebhookAnswer>;
}
