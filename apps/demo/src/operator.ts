interface OpenedTeam {
  readonly team: { readonly id: string };
  readonly apiKey: { readonly key: string };
}

/** Opens the demo's team. Teams and money are the operator's, so the official client lacks them. */
export async function openTeam(
  url: string,
  operatorKey: string,
  openingBalance: number,
): Promise<{ teamId: string; apiKey: string }> {
  const answer = await fetch(`${url}/operator/v1/teams`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Northwind Messaging', openingBalance }),
  });
  if (answer.status !== 201) throw new Error(`team: ${answer.status} ${await answer.text()}`);
  const { team, apiKey } = (await answer.json()) as OpenedTeam;
  return { teamId: team.id, apiKey: apiKey.key };
}
