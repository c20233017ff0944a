const OPENING_BALANCE_CENTS = 900_000_000;
const AT_ONCE = 20;

/** Opens teams with money enough for any run; answers their main accounts' API keys. */
export async function openTeams(
  url: string,
  operatorKey: string,
  count: number,
): Promise<string[]> {
  const keys: string[] = [];
  while (keys.length < count) {
    const size = Math.min(AT_ONCE, count - keys.length);
    const opening = Array.from({ length: size }, () => openTeam(url, operatorKey));
    keys.push(...(await Promise.all(opening)));
  }
  return keys;
}

async function openTeam(url: string, operatorKey: string): Promise<string> {
  const answer = await fetch(`${url}/operator/v1/teams`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bench', openingBalance: OPENING_BALANCE_CENTS }),
  });
  if (answer.status !== 201) throw new Error(`team: ${answer.status} ${await answer.text()}`);
  const { apiKey } = (await answer.json()) as { apiKey: { key: string } };
  return apiKey.key;
}
