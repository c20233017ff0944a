export { CheckpointSaver, type CheckpointOptions } from './checkpoint-saver';
export {
  ConcurrentFollower,
  type ConcurrentFollowerOptions,
  type Work,
} from './concurrent-follower';
export { JobRunner, type JobRunnerOptions, type RunJob } from './job-runner';
export { LogFollower, type FollowerOptions, type FollowerPorts } from './log-follower';
export { Progress } from './progress';
export { StopSignal, WorkStopped } from './stop-signal';
export { systemTimer, type Timer } from './timer';
export { UnderWay } from './under-way';
