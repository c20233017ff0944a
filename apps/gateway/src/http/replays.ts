import type { FastifyReply } from 'fastify';

/** Says that an answer is the first one again: nothing was done a second time. */
export function sayReplayed(reply: FastifyReply, { isRepeat }: { isRepeat: boolean }): void {
  if (isRepeat) reply.header('idempotent-replayed', 'true');
}
