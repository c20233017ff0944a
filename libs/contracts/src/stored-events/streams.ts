const TEAM = 'team-';
const MESSAGE = 'message-';

/** What every stream of this system begins with; a store that is shared may hold others. */
export const STREAM_PREFIXES: readonly string[] = [TEAM, MESSAGE];

/** Stream names. The part before the first dash is the category. */
export const teamStream = (teamId: string): string => `${TEAM}${teamId}`;
export const messageStream = (messageId: string): string => `${MESSAGE}${messageId}`;

export const isTeamStream = (stream: string): boolean => stream.startsWith(TEAM);
export const isMessageStream = (stream: string): boolean => stream.startsWith(MESSAGE);

/** The id after the category. */
export const idInStream = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
