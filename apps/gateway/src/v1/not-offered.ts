/** A part of the mirrored API that Tollgate does not have. */
export interface NotOffered {
  /** How a sentence about it begins. */
  readonly subject: string;
  /** Paths that belong to it. */
  readonly path: RegExp;
}

/** Everything else that the official client has methods for. */
export const NOT_OFFERED: readonly NotOffered[] = [
  { subject: 'Templates are', path: under('templates') },
  { subject: 'Broadcasts are', path: under('broadcasts') },
  { subject: 'Conversations are', path: under('conversations') },
  { subject: 'Calls are', path: under('calls') },
  { subject: 'Agents are', path: under('agents') },
  { subject: 'Agent templates are', path: under('agent-templates') },
  { subject: 'Functions are', path: under('functions') },
  { subject: 'URL verification is', path: under('urls') },
  { subject: '10DLC registration is', path: under('10dlc') },
  { subject: 'Invitations are', path: under('invitations') },
  { subject: 'Addresses are', path: under('addresses') },
  { subject: 'Regulatory documents are', path: under('documents') },
  { subject: 'E-mail domains are', path: under('email-domains') },
  { subject: 'E-mail introspection is', path: under('introspect/email') },
  { subject: 'Usage reports are', path: under('usage') },
  { subject: 'Reactions are', path: under('messages/[^/]+/reactions') },
  { subject: 'Typing indicators are', path: under('messages/[^/]+/typing') },
  { subject: 'Merge suggestions are', path: under('contacts/[^/]+/merge-suggestion') },
  { subject: 'WhatsApp Business profiles are', path: under('senders/[^/]+/profile') },
  { subject: 'WhatsApp synchronisation is', path: under('senders/[^/]+/whatsapp-sync') },
  { subject: 'Telegram is', path: under('senders/[^/]+/telegram') },
  { subject: 'Agents of senders are', path: under('senders/[^/]+/agent') },
];

/** Undefined for a path that the mirrored API does not have either. */
export function whyNotOffered(path: string): string | undefined {
  const found = NOT_OFFERED.find((each) => each.path.test(path));
  return found && `${found.subject} not offered by Tollgate.`;
}

function under(path: string): RegExp {
  return new RegExp(`^/v1/${path}(/.*)?$`);
}
