import { NAME_MAX, REASON_MAX, REFERENCE_MAX } from '@tollgate/contracts';
import { CENTS_MAX, ChoiceField, FlagField, IntegerField, TextField } from '../http/fields';

export class OpenTeamDto {
  @TextField({ max: NAME_MAX })
  name!: string;

  @ChoiceField(['usd'], { optional: true })
  currency?: 'usd';

  @IntegerField({ min: 0, max: CENTS_MAX, optional: true, description: 'Cents. Default 0.' })
  openingBalance?: number;
}

export class TopUpDto {
  @IntegerField({ min: 1, max: CENTS_MAX, description: 'Cents.' })
  amount!: number;

  @TextField({
    max: REFERENCE_MAX,
    optional: true,
    description: 'Your reference, such as an invoice.',
  })
  reference?: string;
}

export class AdjustBalanceDto {
  @IntegerField({ min: -CENTS_MAX, max: CENTS_MAX, description: 'Cents, signed, not 0.' })
  amount!: number;

  @TextField({ max: REASON_MAX })
  reason!: string;

  @FlagField({ optional: true, description: 'Allows a balance below zero. Default false.' })
  force?: boolean;
}
