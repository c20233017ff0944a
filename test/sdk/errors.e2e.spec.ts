import Zavudev from '@zavudev/sdk';
import { System } from '../e2e/support/system';
import { anyText, clientOf, errorOf, stageOn, type Stage } from './support/clients';
import { LossyProxy } from './support/lossy-proxy';

jest.setTimeout(120_000);

const near = { to: '+14155550123', text: 'Your code is 1234.' };

describe('errors of the official client', () => {
  let system: System;
  let proxy: LossyProxy;
  let stage: Stage;

  beforeAll(async () => {
    system = await System.start();
    proxy = await LossyProxy.to(system.server.url);
  });

  beforeEach(async () => {
    stage = await stageOn(system);
    proxy.lose([]);
  });

  afterAll(async () => {
    await proxy.close();
    await system.end();
  });

  /** A client whose attempts are counted on the way. */
  const counted = (key = stage.team.main.api.key): Zavudev => clientOf(proxy.url, key);

  it('400 is a BadRequestError that names every field, in one attempt', async () => {
    const body = { name: '', creditLimit: -1, metadata: 1, unknown: true } as object;
    const error = await errorOf(
      counted().subAccounts.create(body as Zavudev.SubAccountCreateParams),
    );
    expect(error).toBeInstanceOf(Zavudev.BadRequestError);
    const { code, message, details } = error.error as {
      code: string;
      message: string;
      details: { errors: { path: string[]; message: string }[] };
    };
    expect(code).toBe('invalid_request');
    expect(error.message).toBe(`400 ${message}`);
    const fields = details.errors.map(({ path }) => path.join('.')).sort();
    expect(fields).toEqual(['creditLimit', 'metadata', 'name', 'unknown']);
    expect(proxy.retryCounts).toEqual(['0']);
  });

  it('402 has no class of its own, and is not tried again', async () => {
    const { subAccount } = await stage.main.subAccounts.create({ name: 'A', creditLimit: 1 });
    const own = counted(subAccount.apiKey);
    await own.messages.send(near);
    const error = await errorOf(own.messages.send(near));
    expect(error.constructor).toBe(Zavudev.APIError);
    expect(error.status).toBe(402);
    expect(error.message).toBe('402 Credit limit of $0.01 reached. Required: $0.0075.');
    expect(proxy.retryCounts).toEqual(['0', '0']);
  });

  it('404 of a sender that does not exist', async () => {
    const error = await errorOf(counted().messages.send({ ...near, 'Zavu-Sender': 'snd_1' }));
    expect(error).toBeInstanceOf(Zavudev.NotFoundError);
    expect(error.error).toEqual({ code: 'not_found', message: 'Template or sender not found.' });
  });

  it('409 is a ConflictError with the first message, in one attempt', async () => {
    const client = counted();
    const keyed = { ...near, idempotencyKey: 'order-1' };
    const { message } = await client.messages.send(keyed);
    const error = await errorOf(client.messages.send(keyed));
    expect(error).toBeInstanceOf(Zavudev.ConflictError);
    expect(error.message).toBe('409 A message with this idempotency key was accepted before.');
    const { details } = error.error as { details: { message: Zavudev.Message } };
    expect(details.message).toMatchObject({ id: message.id, to: near.to, cost: 0.0075 });
    expect(proxy.retryCounts).toEqual(['0', '0']);
  });

  it('409 of an external id that is taken, in one attempt', async () => {
    const client = counted();
    await client.subAccounts.create({ name: 'A', externalId: 'crm-1' });
    const { subAccount } = await client.subAccounts.create({ name: 'B' });
    for (const call of [
      () => client.subAccounts.create({ name: 'C', externalId: 'crm-1' }),
      () => client.subAccounts.update(subAccount.id, { externalId: 'crm-1' }),
    ]) {
      const error = await errorOf(call());
      expect(error).toBeInstanceOf(Zavudev.ConflictError);
      expect(error.error).toMatchObject({
        code: 'external_id_taken',
        details: { externalId: 'crm-1' },
      });
    }
    expect(proxy.retryCounts).toEqual(['0', '0', '0', '0']);
  });

  it('413 of too large a body, and 422 of a key with another body, in one attempt', async () => {
    const client = counted();
    const metadata = { a: 'x'.repeat(1_100_000) };
    const large = await errorOf(client.subAccounts.create({ name: 'A', metadata }));
    expect(large.error).toMatchObject({ code: 'payload_too_large' });
    await client.messages.send({ ...near, idempotencyKey: 'order-1' });
    const other = { to: near.to, text: 'Another', idempotencyKey: 'order-1' };
    const error = await errorOf(client.messages.send(other));
    expect(error).toBeInstanceOf(Zavudev.UnprocessableEntityError);
    expect(error.error).toEqual({ code: 'idempotency_key_reused', message: anyText });
    expect(proxy.retryCounts).toEqual(['0', '0', '0']);
  });

  it('refused messages leave nothing behind: no message, no charge, no used key', async () => {
    const { subAccount } = await stage.main.subAccounts.create({ name: 'A', creditLimit: 1 });
    const own = counted(subAccount.apiKey);
    const far = { to: '+4915112345678', text: 'Hello', idempotencyKey: 'order-1' };
    expect((await errorOf(own.messages.send(far))).status).toBe(402);
    expect((await own.messages.list()).items).toEqual([]);
    expect(await own.balance.retrieve()).toMatchObject({ balance: 5_000, totalSpent: 0 });
    await stage.main.subAccounts.update(subAccount.id, { creditLimit: 10 });
    expect((await own.messages.send(far)).message.cost).toBe(0.075);
  });
});
