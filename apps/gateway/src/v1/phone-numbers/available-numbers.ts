import { sendersStream } from '@tollgate/contracts';
import type { NumberInventory, NumberSearch } from '@tollgate/ports';
import { numberClaimKey } from '@tollgate/projections';
import type { FreshReads } from '../../reads/fresh-reads';
import { NUMBERS_FOUND, type SearchNumbersQuery } from './phone-number.dto';
import { availableNumberView, type AvailableNumberView } from './phone-number.view';

/** A search looks at so many numbers of the inventory. */
const CANDIDATES_MAX = 2_000;

/** Numbers of the inventory that nobody has. */
export class AvailableNumbers {
  constructor(
    private readonly inventory: NumberInventory,
    private readonly reads: FreshReads,
  ) {}

  async search(accountId: string, query: SearchNumbersQuery): Promise<AvailableNumberView[]> {
    await this.reads.wait(sendersStream(accountId));
    const { limit = NUMBERS_FOUND } = query;
    const found: AvailableNumberView[] = [];
    for await (const number of this.inventory.search(searchOf(query))) {
      if (await this.isTaken(number.phoneNumber)) continue;
      found.push(availableNumberView(number));
      if (found.length === limit) break;
    }
    return found;
  }

  private async isTaken(phoneNumber: string): Promise<boolean> {
    return (await this.reads.readModels.get(numberClaimKey(phoneNumber))) !== undefined;
  }
}

function searchOf(query: SearchNumbersQuery): NumberSearch {
  const { countryCode, type = 'local', capabilities = [], contains } = query;
  const search = { countryCode, type, capabilities, limit: CANDIDATES_MAX };
  return contains === undefined ? search : { ...search, contains };
}
