const OPENING_BALANCE_CENTS = 900_000_000;
const AT_ONCE = 20;

/** A team's main account, and how to spend on it. */
export interface BenchTeam {
  readonly teamId: string;
  readonly accountId: string;
  readonly apiKey: string;
}

/** Opens teams with money enough for any run. */
export async function openTeams(
  url: string,
  operatorKey: string,
  count: number,
): Promise<BenchTeam[]> {
  const teams: BenchTeam[] = [];
  while (teams.length < count) {
    const size = Math.min(AT_ONCE, count - teams.length);
    const opening = Array.from({ length: size }, () => openTeam(url, operatorKey));
    teams.push(...(await Promise.all(opening)));
  }
  return teams;
}

interface OpenedTeam {
  readonly team: { readonly id: string; readonly mainAccount: { readonly id: string } };
  readonly apiKey: { readonly key: string };
}

async function openTeam(url: string, operatorKey: string): Promise<BenchTeam> {
  const answer = await fetch(`${url}/operator/v1/teams`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bench', openingBalance: OPENING_BALANCE_CENTS }),
  });
  if (answer.status !== 201) throw new Error(`team: ${answer.status} ${await answer.text()}`);
  const { team, apiKey } = (await answer.json()) as OpenedTeam;
  return { teamId: team.id, accountId: team.mainAccount.id, apiKey: apiKey.key };
}
