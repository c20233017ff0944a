import { places, verify } from '../spec/sound-team';
import { StoredLog } from '../spec/stored-log';
import { messageItem, nextCommandId, START_MS, TeamScript } from '../spec/team-script';

describe('verifyLog on what must never be accepted', () => {
  const team = (): TeamScript =>
    new TeamScript(new StoredLog()).open(1_000_000).createAccount('sub_1', 10_000);

  it('names a charge over the credit limit', async () => {
    const script = team();
    script.charge('sub_1', 10_000);
    script.charge('sub_1', 1);
    const report = await verify(script.log);
    expect(places(report)).toEqual(['limit_exceeded@6']);
    expect(report.findings[0]?.message).toBe(
      'charged account sub_1 to 10001 spent of a limit of 10000',
    );
  });

  it('holds a charge against the limit of its moment', async () => {
    const script = team();
    const limit = (creditLimit: number | null): TeamScript =>
      script.write([{ type: 'CreditLimitSet', data: { accountId: 'sub_1', creditLimit } }]);
    script.charge('sub_1', 9_000);
    limit(5_000);
    script.charge('sub_1', 1);
    limit(null);
    script.charge('sub_1', 500_000);
    expect(places(await verify(script.log))).toEqual(['limit_exceeded@7']);
  });

  it('names a charge over the balance', async () => {
    const script = team();
    script.charge(script.main, 1_000_000);
    script.charge(script.main, 1);
    expect(places(await verify(script.log))).toEqual(['balance_exceeded@6']);
  });

  it('lets only a forced adjustment take the balance below zero', async () => {
    const script = team().adjust(-1_000_005, true).topUp(1).adjust(1).adjust(-1);
    expect(places(await verify(script.log))).toEqual(['balance_exceeded@8']);
  });

  it('names a charge by a key that was revoked, or never issued', async () => {
    const script = team();
    script.charge('sub_1', 1, { keyId: 'key_sub_1' });
    const data = { keyId: 'key_sub_1', accountId: 'sub_1' };
    script.write([{ type: 'ApiKeyRevoked', data }], { keyId: 'key_sub_1' });
    script.charge('sub_1', 1, { keyId: 'key_sub_1' });
    script.charge('sub_1', 1, { keyId: 'key_none' });
    expect(places(await verify(script.log))).toEqual(['key_inactive@7', 'key_inactive@8']);
  });

  it.each(['SubAccountSuspended', 'SubAccountDeactivated'] as const)(
    'names a charge after %s',
    async (type) => {
      const script = team();
      const data = { accountId: 'sub_1', keysRevoked: 0 };
      script.write([type === 'SubAccountSuspended' ? { type, data } : { type, data }]);
      script.charge('sub_1', 1);
      script.write([{ type: 'SubAccountReactivated', data: { accountId: 'sub_1' } }]);
      script.charge('sub_1', 1);
      expect(places(await verify(script.log))).toEqual(['account_inactive@6']);
    },
  );

  it('names a command that took effect twice', async () => {
    const script = team();
    const commandId = nextCommandId();
    script.charge(script.main, 1, { commandId });
    script.charge(script.main, 1, { commandId });
    script.charge(script.main, 1);
    script.charge(script.main, 1, { commandId });
    expect(places(await verify(script.log))).toEqual(['command_repeated@6', 'command_repeated@8']);
  });

  it('names a charge that is in its command twice', async () => {
    const script = team();
    const [first, second] = [script.chargeEvent('sub_1', 1, 5), script.chargeEvent('sub_1', 1, 6)];
    script.write([first, second]);
    expect(places(await verify(script.log))).toEqual(['command_repeated@6']);
  });

  it('names amounts that are none', async () => {
    const script = team();
    script.charge(script.main, 0);
    script.charge(script.main, -5);
    script.charge(script.main, 0, { item: messageItem('msg_free') });
    expect(places(await verify(script.log))).toEqual(['amount_invalid@5', 'amount_invalid@6']);
  });

  it('names events that do not fit what came before', async () => {
    const script = team();
    script.charge('sub_none', 1);
    script.write([{ type: 'SubAccountSuspended', data: { accountId: script.main } }]);
    script.write([{ type: 'ApiKeyRevoked', data: { keyId: 'key_none', accountId: 'sub_1' } }]);
    script.createAccount('sub_1');
    const report = await verify(script.log);
    expect(places(report).slice(0, 5)).toEqual(
      [5, 6, 7, 8, 9].map((revision) => `event_misplaced@${revision}`),
    );
  });

  it('names the id of a charge that stands elsewhere', async () => {
    const script = team();
    script.charge(script.main, 1, { wrong: { chargeId: `chg_${'0'.repeat(16)}` } });
    expect(places(await verify(script.log))).toEqual(['id_mismatch@5']);
  });

  it('names an event that was decided before the one that it follows', async () => {
    const script = team();
    script.charge(script.main, 1);
    const record = script.log.at(script.stream, 5);
    record.metadata = record.metadata.replace(/"at":\d+/, `"at":${START_MS}`);
    script.log.rechain(script.stream);
    expect(places(await verify(script.log))).toEqual(['time_reversed@5']);
  });
});
