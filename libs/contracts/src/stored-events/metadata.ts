import type { EventMetadata } from '@tollgate/domain';

/** Event metadata as it is stored: short names, nothing that is absent. */
interface StoredMetadata {
  readonly at: number;
  readonly command: string;
  /** Schema version of the event's data; absent means 1. */
  readonly v?: number;
  readonly key?: string;
  readonly body?: number;
  readonly retry?: string;
  readonly correlation?: string;
  readonly causation?: string;
  readonly trace?: string;
  /** Closes an append: the hash over everything the stream holds up to here. */
  readonly link?: string;
}

export interface DecodedMetadata extends EventMetadata {
  readonly version: number;
  readonly link?: string | undefined;
}

/** Written field by field: this runs for every event, and is twice as fast as an object. */
export function encodeMetadata(metadata: EventMetadata, version: number): string {
  const { at, commandId, keyId, bodyHash, fingerprint } = metadata;
  let json = `{"at":${at},"command":"${commandId}"`;
  if (version !== 1) json += `,"v":${version}`;
  if (keyId !== undefined) json += `,"key":${JSON.stringify(keyId)}`;
  if (bodyHash !== undefined) json += `,"body":${bodyHash}`;
  if (fingerprint !== undefined) json += `,"retry":${JSON.stringify(fingerprint)}`;
  return `${json}${encodeTrace(metadata)}}`;
}

function encodeTrace({ correlationId, causationId, traceparent }: EventMetadata): string {
  let json = '';
  if (correlationId !== undefined) json += `,"correlation":${JSON.stringify(correlationId)}`;
  if (causationId !== undefined) json += `,"causation":${JSON.stringify(causationId)}`;
  if (traceparent !== undefined) json += `,"trace":${JSON.stringify(traceparent)}`;
  return json;
}

export function decodeMetadata(json: string): DecodedMetadata {
  const stored = JSON.parse(json) as StoredMetadata;
  return {
    at: stored.at,
    commandId: stored.command,
    version: stored.v ?? 1,
    keyId: stored.key,
    bodyHash: stored.body,
    fingerprint: stored.retry,
    correlationId: stored.correlation,
    causationId: stored.causation,
    traceparent: stored.trace,
    link: stored.link,
  };
}
