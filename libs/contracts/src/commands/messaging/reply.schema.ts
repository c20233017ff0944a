import type { MessagingKind } from '@tollgate/domain';
import { replySchemaOf } from '../reply.schema';
import { rejections } from './rejection.schemas';

/** What became of a command about contacts, senders or numbers. */
export const replySchema = replySchemaOf<MessagingKind>({
  title: 'MessagingReply',
  rejections,
  events: {
    ContactCreated: true,
    ContactUpdated: true,
    ContactChannelAdded: true,
    ContactChannelUpdated: true,
    PrimaryChannelSet: true,
    ContactChannelRemoved: true,
    ContactsMerged: true,
    ContactDeleted: true,
    SenderCreated: true,
    SenderUpdated: true,
    DefaultSenderSet: true,
    SenderDeleted: true,
    WebhookSecretRegenerated: true,
    NumberAdded: true,
    NumberRenamed: true,
    NumberAssigned: true,
    NumberRenewed: true,
    NumberSuspended: true,
    NumberReleased: true,
    NumberClaimed: true,
    NumberClaimReleased: true,
  },
});
