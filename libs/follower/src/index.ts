export { LogFollower, type FollowerPorts, type FollowerOptions } from './log-follower';
export { JobRunner, type JobRunnerOptions, type RunJob } from './job-runner';
