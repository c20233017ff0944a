import { verifyLog, type AuditReport, type VerifyOptions } from '../src/verify-log';
import { digest, StoredLog } from './stored-log';
import { messageItem, nextCommandId, TeamScript } from './team-script';

/** A team with $10, a capped sub-account, some charges, a refund and two messages. */
export function soundTeam(log = new StoredLog(), sub = 'sub_1'): TeamScript {
  const script = new TeamScript(log).open(10_000_000).createAccount(sub, 1_000_000);
  script.charge(script.main, 5_000, { keyId: `key_${script.main}` });
  const charged = script.charge(sub, 400_000, { keyId: `key_${sub}` });
  script.refund(sub, charged, 100_000);
  script.charge(sub, 700_000, { keyId: `key_${sub}` });
  script.topUp(2_000_000).adjust(-500_000);
  const delivered = `msg_${nextCommandId()}`;
  const failed = `msg_${nextCommandId()}`;
  script.charge(script.main, 4_000, { item: messageItem(delivered) });
  const lost = script.charge(script.main, 4_000, { item: messageItem(failed) });
  script.message(delivered, script.main, ['MessageSent', 'MessageDelivered']);
  script.message(failed, script.main, ['MessageFailed']).refund(script.main, lost, 4_000);
  return script;
}

export const verify = (
  log: StoredLog,
  options: Partial<VerifyOptions> = {},
): Promise<AuditReport> => verifyLog({ events: log.reader(), digest, ...options });

export const kinds = ({ findings }: AuditReport): string[] => findings.map(({ kind }) => kind);

/** Findings as `kind@revision`. */
export const places = ({ findings }: AuditReport): string[] =>
  findings.map(({ kind, revision }) => `${kind}@${revision}`);
