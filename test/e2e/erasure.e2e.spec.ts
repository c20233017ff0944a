import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Listed } from './support/answers';
import type { Api } from './support/api';
import { everyAnswer } from './support/every-answer';
import { untilSettled } from './support/messages';
import { textsInUse, tracesIn, type Trace } from './support/raw-bytes';
import { cli } from './support/run';
import { storedEvents } from './support/stored-log';
import { System, listAll, newFolder, type Team } from './support/system';

jest.setTimeout(180_000);

/** Of somebody whom nothing else in the system resembles. */
const ann = {
  name: 'Quentilia Ravensbourne',
  phone: '+14155557193',
  email: 'q.ravensbourne@zephyrpost.example',
  label: 'lighthouse desk',
  note: 'saffron-heron-41',
};
const text = 'The walrus of Ishpeming waits at nine.';
const subject = 'Marzipan invoice';
const html = '<p>Obsidian lullaby</p>';
const order = 'ocelot-7731';
const file = Buffer.from('Cinnabar and quicksilver, twelve grams.').toString('base64');
const traces = [...Object.values(ann), text, subject, html, order, file];
const phoneWithoutPlus = ann.phone.slice(1);

const bob = { name: 'Bartholomew Umberfield', phone: '+14155557284' };
const textToBob = 'Umbrellas are in the vestibule.';

interface ContactAnswer {
  readonly id: string;
  readonly displayName?: string;
  readonly primaryPhone?: string;
}

interface MessageTold {
  readonly id: string;
  readonly to: string;
  readonly text?: string;
  readonly status: string;
  readonly cost: number;
}

