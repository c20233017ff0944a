import type { BalanceAnswer, KeyAnswer, MessageAnswer } from '../e2e/support/answers';
import type { Answer, Refusal } from '../e2e/support/api';
import { storedOf } from '../e2e/support/stored-log';
import { charge, describeWithAllProcesses, type ServiceProcess } from '@tollgate/testing';
import { SteadyCharges, chargeCent, referencesIn } from './support/charges';
import { CommandTopic } from './support/command-topic';
import { flush } from './support/faults/kinds';
import { Fleet, type FleetSpender, type FleetTeam } from './support/fleet';
import { newCommandId } from './support/ids';
import { until } from './support/until';

const ANSWER_MS = 3_000;
/** How much longer an answer may take on a machine that is busy. */
const PATIENCE_MS = 10_000;

jest.setTimeout(600_000);

describeWithAllProcesses('a distributed system of which a part is away', () => {
  let fleet: Fleet;
  let team: FleetTeam;
  let account: FleetSpender;
  let count = 0;

  beforeAll(async () => {
    const env = { TOLLGATE_ANSWER_TIMEOUT_MS: String(ANSWER_MS) };
    fleet = await Fleet.start({ counts: { gateway: 2 }, env });
    team = await fleet.openTeam(1_000_000);
    account = await fleet.openAccount(team);
  });

  afterAll(() => fleet.end());

  const newKey = (): string => `outages-${(count += 1)}`;

  const accepts = async (): Promise<boolean> => {
    const answer = await chargeCent(account.api, newKey());
    return answer.status === 201;
  };

  const spentAt = async (gateway: number): Promise<Answer<BalanceAnswer>> =>
    account.api.at(gateway).get<BalanceAnswer>('/v1/balance');

  const whyNotReady = async ({ healthUrl }: ServiceProcess): Promise<string> =>
    (await fetch(`${healthUrl}/health/ready`)).text();

  describe('Kafka', () => {
    it('is missed by the gateway within its answer timeout, and by its readiness', async () => {
      const { kafka } = fleet.system.backends;
      const [gateway] = fleet.system.named('gateway');
      await kafka.kill();
      const sentAt = Date.now();
      const answer = await chargeCent(account.api.at(0), newKey());
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBe('1');
      expect(Date.now() - sentAt).toBeLessThan(ANSWER_MS + PATIENCE_MS);
      await until('says why', async () => (await whyNotReady(gateway!)).includes('Kafka'));
      await until('nothing was done', async () => {
        const { body } = await chargeCent(account.api.at(0), newKey());
        return body.code === 'unavailable';
      });
      await kafka.start();
      await until('accepts again', accepts);
    });
  });

  describe('the event log', () => {
    it('is waited for: what was on the command log meanwhile is decided once', async () => {
      const { eventStore, kafka } = fleet.system.backends;
      const [billing] = fleet.system.named('billing');
      await eventStore.kill();
      const commands = Array.from({ length: 200 }, (_, number) =>
        charge(
          {
            accountId: account.id,
            amount: 1,
            item: { type: 'custom', reference: `away-${number}` },
          },
          { id: newCommandId(), teamId: team.id, at: Date.now() },
        ),
      );
      await new CommandTopic(kafka.brokers).send(commands);
      const key = newKey();
      const answer = await chargeCent(account.api, key);
      expect(answer.status).toBe(503);
      await until('says why', async () => (await whyNotReady(billing!)).includes('event store'));
      await eventStore.start();
      await until('accepts again', async () => (await chargeCent(account.api, key)).status === 201);
      const found = await referencesIn(fleet.place);
      expect(found.filter((reference) => reference.startsWith('away-'))).toEqual(
        commands.map((_, number) => `away-${number}`),
      );
      expect(found.filter((reference) => reference === key)).toEqual([key]);
    });
  });

  describe('Redis', () => {
    it('is missed by reads; who was known charges on, and is shown it afterwards', async () => {
      const { redis } = fleet.system.backends;
      await until('known at both', async () => {
        const answers = [await spentAt(0), await spentAt(1)];
        return answers.every(({ status }) => status === 200);
      });
      const message = { to: '+14155550123', text: 'Hello', idempotencyKey: newKey() };
      // A gateway that sent for the account a moment ago knows its default sender without Redis.
      const gateway = account.api.at(0);
      const sent = await gateway.post<{ message: MessageAnswer }>('/v1/messages', message);
      await redis.kill();
      const read = await spentAt(0);
      expect([read.status, (read.body as unknown as Refusal).code]).toEqual([503, 'unavailable']);
      const again = await gateway.post<Refusal>('/v1/messages', message);
      expect(again.body).toMatchObject({
        code: 'idempotency_conflict',
        details: { message: { id: sent.body.message.id } },
      });
      const charged = [0, 1].map((place) => chargeCent(account.api.at(place), newKey()));
      const answers = await Promise.all(charged);
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      const spent = Math.max(...answers.map(({ body }) => body.charge.totalSpentMicros));
      await redis.start();
      await until('shown', async () => {
        const { body } = await spentAt(0);
        return body.totalSpent === Math.ceil(spent / 10_000);
      });
    });

    it('has nobody unknown while what it lost is built anew', async () => {
      const before = await spentAt(0);
      const statuses = new Set<number>();
      await flush(fleet.system.backends.redis.url);
      await until('shown again', async () => {
        const shown = await Promise.all([spentAt(0), spentAt(1)]);
        for (const { status } of shown) statuses.add(status);
        return shown.every(({ body }) => body.totalSpent === before.body.totalSpent);
      });
      const operator = await fleet.operator.get<{ team: { id: string } }>(
        `/operator/v1/teams/${team.id}`,
      );
      expect(operator.body.team.id).toBe(team.id);
      expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    });
  });

  describe('a revocation at one gateway', () => {
    it('is heard by the other within a second or so, and by money at once', async () => {
      const keys = `/v1/sub-accounts/${account.id}/api-keys`;
      const issued = await team.main.api
        .at(0)
        .post<{ apiKey: KeyAnswer }>(keys, { name: 'to be revoked' });
      const { id, key } = issued.body.apiKey;
      const withKey = account.api.as(key);
      await until('known at both', async () => {
        const answers = [0, 1].map((place) => withKey.at(place).get('/v1/balance'));
        return (await Promise.all(answers)).every(({ status }) => status === 200);
      });
      expect((await team.main.api.at(0).delete(`${keys}/${id}`)).status).toBe(204);
      expect((await chargeCent(withKey.at(1), newKey())).status).toBe(401);
      const revokedAt = Date.now();
      await until('unknown at the other', async () => {
        const { status } = await withKey.at(1).get('/v1/balance');
        return status === 401;
      });
      expect(Date.now() - revokedAt).toBeLessThan(1_000 + PATIENCE_MS);
    });
  });

  it('shows a caller what it just did, at the same gateway', async () => {
    for (let round = 0; round < 50; round += 1) {
      const { body } = await chargeCent(account.api.at(round % 2), newKey());
      const shown = await spentAt(round % 2);
      expect(shown.headers['x-tollgate-revision']).toBeUndefined();
      expect(shown.body.totalSpent).toBe(Math.ceil(body.charge.totalSpentMicros / 10_000));
    }
  });

  it.each(['gateway', 'billing', 'projection', 'messaging'] as const)(
    'loses nothing that was accepted when its %s is stopped in order',
    async (name) => {
      const [service] = fleet.system.named(name);
      const clients = [0, 1].map((place) => new SteadyCharges(account.api.at(place), newKey()));
      await until('busy', () => clients.every(({ accepted }) => accepted.length > 20));
      await service!.stop();
      expect(service!.exitCode).toBe(0);
      await service!.start();
      const before = clients.map(({ accepted }) => accepted.length);
      await until('busy again', () =>
        clients.every(({ accepted }, place) => accepted.length > before[place]! + 20),
      );
      await Promise.all(clients.map((client) => client.stop()));
      const accepted = clients.flatMap((client) => client.accepted);
      const found = (await referencesIn(fleet.place)).filter((each) => accepted.includes(each));
      expect(found.sort()).toEqual(accepted.sort());
    },
  );

  it('parks a record that nobody can read, and the partition moves on', async () => {
    const topic = new CommandTopic(fleet.system.backends.kafka.brokers);
    await topic.put([{ key: team.id, value: 'no JSON' }]);
    const { body } = await chargeCent(account.api, newKey());
    const letter = await topic.deadLetter();
    expect(letter.value!.toString()).toBe('no JSON');
    expect(letter.headers!['dead-letter-reason']!.toString()).toBe('the value is not JSON');
    const charges = await storedOf(fleet.place, 'AccountCharged');
    expect(charges.map(({ event }) => event.data.chargeId)).toContain(body.charge.id);
  });
});
