export { findingKinds, type Finding, type FindingKind } from './finding';
export type { AuditCounts } from './log-audit';
export {
  replayTeam,
  type AccountAsOf,
  type Amount,
  type ReplayOptions,
  type TeamAsOf,
} from './replay-team';
export { verifyLog, type AuditReport, type VerifyOptions } from './verify-log';
