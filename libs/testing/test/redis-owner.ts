import { RedisProcess } from '../src/services/redis-process';

/** Starts a Redis, says which, and waits to be killed. An argument `paused` pauses it before. */
async function main(): Promise<void> {
  const redis = await RedisProcess.create();
  await redis.start();
  if (process.argv[2] === 'paused') redis.pause();
  console.log(`started ${redis.pid} ${redis.folder}`);
  setInterval(() => undefined, 1000);
}

void main();