describe('a contact that is deleted', () => {
  let dataDir: string;
  let system: System;
  let team: Team;
  let api: Api;
  /** Of all keys that there are. */
  const apis: Api[] = [];
  let annId: string;
  let before: MessageTold[];
  /** All that the system wrote to its output. */
  const written: string[] = [];

  beforeAll(async () => {
    dataDir = await newFolder();
    system = await System.start({ dataDir, env: { TOLLGATE_LOG_LEVEL: 'debug' } });
    team = await system.openTeam(1_000);
    const own = await system.openAccount(team);
    ({ api } = own);
    const { apiKey } = await team.main.api.expect(
      201,
      team.main.api.post<{ apiKey: { key: string } }>(`/v1/sub-accounts/${own.id}/api-keys`, {
        name: 'another',
      }),
    );
    const other = await system.openTeam(1_000, 'Other');
    apis.push(api, system.api(apiKey.key), team.main.api, other.main.api, system.operator);
    await tellAboutBoth();
    await untilSettled(system.dataDir, [own]);
    before = await listAll<MessageTold>(api, '/v1/messages');
  });

  afterAll(async () => {
    await system.end();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function tellAboutBoth(): Promise<void> {
    const contact = (name: string, channels: object[], more: object): Promise<ContactAnswer> =>
      api.expect(201, api.post('/v1/contacts', { displayName: name, channels, ...more }));
    const sms = { channel: 'sms', identifier: ann.phone, label: ann.label };
    const email = { channel: 'email', identifier: ann.email };
    annId = (await contact(ann.name, [sms, email], { metadata: { note: ann.note } })).id;
    await contact(bob.name, [{ channel: 'sms', identifier: bob.phone }], {});
    await send({ to: ann.phone, text, metadata: { order } });
    const attachments = [{ filename: 'a.txt', content: file }];
    await send({ to: ann.email, subject, text: 'Hello', htmlBody: html, attachments });
    await send({ to: bob.phone, text: textToBob });
  }

  async function send(body: object): Promise<string> {
    const sent = api.post<{ message: { id: string } }>('/v1/messages', body);
    return (await api.expect(202, sent)).message.id;
  }

  /** Whatever anybody is told that holds a trace, by the path that was asked for. */
  async function toldTraces(): Promise<Set<string>> {
    const names = [annId, ann.phone, ann.email, team.id, ...before.map(({ id }) => id)];
    const queries = [
      `/v1/contacts?search=${encodeURIComponent(ann.name)}`,
      `/v1/contacts?search=${ann.phone.slice(-5)}`,
      `/v1/contacts?phoneNumber=${encodeURIComponent(ann.phone)}`,
      `/v1/messages?to=${encodeURIComponent(ann.phone)}`,
      `/v1/messages?to=${encodeURIComponent(ann.email)}`,
    ];
    const told = await everyAnswer({ apis, names, queries });
    const holds = (trace: string): boolean => told.some((answer) => answer.text.includes(trace));
    return new Set([...traces, phoneWithoutPlus].filter(holds));
  }

  async function expectErased(): Promise<void> {
    expect(await toldTraces()).toEqual(new Set());
    const messages = await listAll<MessageTold>(api, '/v1/messages');
    const known = ({ id, status, cost }: MessageTold): object => ({ id, status, cost });
    expect(messages.map(known)).toEqual(before.map(known));
    const [toBob, ...toAnn] = messages;
    expect(toAnn.map(({ to, text: said }) => ({ to, said }))).toEqual([
      { to: '', said: undefined },
      { to: '', said: undefined },
    ]);
    expect(toBob).toMatchObject({ to: bob.phone, text: textToBob });
    const contacts = await listAll<ContactAnswer>(api, '/v1/contacts');
    expect(contacts).toMatchObject([{ displayName: bob.name, primaryPhone: bob.phone }]);
    expect((await api.get(`/v1/contacts/${annId}`)).status).toBe(404);
  }

  const inFiles = (): Trace[] => tracesIn(dataDir, [...traces, phoneWithoutPlus]);
  const exceptReadModels = (): Trace[] =>
    inFiles().filter((trace) => !trace.file.startsWith('read-models'));

  async function stop(): Promise<void> {
    expect(await system.server.stop()).toBe(0);
    written.push(system.server.written);
  }

  it('is shown before, in all that is said of it', async () => {
    expect(await toldTraces()).toEqual(new Set([...traces, phoneWithoutPlus].filter(isShown)));
  });

  it('was never in the log, nor in any file but the read models, nor in the output', async () => {
    expect(exceptReadModels()).toEqual([]);
    const events: string[] = [];
    for await (const stored of storedEvents(dataDir)) events.push(JSON.stringify(stored));
    const log = events.join('\n');
    expect(log).toContain(annId);
    expect(traces.filter((trace) => log.includes(trace))).toEqual([]);
    expect(inFiles().map((trace) => trace.text)).toContain(ann.phone);
  });

  it('leaves no trace in any answer to anybody', async () => {
    expect((await api.delete(`/v1/contacts/${annId}`)).status).toBe(204);
    // Its keys are destroyed by who follows the log.
    for (let tries = 0; tries < 200 && (await toldTraces()).size > 0; tries += 1) await delay(50);
    await expectErased();
  });

  /*
   * LMDB does not overwrite what it gives up: pages of the read models that are not in use any more
   * may still hold what was there, until they are used again or the read models are built anew.
   */
  it('leaves none in a file once the system was stopped, but in pages out of use', async () => {
    await stop();
    expect(exceptReadModels()).toEqual([]);
    const readModels = join(dataDir, 'read-models', 'data.mdb');
    expect(textsInUse(readModels, [...traces, phoneWithoutPlus])).toEqual([]);
    expect(textsInUse(readModels, [bob.name, bob.phone])).toEqual([bob.name, bob.phone]);
  });

  it('leaves books of which the audit says that they are sound', async () => {
    const { code, out, err } = await cli(['audit', 'verify'], { TOLLGATE_DATA_DIR: dataDir });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Every number follows from the log.');
  });

  it('does not come back with a restart', async () => {
    await system.server.start();
    await expectErased();
  });

  it('does not come back when the read models are built anew', async () => {
    await stop();
    await rm(join(dataDir, 'read-models'), { recursive: true });
    await system.server.start();
    await expectErased();
    await stop();
    expect(inFiles()).toEqual([]);
    const texts = traces.filter((trace) => written.join('\n').includes(trace));
    expect(texts).toEqual([]);
  });

  it('is another contact when it is sent to again', async () => {
    await system.server.start();
    const messageId = await send({ to: ann.phone, text: 'Hello again' });
    const path = `/v1/contacts/phone/${encodeURIComponent(ann.phone)}`;
    let found = await api.get<ContactAnswer>(path);
    for (; found.status === 404; found = await api.get<ContactAnswer>(path)) await delay(50);
    expect(found.body).not.toHaveProperty('displayName');
    expect(found.body.id).not.toBe(annId);
    const { items } = await api.expect(200, api.get<Listed<MessageTold>>('/v1/messages'));
    expect(items.map(({ to }) => to)).toEqual([ann.phone, bob.phone, '', '']);
    expect(items[0]!.id).toBe(messageId);
  });
});

/** What is said of messages, and not shown by the API. */
function isShown(trace: string): boolean {
  return trace !== html;
}
