import type { MessageRow } from '@tollgate/projections';
import type { OpenedMessage } from './message.view';
import type { AttachmentDto } from './send-message.dto';

const UNKNOWN_TYPE = 'application/octet-stream';

export interface AttachmentView {
  readonly id: string;
  readonly filename: string;
  readonly mimeType: string;
  /** Bytes; 0 for a file that only the carrier fetches. */
  readonly size: number;
  /** Named so in the HTML body. */
  readonly contentId: string | null;
  readonly isInline: boolean;
  /** Where the file is: the URL that was given, or a `data:` URL that holds it. */
  readonly downloadUrl: string | null;
  readonly createdAt: string;
}

export function attachmentViews(
  { id, createdAt }: Pick<MessageRow, 'id' | 'createdAt'>,
  { content }: OpenedMessage,
): AttachmentView[] {
  const attachments = (content['attachments'] ?? []) as readonly AttachmentDto[];
  return attachments.map((attachment, place) => ({
    id: `${id}_${place}`,
    filename: attachment.filename,
    mimeType: attachment.content_type ?? UNKNOWN_TYPE,
    size: Buffer.byteLength(attachment.content ?? '', 'base64'),
    contentId: attachment.content_id ?? null,
    isInline: attachment.content_id !== undefined,
    downloadUrl: urlOf(attachment),
    createdAt: new Date(createdAt).toISOString(),
  }));
}

function urlOf({ path, content, content_type: type }: AttachmentDto): string | null {
  if (content === undefined) return path ?? null;
  return `data:${type ?? UNKNOWN_TYPE};base64,${content}`;
}
