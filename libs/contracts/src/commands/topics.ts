/* Topics of the command logs, and the headers of their records. */

/** Keys are team ids. */
export const BILLING_COMMANDS = 'tollgate.billing.commands';
/** Keys are account ids, or the phone number for commands about who may have one. */
export const MESSAGING_COMMANDS = 'tollgate.messaging.commands';

export const deadLetterTopic = (topic: string): string => `${topic}.dead-letter`;
/** Where one process hears what became of its commands. */
export const replyTopic = (instance: string): string => `tollgate.replies.${instance}`;

/** Topic to answer on; nobody is answered when it is absent. */
export const REPLY_TO = 'reply-to';
/** Comes back with the answer; the command's id when absent. */
export const CORRELATION_ID = 'correlation-id';
/** Unix ms after which nobody waits: a command not decided by then is not decided at all. */
export const EXPIRES_AT = 'expires-at';
/** On dead letters: why the record is there, and where it was. */
export const DEAD_LETTER_REASON = 'dead-letter-reason';
export const DEAD_LETTER_SOURCE = 'dead-letter-source';
