import { isDeepStrictEqual } from 'node:util';
import { storedEvents, type StoredEvent } from '../stored-log';
import { text, type History } from './history';
import type { View } from './intent';

/** What the log holds under each key, in the words of the answers. */
export class LoggedViews {
  private readonly byKey = new Map<string, View[]>();
  /** Of the keys that were issued, by account. */
  private readonly secretHashes = new Map<string, string>();
  private readonly keyOfAccount = new Map<string, string>();

  static async of(dataDir: string): Promise<LoggedViews> {
    const logged = new LoggedViews();
    for await (const stored of storedEvents(dataDir)) logged.add(stored);
    return logged;
  }

  of(key: string): readonly View[] {
    return this.byKey.get(key) ?? [];
  }

  private add({ event, metadata }: StoredEvent): void {
    const createdAt = new Date(metadata.at).toISOString();
    switch (event.type) {
      case 'AccountCharged': {
        const { item, chargeId: id } = event.data;
        // What messages say is sealed; the request says in a header which one it is.
        if (item.type === 'message') {
          return this.put(metadata.correlationId, { id: item.id, createdAt });
        }
        if (item.type === 'phone_number') return;
        return this.put(item.reference, { id, ...moneyOf(event.data), createdAt });
      }
      case 'ChargeRefunded': {
        const { refundId: id, chargeId, reason } = event.data;
        return this.put(reason, { id, chargeId, ...moneyOf(event.data), createdAt });
      }
      case 'BalanceToppedUp': {
        const { topUpId: id, amount: amountMicros, balanceAfter, reference } = event.data;
        return this.put(reference, { id, amountMicros, balanceMicros: balanceAfter, createdAt });
      }
      case 'SubAccountCreated':
        return this.putAccount(event.data);
      case 'ApiKeyIssued':
        return this.putSecret(event.data);
      default:
        return;
    }
  }

  private put(key: unknown, view: View): void {
    if (typeof key !== 'string') return;
    const known = this.byKey.get(key);
    if (known === undefined) this.byKey.set(key, [view]);
    else known.push(view);
  }

  private putAccount({ accountId, externalId }: { accountId: string; externalId?: string }): void {
    if (externalId !== undefined) this.keyOfAccount.set(accountId, externalId);
  }

  /** A sub-account is told of together with its first key. */
  private putSecret({ accountId, secretHash }: { accountId: string; secretHash: string }): void {
    this.put(this.keyOfAccount.get(accountId), { id: accountId, secretHash });
  }
}

interface Money {
  readonly amount: number;
  readonly balanceAfter: number;
  readonly totalSpentAfter: number;
}

function moneyOf({ amount, balanceAfter, totalSpentAfter }: Money): View {
  return {
    amountMicros: amount,
    balanceMicros: balanceAfter,
    totalSpentMicros: totalSpentAfter,
  };
}

/** Where what clients were told and what the log holds are not the same. */
export async function differencesOf(history: History, dataDir: string): Promise<string[]> {
  const logged = await LoggedViews.of(dataDir);
  const differences = [...history.contradictions];
  for (const [key, { kind, view }] of history.outcomes) {
    if (kind === 'limit') continue;
    const expected = view === undefined ? [] : [view];
    const found = logged.of(key);
    if (isDeepStrictEqual(found, expected)) continue;
    differences.push(`${kind} ${key}: told ${list(expected)}, logged ${list(found)}`);
  }
  return differences;
}

const list = (views: readonly View[]): string => views.map(text).join(' and ') || 'nothing';
