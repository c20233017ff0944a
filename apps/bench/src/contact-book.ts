const AT_ONCE = 50;
const NAMES = ['Ana', 'Bruno', 'Chloé', 'Dmitri', 'Élodie', 'Farid', 'Greta', 'Hanna'];
const FAMILIES = ['Alvarez', 'Müller', 'Nguyen', 'Okafor', 'Petrov', 'Rossi', 'Silva', 'Tanaka'];

/** The contacts of one account, over HTTP: it fills them, and asks for them. */
export class ContactBook {
  private count = 0;
  /** Of those that are there for sure. */
  private filled = 0;

  constructor(
    private readonly url: string,
    private readonly apiKey: string,
  ) {}

  async fill(count: number): Promise<void> {
    const end = this.count + count;
    const creating = async (): Promise<void> => {
      while (this.count < end) await this.create();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, creating));
    this.filled = this.count;
  }

  /** @param n draws what is asked for. */
  operate(operation: 'create' | 'by phone' | 'search' | 'list', n: number): Promise<unknown> {
    switch (operation) {
      case 'create':
        return this.create();
      case 'by phone':
        return this.get(`/v1/contacts/phone/${phoneOf(this.spread(n))}`);
      case 'search':
        return this.get(`/v1/contacts?limit=20&search=${this.searched(n)}`);
      case 'list':
        return this.get('/v1/contacts?limit=50');
    }
  }

  private async create(): Promise<void> {
    const n = (this.count += 1);
    const [name, family] = [NAMES[n % 8]!, FAMILIES[Math.floor(n / 8) % 8]!];
    const body = JSON.stringify({
      displayName: `${name} ${family} ${n}`,
      channels: [
        { channel: 'sms', identifier: phoneOf(n) },
        { channel: 'email', identifier: `contact.${n}@example.com` },
      ],
    });
    await this.send('/v1/contacts', { method: 'POST', body });
  }

  /** By turns: a name that thousands have, the end of a number, and a word that one has. */
  private searched(n: number): string {
    const place = this.spread(n);
    if (n % 3 === 0) return encodeURIComponent(`${NAMES[n % 8]!} ${FAMILIES[n % 7]!}`);
    return n % 3 === 1 ? phoneOf(place).slice(-6) : encodeURIComponent(`${place}`);
  }

  /** Places all over the account, so that none is asked for twice in a row. */
  private spread(n: number): number {
    return 1 + ((n * 7_919) % this.filled);
  }

  private get(path: string): Promise<unknown> {
    return this.send(path, { method: 'GET' });
  }

  private async send(path: string, request: { method: string; body?: string }): Promise<unknown> {
    const answer = await fetch(this.url + path, {
      ...request,
      headers: { authorization: `Bearer ${this.apiKey}`, 'content-type': 'application/json' },
    });
    if (answer.ok) return answer.json();
    throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }
}

const phoneOf = (n: number): string => `+1415${String(2_000_000 + n)}`;
