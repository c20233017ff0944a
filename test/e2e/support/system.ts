import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyAnswer, Listed, SubAccountAnswer, TeamAnswer } from './answers';
import { Api } from './api';
import { isDistributed, newServer, type Server } from './server';

/** An account that spends, with a key of its own. */
export interface Spender {
  readonly id: string;
  readonly api: Api;
}

export interface Team {
  readonly id: string;
  readonly keyId: string;
  readonly main: Spender;
}

export interface SystemOptions {
  /** A folder of its own when absent, which goes with the system. */
  readonly dataDir?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** The system in processes of its own, and what an operator does with it first. */
export class System {
  private readonly connections: Api;

  private constructor(
    readonly server: Server,
    /** Where its log can be read: a data folder, or the addresses of its stores. */
    readonly dataDir: string,
    private readonly ownFolder: string | undefined,
  ) {
    this.connections = new Api(server.url, server.operatorKey);
  }

  /** Not started yet. */
  static async on({ dataDir, env = {} }: SystemOptions = {}): Promise<System> {
    const folder = dataDir ?? (await newFolder());
    const { server, place } = await newServer({ dataDir: folder, env });
    return new System(server, place, dataDir === undefined ? folder : undefined);
  }

  static async start(options: SystemOptions = {}): Promise<System> {
    const system = await System.on(options);
    await system.server.start();
    return system;
  }

  get operator(): Api {
    return this.connections;
  }

  api(key: string): Api {
    return this.connections.as(key);
  }

  async openTeam(openingBalance: number, name = 'Acme'): Promise<Team> {
    const { team, apiKey } = await this.operator.expect(
      201,
      this.operator.post<{ team: TeamAnswer; apiKey: KeyAnswer }>('/operator/v1/teams', {
        name,
        openingBalance,
      }),
    );
    const main = { id: team.mainAccount.id, api: this.api(apiKey.key) };
    return { id: team.id, keyId: apiKey.id, main };
  }

  async openAccount({ main }: Team, creditLimit: number | null = null): Promise<Spender> {
    const { subAccount } = await main.api.expect(
      201,
      main.api.post<{ subAccount: SubAccountAnswer }>('/v1/sub-accounts', {
        name: 'Sub-account',
        creditLimit,
      }),
    );
    return { id: subAccount.id, api: this.api(subAccount.apiKey) };
  }

  async team({ id }: Team): Promise<TeamAnswer> {
    const path = `/operator/v1/teams/${id}`;
    const { team } = await this.operator.expect(200, this.operator.get<{ team: TeamAnswer }>(path));
    return team;
  }

  /** The distributed system goes on for the next spec: its start takes longer than most of them. */
  async end(): Promise<void> {
    if (!isDistributed()) await this.server.kill();
    this.connections.close();
    if (this.ownFolder !== undefined) await rm(this.ownFolder, { recursive: true, force: true });
  }
}

export function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'tollgate-e2e-'));
}

/** Every item of a list, page after page. */
export async function listAll<Item>(api: Api, path: string): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Listed<Item> = await api.expect(
      200,
      api.get<Listed<Item>>(`${path}?limit=100${cursor && `&cursor=${cursor}`}`),
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}
