/** Stream names. The part before the first dash is the category. */
export const teamStream = (teamId: string): string => `team-${teamId}`;
export const messageStream = (messageId: string): string => `message-${messageId}`;

export const isTeamStream = (stream: string): boolean => stream.startsWith('team-');
export const isMessageStream = (stream: string): boolean => stream.startsWith('message-');

/** The id after the category. */
export const idInStream = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
