import { CENTS_MAX, ChoiceField, FlagField, IntegerField, TextField } from '../http/fields';

export class OpenTeamDto {
  @TextField({ max: 200 })
  name!: string;

  @ChoiceField(['usd'], { optional: true })
  currency?: 'usd';

  @IntegerField({ min: 0, max: CENTS_MAX, optional: true, description: 'Cents. Default 0.' })
  openingBalance?: number;
}

export class TopUpDto {
  @IntegerField({ min: 1, max: CENTS_MAX, description: 'Cents.' })
  amount!: number;

  @TextField({ max: 255, optional: true, description: 'Your reference, such as an invoice.' })
  reference?: string;
}

export class AdjustBalanceDto {
  @IntegerField({ min: -CENTS_MAX, max: CENTS_MAX, description: 'Cents, signed, not 0.' })
  amount!: number;

  @TextField({ max: 500 })
  reason!: string;

  @FlagField({ optional: true, description: 'Allows a balance below zero. Default false.' })
  force?: boolean;
}
