import { LogCorrupt } from '@tollgate/ports';
import { soundTeam } from '../spec/sound-team';
import { StoredLog } from '../spec/stored-log';
import { START_MS, TeamScript } from '../spec/team-script';
import { replayTeam, type TeamAsOf } from './replay-team';

const MINUTE_MS = 60_000;

const replay = ({ log, teamId }: TeamScript, at: number): Promise<TeamAsOf | undefined> =>
  replayTeam({ events: log.reader(), teamId, at });

describe('replayTeam', () => {
  it('gives every number as of the end', async () => {
    const script = soundTeam();
    const asOf = await replay(script, Number.MAX_SAFE_INTEGER);
    expect(asOf).toMatchObject({
      id: script.teamId,
      name: 'Team',
      revision: 13,
      balance: { micros: 10_491_000, cents: 1_049 },
      held: { micros: 0, cents: 0 },
      toppedUp: { micros: 12_000_000, cents: 1_200 },
      adjusted: { micros: -500_000, cents: -50 },
      charged: { micros: 1_113_000, cents: 112 },
      refunded: { micros: 104_000, cents: 10 },
      charges: 5,
      refunds: 2,
      keysActive: 2,
    });
    expect(asOf?.accounts).toEqual([
      {
        id: script.main,
        isMain: true,
        status: 'active',
        totalSpent: { micros: 9_000, cents: 1 },
        held: { micros: 0, cents: 0 },
        creditLimit: null,
        charges: 3,
        keysActive: 1,
      },
      {
        id: 'sub_1',
        isMain: false,
        status: 'active',
        totalSpent: { micros: 1_000_000, cents: 100 },
        held: { micros: 0, cents: 0 },
        creditLimit: { micros: 1_000_000, cents: 100 },
        charges: 2,
        keysActive: 1,
      },
    ]);
  });

  it('counts what was decided up to the given time, and nothing after it', async () => {
    const script = new TeamScript(new StoredLog()).open(1_000_000);
    script.charge(script.main, 10);
    script.charge(script.main, 20);
    const chargedAt = START_MS + 2 * MINUTE_MS;
    expect(await replay(script, chargedAt)).toMatchObject({
      at: chargedAt,
      revision: 3,
      lastEventAt: chargedAt,
      balance: { micros: 999_990, cents: 99 },
    });
    expect(await replay(script, chargedAt - 1)).toMatchObject({ revision: 2, charges: 0 });
  });

  it('follows limits, status and keys', async () => {
    const script = new TeamScript(new StoredLog()).open(1_000_000).createAccount('sub_1', 50_000);
    const account = async (): Promise<unknown> =>
      (await replay(script, Number.MAX_SAFE_INTEGER))?.accounts[1];
    script.write([{ type: 'SubAccountSuspended', data: { accountId: 'sub_1' } }]);
    expect(await account()).toMatchObject({ status: 'suspended', creditLimit: { cents: 5 } });
    script.write([
      { type: 'CreditLimitSet', data: { accountId: 'sub_1', creditLimit: null } },
      { type: 'SubAccountReactivated', data: { accountId: 'sub_1' } },
    ]);
    expect(await account()).toMatchObject({ status: 'active', creditLimit: null, keysActive: 1 });
    script.write([
      { type: 'ApiKeyRevoked', data: { keyId: 'key_sub_1', accountId: 'sub_1' } },
      { type: 'SubAccountDeactivated', data: { accountId: 'sub_1', keysRevoked: 1 } },
    ]);
    expect(await account()).toMatchObject({ status: 'deactivated', keysActive: 0 });
  });

  it('knows no team before it was opened', async () => {
    expect(await replay(soundTeam(), START_MS)).toBeUndefined();
    expect(
      await replayTeam({ events: soundTeam().log.reader(), teamId: 'tm_none', at: START_MS * 2 }),
    ).toBeUndefined();
  });

  it('stops at a record that it can not read', async () => {
    const script = soundTeam();
    script.log.at(script.stream, 5).data = '{';
    await expect(replay(script, Number.MAX_SAFE_INTEGER)).rejects.toThrow(LogCorrupt);
  });
});
