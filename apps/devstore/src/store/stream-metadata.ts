/** What a stream's metadata say about which of its events readers see. */
export interface StreamMetadata {
  readonly maxCount: number | undefined;
  readonly maxAgeSeconds: number | undefined;
  readonly truncateBefore: number | undefined;
}

export const NO_METADATA: StreamMetadata = {
  maxCount: undefined,
  maxAgeSeconds: undefined,
  truncateBefore: undefined,
};

/** Of a metadata stream only the last event counts. */
const METASTREAM_METADATA: StreamMetadata = { ...NO_METADATA, maxCount: 1 };
const METASTREAM_PREFIX = '$$';
export const METADATA_TYPE = '$metadata';

/** Truncated before the end of all revisions: deleted, until somebody appends. */
const SOFT_DELETED = 2 ** 63;
export const SOFT_DELETE_JSON = '{"$tb":9223372036854775807}';

export const isMetastream = (stream: string): boolean => stream.startsWith(METASTREAM_PREFIX);
export const metastreamOf = (stream: string): string => METASTREAM_PREFIX + stream;
export const originalOf = (metastream: string): string =>
  metastream.slice(METASTREAM_PREFIX.length);

export const metadataOfMetastreams = (): StreamMetadata => METASTREAM_METADATA;

export const isSoftDeleted = ({ truncateBefore }: StreamMetadata): boolean =>
  truncateBefore !== undefined && truncateBefore >= SOFT_DELETED;

/** Metadata that can't be read hide nothing. */
export function parseMetadata(json: string): StreamMetadata {
  const fields = objectIn(json);
  return {
    maxCount: countIn(fields['$maxCount']),
    maxAgeSeconds: countIn(fields['$maxAge']),
    truncateBefore: countIn(fields['$tb']),
  };
}

/** The same metadata for a stream that goes on at a revision. */
export function undeleted(json: string, fromRevision: number): string {
  return JSON.stringify({ ...objectIn(json), $tb: fromRevision });
}

function objectIn(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function countIn(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined;
}
