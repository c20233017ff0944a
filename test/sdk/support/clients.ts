import Zavudev, { type ClientOptions } from '@zavudev/sdk';
import type { System, Team } from '../../e2e/support/system';

/** The official client, unmodified but for where it sends to. */
export function clientOf(baseURL: string, apiKey: string, options: ClientOptions = {}): Zavudev {
  return new Zavudev({ apiKey, baseURL, ...options });
}

export interface Stage {
  readonly team: Team;
  /** Speaks for the team's main account. */
  readonly main: Zavudev;
}

/** A team with money and the client of its main account. */
export async function stageOn(system: System, balance = 5_000): Promise<Stage> {
  const team = await system.openTeam(balance);
  return { team, main: clientOf(system.server.url, team.main.api.key) };
}

/** The error that a call ends with. */
export async function errorOf(call: Promise<unknown>): Promise<InstanceType<ApiErrorClass>> {
  const fault = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (fault instanceof Zavudev.APIError) return fault;
  throw new Error(`expected an error of the API, got ${String(fault)}`);
}

type ApiErrorClass = typeof Zavudev.APIError;

export const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
export const anyText = expect.any(String) as string;
