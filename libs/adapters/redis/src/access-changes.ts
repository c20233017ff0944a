import { ACCESS_CHANNEL } from './apply-call';
import type { RedisConnection } from './redis-connection';

export interface AccessListener {
  /** A row was written that `RedisReadModelsOptions.announce` names. */
  readonly onChanged: (rowKey: string) => void;
  /** Any row may have changed unheard: at first, and after each loss of the connection. */
  readonly onMissed: () => void;
}

/** Pushes changes of keys and accounts to those who cache them. */
export const AccessChanges = {
  /** Answers a function that ends the subscription. Does not wait for the connection. */
  subscribe(redis: RedisConnection, { onChanged, onMissed }: AccessListener): () => void {
    return redis.subscriber.listen(ACCESS_CHANNEL, {
      onMessage: onChanged,
      onConnected: onMissed,
    });
  },
};
