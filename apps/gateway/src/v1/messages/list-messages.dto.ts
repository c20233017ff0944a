import { ChoiceField, TextField } from '../../http/fields';
import { PageQuery } from '../../http/pagination';
import { EmptyIsAbsent, PlusInQuery } from '../../http/query-fields';
import { CHANNELS } from './send-message.dto';

const STATUSES = ['queued', 'sending', 'sent', 'delivered', 'failed', 'received'] as const;

export class ListMessagesQuery extends PageQuery {
  @EmptyIsAbsent()
  @ChoiceField(STATUSES, { optional: true })
  status?: (typeof STATUSES)[number];

  @PlusInQuery()
  @TextField({ max: 320, optional: true })
  to?: string;

  @EmptyIsAbsent()
  @ChoiceField(CHANNELS, { optional: true })
  channel?: (typeof CHANNELS)[number];
}
