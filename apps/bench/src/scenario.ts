/** One kind of load on the route that is measured. */
export interface Scenario {
  readonly name: string;
  /** Charges in one request. */
  readonly chargesPerRequest: number;
  readonly connections: number;
  /** Teams that the requests take turns with. */
  readonly teams: number;
}

export const TEAMS_MANY = 1_000;

export const scenarios: readonly Scenario[] = [
  { name: 'single, one hot team', chargesPerRequest: 1, connections: 64, teams: 1 },
  { name: 'single, 1,000 teams', chargesPerRequest: 1, connections: 64, teams: TEAMS_MANY },
  { name: 'batches of 50, one hot team', chargesPerRequest: 50, connections: 40, teams: 1 },
  { name: 'batches of 50, 1,000 teams', chargesPerRequest: 50, connections: 40, teams: TEAMS_MANY },
  { name: 'batches of 500, one hot team', chargesPerRequest: 500, connections: 8, teams: 1 },
];

export function bodyOf({ chargesPerRequest }: Scenario): string {
  const charge = { amount: 0.5, reference: 'order-4711' };
  if (chargesPerRequest === 1) return JSON.stringify(charge);
  return JSON.stringify({ charges: Array.from({ length: chargesPerRequest }, () => charge) });
}

export function pathOf({ chargesPerRequest }: Scenario): string {
  return chargesPerRequest === 1 ? '/billing/v1/charges' : '/billing/v1/charges/batch';
}
